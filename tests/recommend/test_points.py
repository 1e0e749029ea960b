"""Points follow from the claims by the one rule."""

from dataclasses import replace
from itertools import count
from types import MappingProxyType

import pytest

from sandbox.knowledge import Claim, Knowledge
from sandbox.recommend import option_points, points_table
from tests.recommend.possible_answers import FRAMEWORKS, KNOWLEDGE

# Claims as source and polarity, and the points they must give.
RULE = [
    ("", 0),
    ("A0", 0),
    ("A2", 2),
    ("B-2", -2),
    ("A1 A1 A1", 1),
    ("A2 A1", 2),
    ("A1 B1", 2),
    ("A2 B1", 3),
    ("A-1 B-2", -3),
    ("A2 A-1", 1),
    ("A2 B-2", 0),
    ("A2 B2 A-1", 1),
    ("A-2 B-2 B1", -1),
    ("A2 B0", 2),
    ("A2 B1 B-1", 1),
]


def with_only(claims: str) -> Knowledge:
    """Return our knowledge with just these claims about Flask behind one option."""
    made: dict[str, Claim] = {}
    for number, text in zip(count(), claims.split(), strict=False):
        name = f"X{number}"
        made[name] = Claim(name, text[0], "flask", "any", int(text[1:]), "Made up.")
    goal = KNOWLEDGE.questions["goal"]
    option = replace(goal.options["prototype"], claims=tuple(made))
    goal = replace(goal, options=MappingProxyType({**goal.options, "prototype": option}))
    return replace(
        KNOWLEDGE,
        claims=MappingProxyType({**KNOWLEDGE.claims, **made}),
        questions=MappingProxyType({**KNOWLEDGE.questions, "goal": goal}),
    )


@pytest.mark.parametrize(("claims", "points"), RULE, ids=[claims or "none" for claims, _ in RULE])
def test_points_of_claims(claims: str, points: int) -> None:
    row = option_points(with_only(claims), "goal", "prototype")
    assert row["flask"].points == points
    assert (row["django"].points, row["fastapi"].points) == (0, 0)


@pytest.mark.parametrize(("source", "points"), [("A", 2), ("B", -1)])
def test_one_source_alone_is_heard_alone(source: str, points: int) -> None:
    row = option_points(with_only("A2 B-1 A1"), "goal", "prototype", source=source)
    assert row["flask"].points == points


def test_the_strongest_claim_of_each_source_is_cited() -> None:
    side = option_points(with_only("A1 A2 B1 A2"), "goal", "prototype")["flask"].in_favour
    assert (side.cited, side.claims) == (("X1", "X2"), ("X0", "X1", "X2", "X3"))
    assert (side.points, side.agreed) == (3, True)


def test_how_every_point_is_made_covers_all_claims_of_all_options() -> None:
    table = points_table(KNOWLEDGE)
    for question in KNOWLEDGE.questions.values():
        for option in question.options.values():
            row = table[question.id, option.id]
            shown = [
                claim
                for cell in row.values()
                for claim in (*cell.in_favour.claims, *cell.against.claims, *cell.neutral)
            ]
            assert list(row) == FRAMEWORKS
            assert sorted(shown) == sorted(option.claims)
            assert all(
                -3 <= cell.points == cell.in_favour.points + cell.against.points <= 3
                for cell in row.values()
            )
