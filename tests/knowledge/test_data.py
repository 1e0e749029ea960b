"""The data as it stands: complete, in order, and without a problem."""

import pytest

from sandbox.knowledge import NOT_SURE, load_knowledge
from sandbox.lint import lint_knowledge

KNOWLEDGE = load_knowledge()


def test_our_data_has_no_problem() -> None:
    assert lint_knowledge(KNOWLEDGE) == []


def test_all_entries_are_there() -> None:
    options = [
        name
        for question in KNOWLEDGE.questions.values()
        for name in question.options
        if name != NOT_SURE
    ]
    notes = [claim for claim in KNOWLEDGE.claims.values() if claim.note]
    assert len(KNOWLEDGE.claims) == 214
    assert (len(KNOWLEDGE.questions), len(options)) == (11, 44)
    assert (len(KNOWLEDGE.disagreements), len(notes)) == (17, 7)
    assert (len(KNOWLEDGE.advice), len(KNOWLEDGE.scenarios)) == (10, 25)


def test_core_questions_come_first() -> None:
    core = [question.core for question in KNOWLEDGE.questions.values()]
    assert core == [True] * 5 + [False] * 6


def test_features_stand_in_the_order_of_the_contract() -> None:
    expected = (
        "hello routes validation database pages auth admin api_docs async live jobs model deploy"
    )
    assert list(KNOWLEDGE.features) == expected.split()


def test_any_in_a_disagreement_stands_for_every_framework() -> None:
    by_id = {each.id: each for each in KNOWLEDGE.disagreements}
    assert by_id["D12"].frameworks == ("django", "fastapi", "flask")


@pytest.mark.parametrize("framework", KNOWLEDGE.frameworks)
def test_ratings_come_from_the_table_rows(framework: str) -> None:
    ratings = KNOWLEDGE.ratings(framework)
    assert {"learning", "performance", "features", "api", "admin", "ecosystem"} <= set(ratings)
    assert all(claim.framework == framework for claim in ratings.values())


@pytest.mark.parametrize("framework", KNOWLEDGE.frameworks.values(), ids=lambda each: each.id)
def test_profile_shows_both_sides(framework) -> None:
    assert min(map(len, (framework.strengths, framework.cautions, framework.best_for))) >= 3


def test_builtins_suggest_the_features_of_the_same_name() -> None:
    suggested = {
        each.option: each.features for each in KNOWLEDGE.suggestions if each.question == "builtins"
    }
    names = set(KNOWLEDGE.questions["builtins"].options) - {"none", NOT_SURE}
    assert suggested == {name: (name,) for name in names}
