"""Answers are checked and brought into one form, whichever way they came in."""

import pytest
from hypothesis import given

from sandbox.errors import AnswerError
from sandbox.recommend import Answers
from tests.recommend.possible_answers import KNOWLEDGE, ask, possible_answers


def test_query_stands_in_questionnaire_order() -> None:
    answers = ask({"builtins": ("api_docs", "admin"), "product": ("ml_service",)}, ("product",))
    assert answers.query == "product=ml_service&builtins=admin,api_docs&important=product"


def test_commas_and_repeated_keys_mean_the_same() -> None:
    one = Answers.parse(KNOWLEDGE, {"builtins": ["admin,api_docs"]})
    other = Answers.parse(KNOWLEDGE, {"builtins": ["api_docs", " admin", "admin", ""]})
    assert one == other


def test_nothing_answered_gives_an_empty_query() -> None:
    assert ask({"goal": (), "size": ("",)}).query == ""


def test_not_sure_is_remembered_as_an_answer_that_says_nothing() -> None:
    answers = ask({"style": ("not_sure",), "size": ("small",), "builtins": ("not_sure", "auth")})
    assert (dict(answers.given), answers.unsure) == (
        {"builtins": ("auth",), "size": ("small",)},
        ("style",),
    )
    assert answers.query == "builtins=auth&size=small&style=not_sure"


def test_importance_may_stand_among_the_answers() -> None:
    pairs = {"product": ["rest_api"], "important": ["product"]}
    assert Answers.parse(KNOWLEDGE, pairs) == ask({"product": ("rest_api",)}, ("product",))


def test_importance_of_an_open_question_is_forgotten() -> None:
    assert ask({"size": ("not_sure",)}, ("size", "goal")).important == ()


@pytest.mark.parametrize("opened", ["product", "size", "style", "goal"])
def test_opening_a_question_forgets_its_importance_and_leaves_the_others(opened: str) -> None:
    picks = {"product": ("rest_api",), "size": ("small",), "style": ("not_sure",)}
    left = {key: values for key, values in picks.items() if key != opened}
    marked = [key for key in ("product", "size") if key != opened]
    assert ask(picks, ("product", "size")).without(opened) == ask(left, marked)


@given(possible_answers())
def test_query_gives_the_answers_again(answers: Answers) -> None:
    pairs = [part.split("=") for part in answers.query.split("&") if part]
    assert Answers.parse(KNOWLEDGE, {key: [value] for key, value in pairs}) == answers


REFUSED = [
    ({"prodct": ["web_app"]}, (), ['"prodct"', 'Did you mean "product"?', "ecosystem"]),
    ({"product": ["webapp"]}, (), ['"product"', '"webapp"', 'Did you mean "web_app"?', "rest_api"]),
    ({"product": ["web_app", "rest_api"]}, (), ['"product" has 2 answers; 1 allowed', "rest_api"]),
    ({"builtins": ["admin,auth,pages"]}, (), ['"builtins" has 3 answers; 2 allowed', "at most 2"]),
    ({"builtins": ["admin,none"]}, (), ['"none" of "builtins"', "alone"]),
    ({"goal": ["prototype"]}, ("gaol",), ['"important" names "gaol"', 'Did you mean "goal"?']),
    ({}, ("goal", "size", "style"), ['"important" names 3 questions; 2 allowed', "goal, size"]),
]


@pytest.mark.parametrize(("pairs", "important", "fragments"), REFUSED)
def test_refusal_names_the_key_and_what_is_allowed(
    pairs: dict[str, list[str]], important: tuple[str, ...], fragments: list[str]
) -> None:
    with pytest.raises(AnswerError) as caught:
        Answers.parse(KNOWLEDGE, pairs, important)
    for fragment in fragments:
        assert fragment in str(caught.value)
