"""The page of a step: what to write, and begin, check, solve and reset by plain forms."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sandbox.learn import read_progress
from sandbox.web import public_app
from sandbox.workshop import Workshop
from tests.contract.conftest import serving
from tests.contract.reference import Reference

STEP = "/learn/flask/hello/health"


@pytest.fixture
def project(workshop: Workshop) -> Path:
    return workshop.create([workshop.request("flask", name="Mine")])[0].folder


def test_a_step_shows_what_to_write_and_hints_in_order(friend: FlaskClient) -> None:
    page = friend.get("/learn/flask/database/read").text
    assert "Read rows" in page
    assert "TODO: Answer one book." in page
    assert "Hint 1 of 5" in page
    assert page.index("the lines, in a wrong order") < page.index("Hint 5 of 5: the solution")
    assert page.index("Stuck?") < page.index(">Why</h2>") < page.index(">Break it</h2>")
    assert len(page.encode()) < 60_000


def test_the_lesson_lists_its_steps(friend: FlaskClient) -> None:
    page = friend.get("/learn/flask/database").text
    assert 'href="/learn/flask/database/model"' in page
    assert "How the others do it" in page
    assert 'href="/learn/flask/jobs"' in page


def test_begin_writes_and_check_agrees_when_it_is_done(friend: FlaskClient, project: Path) -> None:
    page = friend.post(STEP, data={"project": "mine", "do": "begin"}).text
    assert "files were written" in page or "file was written" in page
    assert "TODO: Answer" in (project / "app/hello.py").read_text()
    with serving(Reference(frozenset({"hello"}))) as url:
        page = friend.post(STEP, data={"project": "mine", "do": "check", "url": url}).text
    assert "Step done." in page
    assert read_progress(project).done == ("hello/health",)
    assert "done in mine" in friend.get("/learn/flask/hello").text


def test_an_app_that_does_not_answer_is_told_first(friend: FlaskClient, project: Path) -> None:
    form = {"project": "mine", "do": "check", "url": "http://127.0.0.1:9"}
    page = friend.post(STEP, data=form).text
    assert "The app starts and answers." in page
    assert "Step done." not in page


def test_solve_and_reset_write_and_keep_a_snapshot(friend: FlaskClient, project: Path) -> None:
    friend.post(STEP, data={"project": "mine", "do": "begin"})
    page = friend.post(STEP, data={"project": "mine", "do": "solve"}).text
    assert ".sandbox/lessons/snapshots/" in page
    assert 'return {"status": "ok"}' in (project / "app/hello.py").read_text()
    friend.post(STEP, data={"project": "mine", "do": "reset"})
    assert 'return {"status": "ok"}' not in (project / "app/hello.py").read_text()


def test_a_conflict_shows_the_patch_and_writes_nothing(friend: FlaskClient, project: Path) -> None:
    file = project / "app/__init__.py"
    file.write_text(
        file.read_text().replace("from .hello import bp", "from .hello import bp  # mine")
    )
    before = file.read_text()
    form = {"project": "mine", "do": "begin"}
    page = friend.post("/learn/flask/routes/list", data=form).text
    assert "Nothing was written." in page
    assert file.read_text() == before


def test_an_unknown_step_is_a_sentence(friend: FlaskClient) -> None:
    answer = friend.get("/learn/flask/hello/teleport")
    assert answer.status_code == 404
    assert "hello/greet" in answer.text


def test_a_stranger_writes_nothing(client: FlaskClient, project: Path) -> None:
    before = (project / "app/hello.py").read_text()
    assert client.post(STEP, data={"project": "mine", "do": "begin"}).status_code in (401, 403)
    assert (project / "app/hello.py").read_text() == before


def test_the_public_site_shows_the_commands_and_no_form() -> None:
    page = public_app({}).test_client().get(STEP).text
    assert "lesson begin . hello/health" in page
    assert 'method="post"' not in page
