"""The data as it stands: complete, in order, and without a problem."""

import pytest

from sandbox.knowledge import NOT_SURE, load_knowledge
from sandbox.lint import lint_knowledge

KNOWLEDGE = load_knowledge()


def test_our_data_has_no_problem() -> None:
    assert lint_knowledge(KNOWLEDGE) == []


def test_core_questions_come_first() -> None:
    core = [question.core for question in KNOWLEDGE.questions.values()]
    assert core == sorted(core, reverse=True)
    assert any(core)


def test_any_in_a_disagreement_stands_for_every_framework() -> None:
    by_id = {each.id: each for each in KNOWLEDGE.disagreements}
    assert by_id["D12"].frameworks == tuple(sorted(KNOWLEDGE.frameworks))


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
