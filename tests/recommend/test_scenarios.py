"""The 25 scenarios give the results they must give."""

import pytest

from sandbox.knowledge import Scenario
from sandbox.recommend import Answers, recommend
from tests.recommend.possible_answers import KNOWLEDGE


@pytest.mark.parametrize("scenario", KNOWLEDGE.scenarios, ids=lambda each: each.id)
def test_scenario_gives_its_result(scenario: Scenario) -> None:
    answers = Answers.parse(KNOWLEDGE, scenario.answers, scenario.important)
    result = recommend(KNOWLEDGE, answers)
    assert result.leaders == tuple(sorted(scenario.winners))
    statuses = {0: {"none"}, 1: {"clear", "lean"}}.get(len(scenario.winners), {"tie"})
    assert result.status in statuses
