"""`sandbox list checks`: the contract's sentences, without any app."""

from collections.abc import Sequence

import click

from sandbox.cli import show
from sandbox.contract import CHECKS, Check, checks_for, contract_page
from sandbox.errors import AnswerError
from sandbox.knowledge import close_features
from sandbox.workshop import Workshop


def list_checks(
    workshop: Workshop, features: Sequence[str], *, json_wanted: bool, markdown: bool
) -> None:
    """Show the sentences for these features, or all there are; `markdown` shows the whole page."""
    if markdown:
        if features or json_wanted:
            raise AnswerError(
                "--markdown shows the whole contract.", "Leave --features and --json out."
            )
        click.echo(contract_page(workshop.offered), nl=False)
        return
    chosen = checks_for(close_features(workshop.offered, features)) if features else CHECKS
    if json_wanted:
        show.as_json({"checks": [_described(each) for each in chosen]})
        return
    for feature in dict.fromkeys(each.feature for each in chosen):
        show.heading(f"{feature}: {workshop.offered[feature].label}")
        show.bullets([_told(each) for each in chosen if each.feature == feature])
    show.note(f"{len(chosen)} checks. [hardened]: a further aim, see `sandbox check --hardened`.")


def _told(check: Check) -> str:
    return check.sentence + (" [hardened]" if check.tier == "hardened" else "")


def _described(check: Check) -> dict[str, object]:
    return {
        "id": check.id,
        "feature": check.feature,
        "tier": check.tier,
        "sentence": check.sentence,
        "needs": check.needs,
        "unless": check.unless,
    }
