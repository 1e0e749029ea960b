"""Add points up and say what the sums mean."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from sandbox.knowledge import Knowledge
from sandbox.recommend.answers import Answers
from sandbox.recommend.points import points_table

Vector = tuple[int, ...]


@dataclass(frozen=True)
class Rank:
    """One line of the ranking; equal points share a rank and stand alphabetically."""

    framework: str
    points: int
    rank: int


@dataclass(frozen=True)
class Standing:
    """The result itself: `status` is clear, lean, tie or none.

    `leaders` is the one framework of a clear or lean result, all within the tie margin of the
    top for a tie, empty for none. `margin` is points of the first minus points of the second.
    `decisive` are the questions without whose answer the one leader is no longer strictly first.
    """

    status: str
    ranking: tuple[Rank, ...]
    leaders: tuple[str, ...]
    margin: int
    decisive: tuple[str, ...]


@lru_cache(maxsize=16)
def option_vectors(
    knowledge: Knowledge, source: str | None = None
) -> Mapping[tuple[str, str], Vector]:
    """Return (question, option) → points a framework, frameworks in alphabetical order."""
    table = points_table(knowledge, source)
    return MappingProxyType(
        {key: tuple(cell.points for cell in row.values()) for key, row in table.items()}
    )


def add(vectors: Iterable[Vector], size: int) -> Vector:
    """Return the sum of `vectors`, which may be none, each `size` long."""
    total = [0] * size
    for vector in vectors:
        for place, points in enumerate(vector):
            total[place] += points
    return tuple(total)


def effects(knowledge: Knowledge, answers: Answers, source: str | None = None) -> dict[str, Vector]:
    """Return question → what its answer adds to each framework, its weight included."""
    vectors = option_vectors(knowledge, source)
    size = len(knowledge.frameworks)
    return {
        question: add(
            [vectors[question, pick] for pick in picks for _ in range(answers.weight(question))],
            size,
        )
        for question, picks in answers.given.items()
    }


def stand(knowledge: Knowledge, answers: Answers, source: str | None = None) -> Standing:
    """Return the result by all sources, or by one alone.

    An option whose points cancel within every framework has no effect, like one without claims.
    """
    parts = effects(knowledge, answers, source)
    scores = add(parts.values(), len(knowledge.frameworks))
    ranking = _rank(knowledge, scores)
    margin = _margin(scores)
    if not _has_effect(knowledge, answers, source):
        return Standing("none", ranking, (), margin, ())
    names = sorted(knowledge.frameworks)
    leaders = tuple(names[place] for place in leading(scores, knowledge.rules.tie_margin))
    if margin <= knowledge.rules.tie_margin:
        return Standing("tie", ranking, leaders, margin, ())
    decisive = _decisive(parts, scores)
    clear = margin >= knowledge.rules.clear_margin and not decisive
    return Standing("clear" if clear else "lean", ranking, leaders, margin, decisive)


def leading(scores: Sequence[int], tie_margin: int) -> tuple[int, ...]:
    """Return the places of all scores within the margin of the top, which may be just one."""
    near = max(scores) - tie_margin
    return tuple(place for place, score in enumerate(scores) if score >= near)


def _has_effect(knowledge: Knowledge, answers: Answers, source: str | None) -> bool:
    vectors = option_vectors(knowledge, source)
    return any(
        any(vectors[question, pick]) for question, picks in answers.given.items() for pick in picks
    )


def _rank(knowledge: Knowledge, scores: Vector) -> tuple[Rank, ...]:
    pairs = sorted(
        zip(sorted(knowledge.frameworks), scores, strict=True), key=lambda pair: (-pair[1], pair[0])
    )
    return tuple(
        Rank(framework, points, 1 + sum(other > points for other in scores))
        for framework, points in pairs
    )


def _margin(scores: Vector) -> int:
    first, *rest = sorted(scores, reverse=True)
    return first - rest[0] if rest else first


def _decisive(parts: Mapping[str, Vector], scores: Vector) -> tuple[str, ...]:
    """Return the questions without which the first is not strictly first any more."""
    leader = scores.index(max(scores))
    found: list[str] = []
    for question, part in parts.items():
        left = [score - points for score, points in zip(scores, part, strict=True)]
        mine = left.pop(leader)
        if mine <= max(left, default=mine - 1):
            found.append(question)
    return tuple(found)
