"""The check on the lesson page, against an app that really runs."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sandbox.learn import read_progress
from sandbox.run.process import Launch, Server
from sandbox.workshop import Workshop
from tests.support.ports import free_port


@pytest.fixture
def project(workshop: Workshop) -> Path:
    return workshop.create([workshop.request("flask", features=["routes"], name="Mine")])[0].folder


@pytest.fixture
def url(project: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the learner's app, which our own environment can run: it has Flask."""
    port = free_port()
    launch = Launch(
        command=(sys.executable, "-B", "-m", "flask", "run", "--port", str(port)),
        url=f"http://127.0.0.1:{port}",
        folder=project,
        log=tmp_path / "log",
    )
    with Server(launch):
        yield launch.url


def test_a_good_app_passes_its_step_and_progress_is_kept(
    friend: FlaskClient, project: Path, url: str
) -> None:
    answer = friend.post("/learn/flask/routes", data={"project": "mine", "url": url})
    assert "Lesson done." in answer.text
    assert read_progress(project).done == ("routes",)
    assert "done in mine" in friend.get("/learn").text


def test_an_app_without_the_step_is_told_what_is_missing(
    friend: FlaskClient, project: Path, url: str
) -> None:
    answer = friend.post("/learn/flask/validation", data={"project": "mine", "url": url})
    assert answer.status_code == 200
    assert "did not pass yet" in answer.text
    assert 'data-outcome="failed"' in answer.text
    assert read_progress(project).done == ()


def test_an_app_that_does_not_run_is_one_sentence(friend: FlaskClient, project: Path) -> None:
    port = free_port()
    form = {"project": project.name, "url": f"http://127.0.0.1:{port}"}
    answer = friend.post("/learn/flask/hello", data=form)
    assert answer.status_code == 200
    assert str(port) in answer.text
    assert "nothing was noted" in answer.text
    assert read_progress(project).steps == {}
