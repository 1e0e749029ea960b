"""What a step asks before the work is answered, by an app or as it was recorded."""

import json
from dataclasses import replace

import pytest
from werkzeug import Response

from sandbox.errors import LessonError
from sandbox.learn import steps_of
from sandbox.learn.predict import Predicted, predicted
from tests.contract.conftest import serving
from tests.contract.reference import Reference
from tests.support.ports import free_port
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


def test_a_running_app_answers_itself() -> None:
    step = steps_of(WORKSHOP.scaffold("flask"), "hello")
    asks = next(each for each in step.values() if each.predict)
    assert asks.predict
    known = replace(asks, predict=replace(asks.predict, ask="GET /api/books?limit=2"))
    with serving(Reference(frozenset({"hello", "routes"}))) as url:
        found = predicted(known, WORKSHOP.console, ("shelf", url))
        lost = replace(known, predict=replace(asks.predict, ask="GET /nowhere"))
        assert predicted(lost, WORKSHOP.console, ("shelf", url)).said.startswith("404 Not Found\n")
    status, _, body = found.said.partition("\n")
    assert status == "200 OK"
    assert len(json.loads(body)["items"]) == 2
    assert body.startswith("{\n  ")
    assert found.address == url
    with serving(Response("x" * 3_000)) as url:
        said = predicted(known, WORKSHOP.console, ("shelf", url)).said
    assert said == f"200 OK\n{'x' * 2_000}…"


def test_an_app_that_is_gone_leaves_the_recorded_answer() -> None:
    step = next(
        each for each in steps_of(WORKSHOP.scaffold("flask"), "routes").values() if each.predict
    )
    assert step.predict
    known = replace(step, predict=replace(step.predict, ask="GET /health"))
    found = predicted(known, WORKSHOP.console, ("shelf", f"http://127.0.0.1:{free_port()}"))
    assert (found.said, found.address, found.expected) == ("", "", step.predict.answer)


def test_a_step_that_asks_nothing_says_so() -> None:
    step = next(iter(steps_of(WORKSHOP.scaffold("flask"), "routes").values()))
    with pytest.raises(LessonError, match=f"{step.key} asks for no guess"):
        predicted(replace(step, predict=None), WORKSHOP.console, None)
