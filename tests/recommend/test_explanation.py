"""What a recommendation carries beside its result."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sandbox.knowledge import Tension
from sandbox.recommend import Answers, Standing, recommend
from sandbox.recommend.answer_sets import answer_sets
from sandbox.recommend.standing import stand
from tests.recommend.possible_answers import FRAMEWORKS, KNOWLEDGE, Picks, ask, possible_answers

CLEARLY = "Django fits your answers clearly"
LEAN = "Your answers lean to Django"
OTHERS_UNSURE = "&".join(
    f"{key}=not_sure" for key in KNOWLEDGE.questions if key not in ("goal", "product")
)
# Answers, status, headline, margin, decisive questions.
RESULTS = [
    ("", "none", "Not enough answers to say", 0, ()),
    ("experience=some", "none", "Not enough answers to say", 0, ()),
    (
        "product=microservice",
        "tie",
        "Too close to call: FastAPI or Flask, from 1 answer; 10 more could change this",
        0,
        (),
    ),
    (
        "size=medium",
        "tie",
        "Too close to call: Django, FastAPI or Flask, from 1 answer; 10 more could change this",
        1,
        (),
    ),
    (
        "product=web_app",
        "lean",
        "So far: Django, from 1 answer; 7 more could change this",
        3,
        ("product",),
    ),
    (
        "goal=real_product&product=business_app",
        "clear",
        "So far: Django, from 2 answers; 6 more could change this",
        4,
        (),
    ),
    (
        "product=rest_api&interface=programs&traffic=high",
        "clear",
        "So far: FastAPI, from 3 answers; 8 more could change this",
        7,
        (),
    ),
    (
        "deadline=market_soon&important=deadline",
        "lean",
        "So far: Django, from 1 answer; 7 more could change this",
        6,
        ("deadline",),
    ),
    (f"goal=real_product&product=business_app&{OTHERS_UNSURE}", "clear", CLEARLY, 4, ()),
    (f"product=web_app&goal=not_sure&{OTHERS_UNSURE}", "lean", LEAN, 3, ("product",)),
]


def parsed(query: str) -> Answers:
    pairs = (part.partition("=") for part in query.split("&") if part)
    return Answers.parse(KNOWLEDGE, {key: [value] for key, _, value in pairs})


@pytest.mark.parametrize(("query", "status", "headline", "margin", "decisive"), RESULTS)
def test_result_in_words(
    query: str, status: str, headline: str, margin: int, decisive: tuple[str, ...]
) -> None:
    result = recommend(KNOWLEDGE, parsed(query))
    assert (result.status, result.headline) == (status, headline)
    assert (result.margin, result.decisive) == (margin, decisive)


@given(possible_answers())
def test_a_headline_says_clearly_only_of_a_clear_and_settled_result(answers: Answers) -> None:
    result = recommend(KNOWLEDGE, answers)
    for each in (result, *result.by_source.values()):
        assert ("clearly" in each.headline) == (each.status == "clear" and each.settled)
        assert each.settled == (each.could_change == 0) == (each.open_questions == ())
        if each.leaders and not each.settled:
            assert f"; {each.could_change} more could change this" in each.headline
        for leader in each.leaders:
            assert KNOWLEDGE.frameworks[leader].name in each.headline


@given(possible_answers())
def test_status_follows_from_margin_and_decisive_answers(answers: Answers) -> None:
    result = recommend(KNOWLEDGE, answers)
    if result.status in ("lean", "clear"):
        assert result.margin >= 2
        assert (result.status == "clear") == (result.margin >= 4 and not result.decisive)
    else:
        assert result.margin <= 1
        assert len(result.leaders) != 1


@given(possible_answers())
def test_decisive_are_the_answers_without_which_the_leader_is_not_strictly_first(
    answers: Answers,
) -> None:
    result = recommend(KNOWLEDGE, answers)
    assume(len(result.leaders) == 1)
    expected = [
        key
        for key in answers.given
        if [rank.framework for rank in without(answers, key).ranking if rank.rank == 1]
        != list(result.leaders)
    ]
    assert list(result.decisive) == expected


def without(answers: Answers, key: str) -> Standing:
    left = {name: picks for name, picks in answers.given.items() if name != key}
    return stand(KNOWLEDGE, ask(left, answers.important))


def test_equal_points_share_a_rank_alphabetically() -> None:
    ranking = recommend(KNOWLEDGE, ask({"product": ("microservice",)})).ranking
    assert [(each.framework, each.points, each.rank) for each in ranking] == [
        ("fastapi", 2, 1),
        ("flask", 2, 1),
        ("django", 0, 3),
    ]


def test_ledger_shows_both_sides_of_a_cancelled_point() -> None:
    reasons = recommend(KNOWLEDGE, ask({"experience": ("new",)})).ledger["flask"]
    assert [(reason.points, reason.claims) for reason in reasons] == [
        (2, ("A071",)),
        (-2, ("B031",)),
    ]


def test_ledger_shows_what_speaks_against_the_winner() -> None:
    result = recommend(KNOWLEDGE, ask({"builtins": ("async", "api_docs"), "experience": ("new",)}))
    assert result.leaders == ("fastapi",)
    assert [reason.claims for reason in result.ledger["fastapi"] if reason.points < 0] == [
        ("A067",)
    ]


def test_disagreement_is_shown_with_the_result_by_each_source() -> None:
    result = recommend(KNOWLEDGE, ask({"product": ("microservice",)}))
    (shown,) = result.disagreements
    assert (shown.disagreement.id, shown.claims_1, shown.claims_2) == (
        "D03",
        ("A056", "A093"),
        ("B014", "B086"),
    )
    assert {source: each.leaders for source, each in result.by_source.items()} == {
        "A": ("fastapi",),
        "B": ("flask",),
    }


def test_only_the_claims_that_were_touched_are_named() -> None:
    result = recommend(KNOWLEDGE, ask({"product": ("web_app",), "experience": ("new",)}))
    shown = {each.disagreement.id: each for each in result.disagreements}
    assert shown["D01"].claims_1 == ("A041", "A071", "A033")
    assert shown["D02"].claims_1 == ("A071",)


@given(possible_answers())
def test_disagreement_shows_exactly_when_both_sides_are_touched(answers: Answers) -> None:
    touched = {
        claim
        for key, picks in answers.given.items()
        for pick in picks
        for claim in KNOWLEDGE.questions[key].options[pick].claims
    }
    shown = {each.disagreement.id for each in recommend(KNOWLEDGE, answers).disagreements}
    assert shown == {
        each.id
        for each in KNOWLEDGE.disagreements
        if touched & set(each.claims_1) and touched & set(each.claims_2)
    }


@given(possible_answers())
def test_one_source_never_gains_from_agreement(answers: Answers) -> None:
    for source in recommend(KNOWLEDGE, answers).by_source.values():
        most = sum(2 * answers.weight(key) * len(picks) for key, picks in answers.given.items())
        assert all(abs(rank.points) <= most for rank in source.ranking)


ADVICE = [
    ({}, {"W08", "W09", "W10"}),
    ({"product": ("microservice",)}, {"W07", "W08", "W09", "W10"}),
    ({"product": ("ml_service",)}, {"W09", "W10"}),
    ({"product": ("ml_service",), "async_skill": ("basics",)}, {"W01", "W09", "W10"}),
    (
        {"goal": ("real_product",), "product": ("web_app",), "size": ("small",)},
        {"W03", "W07", "W08"},
    ),
    ({"goal": ("prototype",), "size": ("medium",)}, {"W02"}),
    (
        {"goal": ("launch_mvp",), "deadline": ("market_soon",), "builtins": ("async",)},
        {"W04", "W07", "W08"},
    ),
    ({"builtins": ("async", "api_docs"), "experience": ("new",)}, {"W05"}),
    ({"goal": ("prototype",), "style": ("own_parts",), "experience": ("new",)}, {"W06"}),
]


@pytest.mark.parametrize(("picks", "expected"), ADVICE)
def test_advice_shows_when_its_conditions_hold(picks: Picks, expected: set[str]) -> None:
    shown = {advice.id for advice in recommend(KNOWLEDGE, ask(picks)).advice}
    assert shown == expected | {"W09", "W10"}


SUGGESTED = [
    ({}, ()),
    ({"builtins": ("none",)}, ()),
    ({"product": ("realtime",)}, ("routes", "validation", "live")),
    ({"product": ("ml_service",)}, ("routes", "validation", "model")),
    ({"builtins": ("async", "api_docs")}, ("routes", "validation", "api_docs", "async")),
    ({"interface": ("people",)}, ("routes", "validation", "database", "pages")),
]


@pytest.mark.parametrize(("picks", "features"), SUGGESTED)
def test_answers_suggest_features_and_what_they_need(
    picks: Picks, features: tuple[str, ...]
) -> None:
    assert recommend(KNOWLEDGE, ask(picks)).suggested_features == features


def test_all_answered_is_settled() -> None:
    picks = {key: list(question.options)[:1] for key, question in KNOWLEDGE.questions.items()}
    picks["builtins"] = ["admin", "auth"]
    result = recommend(KNOWLEDGE, ask({key: tuple(names) for key, names in picks.items()}))
    assert (result.settled, result.open_questions) == (True, ())


def test_open_question_with_an_effect_is_named() -> None:
    result = recommend(KNOWLEDGE, ask({"product": ("web_app",)}))
    assert not result.settled
    assert "product" not in result.open_questions
    assert {"goal", "builtins", "style"} <= set(result.open_questions)


def test_a_pick_that_is_still_free_keeps_the_question_open() -> None:
    picks = dict.fromkeys(KNOWLEDGE.questions, ("not_sure",))
    result = recommend(KNOWLEDGE, ask({**picks, "builtins": ("api_docs",)}))
    assert (result.open_questions, result.could_change) == (("builtins",), 1)


TENSIONS = [
    ({"goal": ("prototype",), "size": ("large",)}, ["prototype_large"]),
    ({"experience": ("new",), "async_skill": ("confident",)}, ["beginner_confident"]),
    ({"product": ("simple_api",), "interface": ("people",)}, ["small_api_people"]),
    ({"builtins": ("async", "pages"), "async_skill": ("none",)}, ["async_unknown"]),
    ({"goal": ("prototype",), "size": ("small",)}, []),
    ({}, []),
]


@pytest.mark.parametrize(("picks", "expected"), TENSIONS)
def test_answers_that_pull_apart_are_named(picks: Picks, expected: list[str]) -> None:
    found = recommend(KNOWLEDGE, ask(picks)).tensions
    assert [each.id for each in found] == expected
    assert all(len(re.findall(r"[.!?](?:\s|$)", each.text)) == 1 for each in found)


@pytest.mark.parametrize("tension", KNOWLEDGE.tensions, ids=lambda each: each.id)
def test_every_pair_that_pulls_apart_can_be_given_and_is_named(tension: Tension) -> None:
    picks = {key: (option,) for key, option in tension.answers}
    assert tension in recommend(KNOWLEDGE, ask(picks)).tensions


@given(possible_answers())
def test_answers_that_pull_apart_change_no_points(answers: Answers) -> None:
    calm = replace(KNOWLEDGE, tensions=())
    one, other = recommend(KNOWLEDGE, answers), recommend(calm, answers)
    assert replace(one, tensions=()) == other


# Query strings and what is still open: a tie that moves by two points and stays one, a third that
# cannot catch up with a tie, and a second pick that can overturn the result only because its
# question counts twice.
NEARLY_SETTLED = [
    (
        "goal=learn_internals&product=realtime&builtins=async,auth&experience=new&style=own_parts"
        "&interface=both&size=medium&async_skill=confident&deadline=today&ecosystem=little",
        (),
    ),
    (
        "goal=learn_api_ai&product=business_app&builtins=none&experience=new&style=own_parts"
        "&interface=people&size=large&traffic=high&deadline=today",
        (),
    ),
    (
        "goal=launch_mvp&product=web_app&builtins=pages&experience=new&style=typed_modern"
        "&interface=both&size=medium&async_skill=confident&traffic=normal&deadline=today"
        "&important=builtins",
        ("builtins",),
    ),
]


@pytest.mark.parametrize(
    ("query", "still_open"), NEARLY_SETTLED, ids=["tie", "third", "second pick"]
)
def test_open_questions_that_cannot_matter_are_not_named(
    query: str, still_open: tuple[str, ...]
) -> None:
    result = recommend(KNOWLEDGE, parsed(query))
    assert (result.open_questions, result.settled) == (still_open, not still_open)


def further_answers(answers: Answers) -> dict[str, list[Picks]]:
    """Return question → every way to answer what is open in it, leaving it as it is the first."""
    return {
        question.id: [
            {question.id: picks} if picks else {}
            for picks in answer_sets(question)
            if set(picks) >= set(now := answers.given.get(question.id, ()))
            and (question.kind == "multi" or not now or picks == now)
            and (not picks or question.id not in answers.unsure)
        ]
        for question in KNOWLEDGE.questions.values()
    }


def who_leads(answers: Answers, sets: Iterable[Picks]) -> tuple[str, ...]:
    given = {key: picks for each in sets for key, picks in each.items()}
    return stand(KNOWLEDGE, ask(given, answers.important)).leaders


@settings(max_examples=40)
@given(possible_answers(most_open=3))
def test_what_could_change_the_leaders_is_exactly_what_trying_every_answer_finds(
    answers: Answers,
) -> None:
    result = recommend(KNOWLEDGE, answers)
    assume(len(result.open_questions) < 4)
    ways = further_answers(answers)
    asked = list(ways)
    found: set[str] = set()
    for chosen in product(*ways.values()):
        if who_leads(answers, chosen) == result.leaders:
            continue
        for place, key in enumerate(asked):
            without_it = (*chosen[:place], ways[key][0], *chosen[place + 1 :])
            if who_leads(answers, without_it) == result.leaders:
                found.add(key)
    assert set(result.open_questions) == found


@given(possible_answers(), st.sampled_from(FRAMEWORKS))
def test_the_answers_are_carried_along(answers: Answers, framework: str) -> None:
    result = recommend(KNOWLEDGE, answers)
    assert (result.answers, result.query) == (answers, answers.query)
    assert framework in result.ledger
