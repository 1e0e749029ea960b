"""`sandbox check`: the contract, sentence by sentence, against any running app."""

import click

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.choices import features_option, json_option, open_here
from sandbox.cli.exit_codes import FOUND_SOMETHING
from sandbox.contract import ContractReport, Outcome, Result, checks_for, run_contract
from sandbox.knowledge import close_features

_MARKS: dict[Outcome, tuple[str, str]] = {
    "passed": ("✓", "green"),
    "failed": ("✗", "red"),
    "skipped": ("–", "yellow"),
}


@click.command("check", no_args_is_help=True)
@click.argument("url")
@features_option
@click.option("--name", help="The project's name, which the start page must show.")
@json_option
@click.pass_context
def command(
    ctx: click.Context, url: str, features: tuple[str, ...], name: str | None, json_wanted: bool
) -> int:
    """Check whether the app at URL does what a Shelf app with these features must do.

    Any app in any language will do; books that the checks add are deleted again where possible.
    """
    workshop = open_here(ctx)
    closed = close_features(workshop.offered, features)
    if not json_wanted:
        show.note(f"{len(checks_for(closed))} checks for: {', '.join(closed)}")
    report = run_contract(
        url, closed, project_name=name, on_result=None if json_wanted else tell_result
    )
    if json_wanted:
        show.as_json(wire.contract(report))
    else:
        tell_report(report)
    return 0 if report.ok else FOUND_SOMETHING


def tell_result(result: Result) -> None:
    """Print one check as soon as it is done, with what is wrong if it failed."""
    mark, colour = _MARKS[result.outcome]
    show.line(f"{mark} {result.check.sentence}", colour=colour)
    if result.message:
        show.line(result.message, indent=4)


def tell_report(report: ContractReport) -> None:
    """Print how many checks passed, failed and were skipped."""
    counts = [f"{len(report.of(outcome))} {outcome}" for outcome in _MARKS if report.of(outcome)]
    show.heading(", ".join(counts) or "There is nothing to check")
