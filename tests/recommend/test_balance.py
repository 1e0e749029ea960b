"""Property 10: over all answers every framework wins its fair part."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import product
from types import MappingProxyType

import pytest

from sandbox.recommend.answer_sets import answer_sets
from sandbox.recommend.standing import stand
from tests.recommend.balance import balance
from tests.recommend.possible_answers import FRAMEWORKS, KNOWLEDGE, ask

SHARES = balance(KNOWLEDGE)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_10_every_framework_wins_between_10_and_45_percent(framework: str) -> None:
    assert Fraction(10, 100) <= SHARES.wins[framework] <= Fraction(45, 100)


def test_10_shares_add_up_to_one() -> None:
    assert sum(SHARES.wins.values()) + SHARES.undecided == 1


def test_10_convolution_agrees_with_trying_every_answer() -> None:
    keys = ("product", "builtins", "style")
    asked = {key: KNOWLEDGE.questions[key] for key in keys}
    sets = [answer_sets(question) for question in asked.values()]
    sizes = Counter(len(picks) for picks in sets[1])
    wins = dict.fromkeys(FRAMEWORKS, Fraction(0))
    for picks in product(*sets):
        share = Fraction(1, len(sets[0]) * len(sets[2]) * 3 * sizes[len(picks[1])])
        found = stand(KNOWLEDGE, ask(dict(zip(keys, picks, strict=True))))
        if len(found.leaders) == 1:
            wins[found.leaders[0]] += share
    assert balance(replace(KNOWLEDGE, questions=MappingProxyType(asked))).wins == wins


def test_question_of_two_picks_has_each_allowed_set_once() -> None:
    sets = answer_sets(KNOWLEDGE.questions["builtins"])
    assert Counter(len(picks) for picks in sets) == {0: 1, 1: 8, 2: 21}
    assert len(set(sets)) == len(sets)
