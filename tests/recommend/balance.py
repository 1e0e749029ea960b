"""Count exactly how often each framework wins over all possible answers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sandbox.knowledge import Knowledge, Question
from sandbox.recommend.answer_sets import answer_sets
from sandbox.recommend.standing import Vector, add, option_vectors


@dataclass(frozen=True, slots=True)
class Balance:
    """Shares of all answers: how often each framework is the one leader, and how often none is."""

    wins: Mapping[str, Fraction]
    undecided: Fraction


def balance(knowledge: Knowledge) -> Balance:
    """Return the shares if every option of a question is equally likely.

    Leaving a single question open is as likely as each option. A question of several picks has
    0, 1, … picks equally often, and each set of that size equally often. Exact: the
    distributions of the questions' points are convolved, none is drawn.
    """
    names = sorted(knowledge.frameworks)
    scores: dict[Vector, Fraction] = {(0,) * len(names): Fraction(1)}
    for question in knowledge.questions.values():
        scores = _convolve(scores, _effects(knowledge, question))
    wins = dict.fromkeys(names, Fraction(0))
    for vector, share in scores.items():
        first, second = sorted(vector, reverse=True)[:2]
        if first - second > knowledge.rules.tie_margin:
            wins[names[vector.index(first)]] += share
    return Balance(wins, 1 - sum(wins.values(), Fraction(0)))


def _effects(knowledge: Knowledge, question: Question) -> dict[Vector, Fraction]:
    vectors = option_vectors(knowledge)
    size = len(knowledge.frameworks)
    sets = answer_sets(question)
    if question.kind == "single":
        likely = dict.fromkeys(sets, Fraction(1, len(sets)))
    else:
        sizes = Counter(len(picks) for picks in sets)
        likely = {picks: Fraction(1, len(sizes) * sizes[len(picks)]) for picks in sets}
    shares: dict[Vector, Fraction] = {}
    for picks, share in likely.items():
        vector = add([vectors[question.id, pick] for pick in picks], size)
        shares[vector] = shares.get(vector, Fraction(0)) + share
    return shares


def _convolve(
    left: Mapping[Vector, Fraction], right: Mapping[Vector, Fraction]
) -> dict[Vector, Fraction]:
    """Return the distribution of the sum; only differences to the first framework are kept."""
    sums: dict[Vector, Fraction] = {}
    for one, share in left.items():
        for other, chance in right.items():
            total = add([one, other], len(one))
            key = tuple(points - total[0] for points in total)
            sums[key] = sums.get(key, Fraction(0)) + share * chance
    return sums
