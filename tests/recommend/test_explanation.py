"""What a recommendation carries beside its result."""

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sandbox.recommend import Answers, Standing, recommend
from sandbox.recommend.answer_sets import answer_sets
from sandbox.recommend.standing import stand
from tests.recommend.possible_answers import FRAMEWORKS, KNOWLEDGE, Picks, ask, possible_answers

# Answers, status, headline, margin, decisive questions.
RESULTS = [
    ({}, (), "none", "Not enough answers to say", 0, ()),
    ({"experience": ("some",)}, (), "none", "Not enough answers to say", 0, ()),
    ({"product": ("microservice",)}, (), "tie", "Too close to call: FastAPI or Flask", 0, ()),
    ({"size": ("medium",)}, (), "tie", "Too close to call: Django, FastAPI or Flask", 1, ()),
    ({"product": ("web_app",)}, (), "lean", "Your answers lean to Django", 3, ("product",)),
    (
        {"goal": ("real_product",), "product": ("business_app",)},
        (),
        "clear",
        "Django fits your answers clearly",
        4,
        (),
    ),
    (
        {"product": ("rest_api",), "interface": ("programs",), "traffic": ("high",)},
        (),
        "clear",
        "FastAPI fits your answers clearly",
        7,
        (),
    ),
    (
        {"deadline": ("market_soon",)},
        ("deadline",),
        "lean",
        "Your answers lean to Django",
        6,
        ("deadline",),
    ),
]


@pytest.mark.parametrize(
    ("picks", "important", "status", "headline", "margin", "decisive"), RESULTS
)
def test_result_in_words(
    picks: Picks,
    important: tuple[str, ...],
    status: str,
    headline: str,
    margin: int,
    decisive: tuple[str, ...],
) -> None:
    result = recommend(KNOWLEDGE, ask(picks, important))
    assert (result.status, result.headline) == (status, headline)
    assert (result.margin, result.decisive) == (margin, decisive)


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
    assert "builtins" in result.open_questions


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
    pairs = {key: [value] for key, _, value in (part.partition("=") for part in query.split("&"))}
    result = recommend(KNOWLEDGE, Answers.parse(KNOWLEDGE, pairs))
    assert (result.open_questions, result.settled) == (still_open, not still_open)


def completions(answers: Answers) -> list[Answers]:
    """Return every way to answer what is still open."""
    choices = [
        [
            picks
            for picks in answer_sets(question)
            if set(picks) >= set(now := answers.given.get(question.id, ()))
            and (question.kind == "multi" or not now or picks == now)
        ]
        for question in KNOWLEDGE.questions.values()
    ]
    return [
        ask(dict(zip(KNOWLEDGE.questions, picks, strict=True)), answers.important)
        for picks in product(*choices)
    ]


@settings(max_examples=60)
@given(possible_answers(most_open=2))
def test_settled_means_that_no_remaining_answer_changes_the_leaders(answers: Answers) -> None:
    result = recommend(KNOWLEDGE, answers)
    reached = {stand(KNOWLEDGE, each).leaders for each in completions(answers)}
    if result.settled:
        assert reached == {result.leaders}
    elif len(result.leaders) == 1:
        assert len(reached) > 1


@given(possible_answers(), st.sampled_from(FRAMEWORKS))
def test_the_answers_are_carried_along(answers: Answers, framework: str) -> None:
    result = recommend(KNOWLEDGE, answers)
    assert (result.answers, result.query) == (answers, answers.query)
    assert framework in result.ledger
