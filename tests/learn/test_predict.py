"""What a step asks before the work is answered, by an app or as it was recorded."""

from dataclasses import replace

import pytest

from sandbox.errors import LessonError
from sandbox.learn import steps_of
from sandbox.learn.predict import Predicted, predicted
from tests.support.variants import WORKSHOP


def test_without_a_running_app_the_recorded_answer_is_given() -> None:
    step = next(
        each
        for each in steps_of(WORKSHOP.scaffold("flask"), "routes").values()
        if each.predict and each.predict.ask
    )
    assert step.predict
    known = step.predict
    found = predicted(step, WORKSHOP.console, None)
    assert found == Predicted(known.question, known.answer, known.ask or "")
    assert not found.address


def test_a_step_that_asks_nothing_says_so() -> None:
    step = next(iter(steps_of(WORKSHOP.scaffold("flask"), "routes").values()))
    with pytest.raises(LessonError, match=f"{step.key} asks for no guess"):
        predicted(replace(step, predict=None), WORKSHOP.console, None)
