"""Properties 1 to 8 of the recommender, over all answers; the scenarios would not catch these."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations
from random import Random
from types import MappingProxyType
from typing import TypeVar

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sandbox.knowledge import NOT_SURE, Knowledge
from sandbox.recommend import Answers, Recommendation, Standing, option_points, recommend
from sandbox.recommend.answer_sets import answer_sets
from sandbox.recommend.standing import stand
from tests.recommend.possible_answers import FRAMEWORKS, KNOWLEDGE, ask, possible_answers

V = TypeVar("V")


def points_of(result: Recommendation) -> dict[str, int]:
    return {rank.framework: rank.points for rank in result.ranking}


def rank_of(result: Recommendation, framework: str) -> int:
    return next(rank.rank for rank in result.ranking if rank.framework == framework)


def shuffled(table: Mapping[str, V], random: Random) -> Mapping[str, V]:
    rows = list(table.items())
    random.shuffle(rows)
    return MappingProxyType(dict(rows))


def with_rows_shuffled(random: Random) -> Knowledge:
    questions = {
        key: replace(
            question,
            options=MappingProxyType(
                {
                    name: replace(
                        option, claims=tuple(random.sample(option.claims, len(option.claims)))
                    )
                    for name, option in question.options.items()
                }
            ),
        )
        for key, question in KNOWLEDGE.questions.items()
    }
    return replace(
        KNOWLEDGE,
        claims=shuffled(KNOWLEDGE.claims, random),
        frameworks=shuffled(KNOWLEDGE.frameworks, random),
        questions=MappingProxyType(questions),
        suggestions=tuple(random.sample(KNOWLEDGE.suggestions, len(KNOWLEDGE.suggestions))),
    )


@given(possible_answers(), st.randoms(use_true_random=False))
def test_1_order_of_answers_and_picks_changes_nothing(answers: Answers, random: Random) -> None:
    mixed = shuffled(
        {key: random.sample(picks, len(picks)) for key, picks in answers.given.items()}, random
    )
    unsure = dict.fromkeys(answers.unsure[::-1], (NOT_SURE,))
    again = Answers.parse(KNOWLEDGE, {**unsure, **mixed}, answers.important[::-1])
    assert recommend(KNOWLEDGE, again) == recommend(KNOWLEDGE, answers)


@settings(max_examples=15)
@given(possible_answers(), st.randoms(use_true_random=False))
def test_1_order_of_data_rows_changes_nothing(answers: Answers, random: Random) -> None:
    assert recommend(with_rows_shuffled(random), answers) == recommend(KNOWLEDGE, answers)


@settings(max_examples=15)
@given(possible_answers(), st.randoms(use_true_random=False))
def test_1_order_of_questions_and_options_changes_no_result(
    answers: Answers, random: Random
) -> None:
    questions = {
        key: replace(question, options=shuffled(question.options, random))
        for key, question in KNOWLEDGE.questions.items()
    }
    mixed = replace(KNOWLEDGE, questions=shuffled(questions, random))
    one = recommend(KNOWLEDGE, answers)
    unsure = dict.fromkeys(answers.unsure, (NOT_SURE,))
    other = recommend(mixed, Answers.parse(mixed, {**unsure, **answers.given}, answers.important))
    assert (one.status, one.ranking, one.leaders) == (other.status, other.ranking, other.leaders)
    assert set(one.decisive) == set(other.decisive)
    assert set(one.open_questions) == set(other.open_questions)
    assert [each.level for each in one.what_ifs] == [each.level for each in other.what_ifs]


@pytest.mark.parametrize("picks", [{}, dict.fromkeys(KNOWLEDGE.questions, (NOT_SURE,))])
def test_2_no_answers_give_no_recommendation(picks: dict[str, tuple[str, ...]]) -> None:
    result = recommend(KNOWLEDGE, ask(picks))
    assert (result.status, result.headline) == ("none", "Not enough answers to say")
    assert (result.leaders, result.margin, result.decisive) == ((), 0, ())
    assert set(points_of(result).values()) == {0}


@given(possible_answers(), st.sets(st.sampled_from(list(KNOWLEDGE.questions))))
def test_2_adding_not_sure_changes_only_what_is_still_open(
    answers: Answers, unsure: set[str]
) -> None:
    picks = {**dict.fromkeys(unsure, (NOT_SURE,)), **answers.given}
    one = recommend(KNOWLEDGE, ask(picks, answers.important))
    other = recommend(KNOWLEDGE, replace(answers, unsure=()))
    assert (one.status, one.ranking, one.leaders) == (other.status, other.ranking, other.leaders)
    assert (one.margin, one.decisive, one.ledger) == (other.margin, other.decisive, other.ledger)
    assert (one.advice, one.tensions) == (other.advice, other.tensions)
    assert [each.edits for each in one.what_ifs] == [each.edits for each in other.what_ifs]
    assert set(one.open_questions) <= set(other.open_questions) - (unsure - set(answers.given))


@given(possible_answers(), st.data())
def test_3_an_option_that_favours_a_framework_never_harms_it(
    answers: Answers, data: st.DataObject
) -> None:
    addable = [
        (question.id, picks)
        for question in KNOWLEDGE.questions.values()
        for picks in answer_sets(question)
        if set(picks) > set(given_picks := answers.given.get(question.id, ()))
        and len(picks) == len(given_picks) + 1
        and (question.kind == "multi" or not given_picks)
    ]
    assume(addable)
    key, picks = data.draw(st.sampled_from(addable))
    (new,) = set(picks) - set(answers.given.get(key, ()))
    points = {name: cell.points for name, cell in option_points(KNOWLEDGE, key, new).items()}
    favoured = [name for name in FRAMEWORKS if points[name] == max(points.values())]
    assume(min(points.values()) < max(points.values()))
    before = recommend(KNOWLEDGE, answers)
    after = recommend(KNOWLEDGE, ask({**answers.given, key: picks}, answers.important))
    for framework in favoured:
        assert rank_of(after, framework) <= rank_of(before, framework)
        if before.leaders == (framework,):
            assert after.leaders == (framework,)
            assert before.status == "lean" or after.status == "clear"


def results_of_two_questions() -> list[Standing]:
    keys = list(KNOWLEDGE.questions)
    return [
        stand(KNOWLEDGE, ask({one: first, other: second}))
        for place, one in enumerate(keys[:5])
        for other in keys[place + 1 : 5]
        for first in answer_sets(KNOWLEDGE.questions[one])
        for second in answer_sets(KNOWLEDGE.questions[other])
    ]


def test_4_each_wins_each_pair_ties_and_each_status_occurs() -> None:
    results = results_of_two_questions()
    clear = {result.leaders for result in results if result.status == "clear"}
    ties = {result.leaders for result in results if result.status == "tie"}
    assert clear == {(name,) for name in FRAMEWORKS}
    assert {("django", "fastapi"), ("django", "flask"), ("fastapi", "flask")} <= ties
    assert {result.status for result in results} == {"clear", "lean", "tie", "none"}


@pytest.mark.parametrize(
    ("question", "option"),
    [
        (question.id, option.id)
        for question in KNOWLEDGE.questions.values()
        for option in question.options.values()
    ],
)
def test_4_exactly_the_options_with_claims_have_an_effect(question: str, option: str) -> None:
    claims = KNOWLEDGE.questions[question].options[option].claims
    assert (recommend(KNOWLEDGE, ask({question: (option,)})).status != "none") == bool(claims)


@given(possible_answers())
def test_5_reasons_cite_claims_of_their_framework_and_sign_and_sum_to_the_score(
    answers: Answers,
) -> None:
    result = recommend(KNOWLEDGE, answers)
    for framework, points in points_of(result).items():
        reasons = result.ledger[framework]
        assert sum(reason.points for reason in reasons) == points
        for reason in reasons:
            attached = KNOWLEDGE.questions[reason.question].options[reason.option].claims
            cited = [KNOWLEDGE.claims[name] for name in reason.claims]
            assert reason.framework == framework
            assert set(reason.claims) <= set(attached)
            assert reason.option in answers.given[reason.question]
            assert {claim.framework for claim in cited} == {framework}
            assert all(claim.polarity * reason.points > 0 for claim in cited)
            assert len({claim.source for claim in cited}) == len(cited)
            strongest = max(abs(claim.polarity) for claim in cited)
            assert abs(reason.points) == (strongest + reason.agreed) * reason.weight


@given(possible_answers(), st.sampled_from(list(KNOWLEDGE.questions)))
def test_6_important_doubles_exactly_that_question(answers: Answers, key: str) -> None:
    without = recommend(KNOWLEDGE, Answers(answers.given))
    marked = recommend(KNOWLEDGE, ask(dict(answers.given), (key,)))
    alone = recommend(KNOWLEDGE, ask({key: answers.given.get(key, ())}))
    added = points_of(alone)
    assert points_of(marked) == {
        name: points + added[name] for name, points in points_of(without).items()
    }


def with_names_changed(new: Mapping[str, str]) -> Knowledge:
    """Return our knowledge in which what is said of one framework is said of another."""
    return replace(
        KNOWLEDGE,
        frameworks=MappingProxyType(
            {new[key]: replace(each, id=new[key]) for key, each in KNOWLEDGE.frameworks.items()}
        ),
        claims=MappingProxyType(
            {
                key: replace(claim, framework=new.get(claim.framework, claim.framework))
                for key, claim in KNOWLEDGE.claims.items()
            }
        ),
        disagreements=tuple(
            replace(each, frameworks=tuple(new[name] for name in each.frameworks))
            for each in KNOWLEDGE.disagreements
        ),
        advice=tuple(
            replace(
                each, when=replace(each.when, candidate=new.get(each.when.candidate or "", None))
            )
            for each in KNOWLEDGE.advice
        ),
    )


RENAMINGS = [dict(zip(FRAMEWORKS, order, strict=True)) for order in permutations(FRAMEWORKS)]
RENAMINGS.append({"django": "zeta", "fastapi": "alpha", "flask": "mid"})
RENAMED = [(new, with_names_changed(new)) for new in RENAMINGS]


@given(possible_answers(), st.sampled_from(RENAMED))
def test_7_renaming_the_frameworks_renames_the_result(
    answers: Answers, renamed: tuple[dict[str, str], Knowledge]
) -> None:
    new, knowledge = renamed
    one, other = recommend(KNOWLEDGE, answers), recommend(knowledge, answers)
    assert (other.status, other.margin, other.decisive) == (one.status, one.margin, one.decisive)
    assert other.leaders == tuple(sorted(new[name] for name in one.leaders))
    assert points_of(other) == {new[name]: points for name, points in points_of(one).items()}
    assert {new[name]: len(reasons) for name, reasons in one.ledger.items()} == {
        name: len(reasons) for name, reasons in other.ledger.items()
    }
    assert {(new[each.framework], each.level, each.edits) for each in one.what_ifs} == {
        (each.framework, each.level, each.edits) for each in other.what_ifs
    }
    assert (other.open_questions, other.settled) == (one.open_questions, one.settled)
    assert [each.id for each in other.advice] == [each.id for each in one.advice]
    assert len(other.disagreements) == len(one.disagreements)


OVERRULED = {"A071": "D02"}
STRONG = [
    (claim.id, question.id, option.id)
    for question in KNOWLEDGE.questions.values()
    for option in question.options.values()
    for claim in map(KNOWLEDGE.claims.__getitem__, option.claims)
    if claim.polarity == 2
]


@pytest.mark.parametrize(("claim", "question", "option"), STRONG)
def test_8_option_of_a_strong_claim_puts_its_framework_first(
    claim: str, question: str, option: str
) -> None:
    result = recommend(KNOWLEDGE, ask({question: (option,)}))
    first = KNOWLEDGE.claims[claim].framework in result.leaders
    assert first != (claim in OVERRULED)
    if claim in OVERRULED:
        assert OVERRULED[claim] in {each.disagreement.id for each in result.disagreements}
