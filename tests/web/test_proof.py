"""Proof in Compare: what the contract found on this computer, in each column and concept."""

import html
import re

import pytest
from flask.testing import FlaskClient

from sandbox.contract import checks_for
from sandbox.workshop import Workshop
from sandbox.workspace import Project
from tests.support.recorded import put_check

OUTCOMES = [(each.id, "passed") for each in checks_for(["routes"]) if each.feature == "routes"]
ALL = f"{len(OUTCOMES)} of {len(OUTCOMES)} checks passed here"


@pytest.fixture
def concept(workshop: Workshop) -> str:
    """A concept that the feature `routes` brings."""
    known = workshop.knowledge.concepts.values()
    return f"/compare/{next(each.id for each in known if each.feature == 'routes')}"


@pytest.fixture
def project(workshop: Workshop) -> Project:
    return workshop.create([workshop.request("flask", features=["routes"], slug="mine")])[0]


def said(text: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def test_what_was_not_checked_is_offered_to_be_run(friend: FlaskClient, concept: str) -> None:
    page = friend.get(f"{concept}?framework=flask").text
    assert "Not checked on this computer yet" in said(page)
    assert 'action="/lab/prove"' in page
    assert '<input type="hidden" name="framework" value="flask">' in page
    assert '<input type="hidden" name="features" value="routes">' in page


def test_a_generated_column_is_proved_by_a_project_that_is_as_it_was_generated(
    friend: FlaskClient, project: Project, concept: str
) -> None:
    put_check(project, *OUTCOMES)
    text = said(friend.get(f"{concept}?framework=flask,django").text)
    assert text.count(ALL) == 1
    assert "with Python 3.11.7, Flask 9.9.9, in mine" in text
    assert OUTCOMES
    assert ALL in said(friend.get("/compare?features=routes").text)
    (project.folder / "app/hello.py").write_text("x = 1\n")
    assert ALL not in said(friend.get(f"{concept}?framework=flask").text)


def test_an_own_column_tells_that_its_code_was_changed_since(
    friend: FlaskClient, project: Project, concept: str
) -> None:
    put_check(project, *OUTCOMES[1:], (OUTCOMES[0][0], "failed"))
    text = said(friend.get(f"{concept}?project=mine").text)
    assert f"{len(OUTCOMES) - 1} of {len(OUTCOMES)} checks passed here" in text
    assert "changed since" not in text
    (project.folder / "app/hello.py").write_text("x = 1\n")
    assert "its code was changed since" in said(friend.get(f"{concept}?project=mine").text)


def test_the_guides_table_tells_what_was_proved_beside_its_rows(
    friend: FlaskClient, workshop: Workshop
) -> None:
    text = said(friend.get("/frameworks").text)
    assert "Not checked here yet : Admin panel in Flask" in text
    project = workshop.create([workshop.request("flask", features=["admin"], slug="mine")])[0]
    checks = [each for each in checks_for(["admin"]) if each.feature == "admin"]
    put_check(project, *[(each.id, "passed") for each in checks])
    text = said(friend.get("/frameworks").text)
    assert f"{len(checks)} of {len(checks)} checks passed here : Admin panel in Flask" in text
    assert "Not checked here yet : Admin panel in Django" in text


def test_who_has_no_token_sees_no_proof(
    client: FlaskClient, project: Project, concept: str
) -> None:
    put_check(project, *OUTCOMES)
    text = client.get(f"{concept}?framework=flask").text
    assert "checks passed here" not in said(text)
    assert "/lab/" not in text
    assert "hecked here" not in said(client.get("/frameworks").text)
