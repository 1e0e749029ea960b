"""Account for every point of every framework."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sandbox.knowledge import Knowledge
from sandbox.recommend.answers import Answers
from sandbox.recommend.points import option_points


@dataclass(frozen=True)
class Reason:
    """What one answer adds to or takes from one framework.

    `points` are what it contributes to the score: already doubled where `weight` is 2, and one
    more (before doubling) where the sources `agreed`. `claims` is the strongest of each source,
    all of the framework and of the sign of `points`.
    """

    framework: str
    question: str
    option: str
    points: int
    weight: int
    agreed: bool
    claims: tuple[str, ...]


def ledger(knowledge: Knowledge, answers: Answers) -> Mapping[str, tuple[Reason, ...]]:
    """Return framework → reasons for and against, in questionnaire order; they sum to its score.

    An option with claims on both sides gives two reasons, so a cancelled point is seen too.
    """
    found: dict[str, list[Reason]] = {name: [] for name in sorted(knowledge.frameworks)}
    for question, picks in answers.given.items():
        weight = answers.weight(question)
        for pick in picks:
            for framework, cell in option_points(knowledge, question, pick).items():
                found[framework].extend(
                    Reason(
                        framework=framework,
                        question=question,
                        option=pick,
                        points=side.points * weight,
                        weight=weight,
                        agreed=side.agreed,
                        claims=side.cited,
                    )
                    for side in (cell.in_favour, cell.against)
                    if side.claims
                )
    return MappingProxyType({name: tuple(reasons) for name, reasons in found.items()})


@dataclass(frozen=True)
class PointsRow:
    """What one answer does: its points by framework, weighed, and the reasons behind them."""

    question: str
    option: str
    weight: int
    points: Mapping[str, int]
    reasons: tuple[Reason, ...]


def points_rows(knowledge: Knowledge, answers: Answers) -> tuple[PointsRow, ...]:
    """Return one row for each given answer; its columns sum to the scores."""
    reasons = [each for listed in ledger(knowledge, answers).values() for each in listed]
    rows: list[PointsRow] = []
    for question, picks in answers.given.items():
        weight = answers.weight(question)
        for pick in picks:
            cells = option_points(knowledge, question, pick)
            points = {name: cell.points * weight for name, cell in cells.items()}
            behind = [each for each in reasons if (each.question, each.option) == (question, pick)]
            rows.append(PointsRow(question, pick, weight, MappingProxyType(points), tuple(behind)))
    return tuple(rows)
