"""The pages of bug hunts: complaints to choose from, a project to begin, a check that goes on."""

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sandbox.contract import Means
from sandbox.errors import ServerError
from sandbox.learn import RunningApp, look_up_progress
from sandbox.learn.hunt import PROGRESS_KEY, Hunt, hunts
from sandbox.learn.progress import Progress
from sandbox.web import hunts as web_hunts
from sandbox.web import public_app
from sandbox.workshop import Workshop
from sandbox.workspace import Project
from tests.contract.conftest import serving
from tests.contract.reference import Reference
from tests.support.variants import WORKSHOP


@pytest.fixture
def hunt() -> Hunt:
    return next(each for each in hunts(WORKSHOP.course, "flask") if "isbn" in each.fault.id)


@contextmanager
def _answered_by(app: Reference) -> Generator[RunningApp]:
    with serving(app) as url:
        yield RunningApp(url, Means())


def _checked(friend: FlaskClient, address: str) -> str:
    friend.post(address, data={"do": "check"})
    for _ in range(400):
        page = friend.get(address).text
        if 'data-going="no"' in page:
            return page
        time.sleep(0.02)
    raise AssertionError(page)


def test_the_list_tells_complaints_and_no_cause(friend: FlaskClient) -> None:
    page = friend.get("/learn/hunts/flask").text
    found = hunts(WORKSHOP.course, "flask")
    assert page.index('id="easy"') < page.index('id="middling"') < page.index('id="hard"')
    assert page.count('href="/learn/hunts/flask/') >= len(found)
    assert found[0].fault.tells not in page
    only = friend.get("/learn/hunts/flask?feature=live").text
    assert 0 < only.count("<li>") < page.count("<li>")
    assert friend.get("/learn/hunts/pyramid").status_code == 400
    assert 'href="/learn/hunts"' in friend.get("/learn").text


def test_a_hunt_is_begun_hinted_checked_and_then_explained(
    friend: FlaskClient, workshop: Workshop, hunt: Hunt, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/learn/hunts/flask/{hunt.number}"
    assert "Begin the hunt" in friend.get(address).text
    friend.post(address, data={"do": "begin"})
    assert (workshop.workspace.folder / hunt.folder).is_dir()
    page = friend.post(address, data={"do": "hint"}, follow_redirects=True).text
    assert "What your app must do" in page
    assert hunt.name not in page
    assert hunt.folder not in friend.get("/learn/flask/hello/health").text  # none to learn in
    whole = Reference(frozenset(hunt.features))
    monkeypatch.setattr(Workshop, "app_of", lambda *_: _answered_by(whole))
    page = _checked(friend, address)
    assert "Found and mended." in page
    assert ("What it is called" in page) == (hunt.named is not None)
    assert f'href="/learn/hunts/flask/{hunt.number + 1}">Next hunt</a>' in page
    assert hunt.fault.tells.split()[0] in page
    assert "found</span>" in friend.get("/learn/hunts/flask").text


def test_a_fault_that_is_still_there_says_what_was_seen(
    friend: FlaskClient, hunt: Hunt, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/learn/hunts/flask/{hunt.number}"
    friend.post(address, data={"do": "begin"})
    half = Reference(frozenset({"hello"}))
    monkeypatch.setattr(Workshop, "app_of", lambda *_: _answered_by(half))
    page = _checked(friend, address)
    assert "It is still there." in page
    assert "What it is called" not in page


def test_a_check_that_ends_while_its_page_is_made_is_told_whole_or_not_yet(
    friend: FlaskClient, hunt: Hunt, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/learn/hunts/flask/{hunt.number}"
    friend.post(address, data={"do": "begin"})
    asked = threading.Event()
    whole = Reference(frozenset(hunt.features))

    @contextmanager
    def waiting(*_: object) -> Generator[RunningApp]:
        assert asked.wait(60)
        with _answered_by(whole) as app:
            yield app

    def read_before_it_ends(folder: Path) -> Progress:
        known = look_up_progress(folder)
        asked.set()
        while PROGRESS_KEY not in look_up_progress(folder).steps:
            time.sleep(0.02)
        time.sleep(0.1)  # of writing its progress and being over
        return known

    monkeypatch.setattr(Workshop, "app_of", waiting)
    friend.post(address, data={"do": "check"})
    with monkeypatch.context() as patched:
        patched.setattr(web_hunts, "look_up_progress", read_before_it_ends)
        page = friend.get(address).text
    assert ('data-going="no"' in page) == ("Found and mended." in page)


def test_a_copy_that_does_not_start_is_told_on_the_page(
    friend: FlaskClient, hunt: Hunt, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def broken(_: Workshop, project: Project) -> Generator[RunningApp]:
        message = f"“{project.folder.name}” does not start."
        raise ServerError(message, "Read its log.")
        yield

    address = f"/learn/hunts/flask/{hunt.number}"
    friend.post(address, data={"do": "begin"})
    monkeypatch.setattr(Workshop, "app_of", broken)
    assert "does not start. </strong>" in _checked(friend, address).replace(
        ".</strong>", ". </strong>"
    )


def test_a_hunt_that_is_not_there_or_not_begun_is_a_sentence(friend: FlaskClient) -> None:
    assert friend.get("/learn/hunts/flask/9999").status_code == 404
    answer = friend.post("/learn/hunts/flask/1", data={"do": "check"})
    assert answer.status_code == 404
    assert "not begun" in answer.text


def test_strangers_and_the_public_site_get_the_list_and_the_command_alone(
    client: FlaskClient, workspace: Path
) -> None:
    assert client.get("/learn/hunts/flask/1").status_code == 403
    assert client.post("/learn/hunts/flask/1", data={"do": "begin"}).status_code == 403
    public = public_app({}).test_client()
    page = public.get("/learn/hunts/django").text
    assert "sandbox hunt django --number 1" in page
    assert "/learn/hunts/django/1" not in page
    assert 'method="post"' not in page
    assert public.get("/learn/hunts/django/1").status_code == 404
    assert not workspace.exists()
