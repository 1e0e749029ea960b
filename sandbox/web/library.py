"""The Library: profiles, every claim with its source, the glossary, and how points are made."""

from collections.abc import Mapping
from functools import partial

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from sandbox.knowledge import ANY, Claim, Disagreement, Knowledge, Point
from sandbox.recommend import Answers, points_table
from sandbox.web.asked import result_address
from sandbox.web.current import current_workshop
from sandbox.web.evidence import evidence
from sandbox.web.proof import proofs_by_framework
from sandbox.web.query import asked, several

blueprint = Blueprint("library", __name__)
FILTERS = ("framework", "criterion", "source", "disagreement")


@blueprint.get("/frameworks")
def frameworks() -> ResponseReturnValue:
    """Show the profiles, the guide's table beside what we counted, and when each one fits."""
    workshop = current_workshop()
    knowledge = workshop.knowledge
    scenarios = [
        (each, result_address(Answers.parse(knowledge, each.answers, each.important)))
        for each in knowledge.scenarios
        if each.answers
    ]
    return render_template(
        "library/frameworks.html",
        rows=evidence(workshop),
        proofs=proofs_by_framework(),
        scenarios=scenarios,
        speakers=partial(_speakers, knowledge),
    )


def _speakers(knowledge: Knowledge, point: Point) -> list[str]:
    """Return the names of the sources that a line of a profile rests on."""
    speaking = {knowledge.claims[name].source for name in point.claims}
    return [each.short for key, each in knowledge.sources.items() if key in speaking]


@blueprint.get("/claims")
def claims() -> ResponseReturnValue:
    """Show the claims that were asked for, and where they conflict."""
    knowledge = current_workshop().knowledge
    wanted = {key: request.args.get(key, "") for key in FILTERS}
    named = several(asked(), "claim")
    disputes = disputed(knowledge)
    profiles = knowledge.frameworks
    criteria = {claim.criterion for claim in knowledge.claims.values()}
    shown = [
        claim
        for claim in knowledge.claims.values()
        if _fits(claim, wanted, claim.id in disputes) and (not named or claim.id in named)
    ]
    return render_template(
        "library/claims.html",
        shown=shown,
        wanted=wanted,
        filtered=bool(named) or any(wanted.values()),
        disputes=disputes,
        abouts=[(ANY, "All three"), *((key, each.name) for key, each in profiles.items())],
        criteria=[(each, each.replace("_", " ").capitalize()) for each in sorted(criteria)],
        sources=[(key, each.short) for key, each in knowledge.sources.items()],
        ANY=ANY,
    )


def _fits(claim: Claim, wanted: Mapping[str, str], disputed: bool) -> bool:
    return (
        wanted["framework"] in ("", claim.framework)
        and wanted["criterion"] in ("", claim.criterion)
        and wanted["source"] in ("", claim.source)
        and (disputed or not wanted["disagreement"])
    )


def disputed(knowledge: Knowledge) -> Mapping[str, tuple[Disagreement, ...]]:
    """Return claim → the disagreements that it is part of, where there are any."""
    found: dict[str, tuple[Disagreement, ...]] = {}
    for each in knowledge.disagreements:
        for claim in (*each.claims_1, *each.claims_2):
            found[claim] = (*found.get(claim, ()), each)
    return found


@blueprint.get("/points")
def points() -> ResponseReturnValue:
    """Show what every answer does for every framework, and why."""
    return render_template("library/points.html", table=points_table(current_workshop().knowledge))


@blueprint.get("/glossary")
def glossary() -> ResponseReturnValue:
    """Show every term with its one sentence."""
    return render_template("library/glossary.html")
