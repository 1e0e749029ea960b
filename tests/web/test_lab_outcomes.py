"""What the Lab tells of a project's tests and of the contract: recorded, with time and versions."""

import html
import re

import pytest
from flask.testing import FlaskClient

from sandbox.contract import checks_for
from sandbox.workshop import Workshop
from sandbox.workspace import Project
from tests.support.recorded import put_check

FIRST, SECOND = (each.id for each in checks_for(["hello"])[:2])
PAGES = ("/lab", "/lab/projects/mine")


@pytest.fixture
def project(workshop: Workshop) -> Project:
    return workshop.create([workshop.request("flask", slug="mine")])[0]


def said(text: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def test_what_never_ran_is_said_and_offered(friend: FlaskClient, project: Project) -> None:
    for path in PAGES:
        page = friend.get(path).text
        assert 'action="/lab/test"' in page
        assert 'action="/lab/check"' in page
    assert "not run yet" in said(friend.get("/lab").text)
    assert "not checked yet" in said(friend.get("/lab").text)


def test_a_passed_contract_says_when_and_with_which_versions(
    friend: FlaskClient, project: Project
) -> None:
    put_check(project, (FIRST, "passed"), (SECOND, "passed"))
    assert "works and is hardened: 2 of 2 passed" in said(friend.get("/lab").text)
    text = said(friend.get("/lab/projects/mine").text)
    assert "with Python 3.11.7, Flask 9.9.9" in text
    assert "changed since" not in text
    (project.folder / "app/hello.py").write_text("x = 1\n")
    assert "the code was changed since" in said(friend.get("/lab/projects/mine").text)


def test_the_failure_to_begin_with_stands_first(friend: FlaskClient, project: Project) -> None:
    put_check(project, (FIRST, "passed"), (SECOND, "failed"))
    text = said(friend.get("/lab/projects/mine").text)
    sentence = next(each.sentence for each in checks_for(["hello"]) if each.id == SECOND)
    parts = "Request GET / Answer Answered 500: the app crashed. Expected 200."
    assert f"Begin here {sentence} {parts}" in text
    assert "Does not work yet" in text
    assert "1 of 2 passed, 1 failed" in said(friend.get("/lab").text)


def test_a_run_that_goes_on_tells_how_far_it_is_and_is_not_offered_again(
    friend: FlaskClient, project: Project
) -> None:
    put_check(project, (FIRST, "passed"), running=True)
    for path in PAGES:
        page = friend.get(path).text
        assert "1 of 2 checks made" in said(page)
        assert 'action="/lab/check"' not in page
        assert '<noscript><meta http-equiv="refresh"' in page


def test_a_changed_record_is_another_state_for_those_who_watch(
    friend: FlaskClient, project: Project
) -> None:
    def seen() -> str:
        found = re.search(r'data-seen="(\w+)"', friend.get("/lab").text)
        assert found is not None
        return found[1]

    before = seen()
    put_check(project, (FIRST, "passed"))
    # Streams and pages share one look a tenth of a second.
    assert any(seen() != before for _ in range(200))
