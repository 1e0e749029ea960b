"""Derive the points of an option from the claims attached to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from sandbox.knowledge import Claim, Knowledge


@dataclass(frozen=True)
class Side:
    """The claims on one side (for or against): what the strongest weighs, and which they are.

    `points` is ≥ 0 for and ≤ 0 against, the extra point for agreeing sources included.
    `cited` is the strongest claim of each source, `claims` are all of them, both sorted by id.
    """

    points: int
    agreed: bool
    cited: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True)
class OptionPoints:
    """What one option does for one framework; `neutral` claims weigh nothing."""

    points: int
    in_favour: Side
    against: Side
    neutral: tuple[str, ...]


Table = Mapping[tuple[str, str], Mapping[str, OptionPoints]]


def option_points(
    knowledge: Knowledge, question: str, option: str, *, source: str | None = None
) -> Mapping[str, OptionPoints]:
    """Return framework → points of the option, by all sources or by one alone."""
    return points_table(knowledge, source)[question, option]


@lru_cache(maxsize=16)
def points_table(knowledge: Knowledge, source: str | None = None) -> Table:
    """Return (question, option) → framework → points, in questionnaire order.

    Frameworks stand in alphabetical order, whatever the order of their file.
    """
    return MappingProxyType(
        {
            (question.id, option.id): MappingProxyType(
                _points_by_framework(knowledge, option.claims, source)
            )
            for question in knowledge.questions.values()
            for option in question.options.values()
        }
    )


def _points_by_framework(
    knowledge: Knowledge, attached: Iterable[str], source: str | None
) -> dict[str, OptionPoints]:
    claims = [knowledge.claims[name] for name in sorted(attached)]
    heard = [claim for claim in claims if source in (None, claim.source)]
    return {
        framework: _weigh([claim for claim in heard if claim.framework == framework])
        for framework in sorted(knowledge.frameworks)
    }


def _weigh(claims: list[Claim]) -> OptionPoints:
    """Return strongest for minus strongest against, one more where all agree.

    The extra point needs claims of two sources on the one side and none on the other.
    """
    positive = [claim for claim in claims if claim.polarity > 0]
    negative = [claim for claim in claims if claim.polarity < 0]
    in_favour = _side(positive, opposed=bool(negative))
    against = _side(negative, opposed=bool(positive))
    neutral = tuple(claim.id for claim in claims if claim.polarity == 0)
    return OptionPoints(in_favour.points + against.points, in_favour, against, neutral)


def _side(claims: list[Claim], *, opposed: bool) -> Side:
    if not claims:
        return Side(0, agreed=False, cited=(), claims=())
    strongest: dict[str, Claim] = {}
    for claim in claims:
        best = strongest.setdefault(claim.source, claim)
        if abs(claim.polarity) > abs(best.polarity):
            strongest[claim.source] = claim
    sign = 1 if claims[0].polarity > 0 else -1
    agreed = len(strongest) > 1 and not opposed
    weight = max(abs(claim.polarity) for claim in strongest.values()) + agreed
    cited = tuple(sorted(claim.id for claim in strongest.values()))
    return Side(sign * weight, agreed, cited, tuple(claim.id for claim in claims))
