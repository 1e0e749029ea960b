"""The Lab's page: every project of the workspace, the same app side by side."""

import re

from flask.testing import FlaskClient

from sandbox.learn import record
from sandbox.workshop import Workshop


def make(workshop: Workshop, *frameworks: str, features: tuple[str, ...] = ()) -> None:
    workshop.create(workshop.requests(frameworks, features=features))


def headings(page: str, level: int) -> list[str]:
    found = re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", each).strip() for each in found]


def test_an_empty_workspace_says_how_to_begin(friend: FlaskClient) -> None:
    page = friend.get("/lab").text
    assert "Nothing here yet" in page
    assert 'href="/build"' in page


def test_the_same_app_in_three_frameworks_is_one_group(
    friend: FlaskClient, workshop: Workshop
) -> None:
    make(workshop, "all", features=("routes",))
    workshop.create([workshop.request("flask", name="Other")])
    page = friend.get("/lab").text
    assert headings(page, 2) == ["Other", "Shelf"]
    assert headings(page, 3) == ["other", "shelf-django", "shelf-flask", "shelf-fastapi"]


def test_what_was_just_made_comes_first(friend: FlaskClient, workshop: Workshop) -> None:
    for name in ("Alpha", "Beta"):
        workshop.create([workshop.request("flask", name=name)])
    assert headings(friend.get("/lab?made=beta").text, 2) == ["Beta", "Alpha"]


def test_a_card_tells_how_far_the_lessons_are(friend: FlaskClient, workshop: Workshop) -> None:
    (project,) = workshop.create([workshop.request("flask")])
    record(project.folder, "hello")
    page = friend.get("/lab").text
    assert "1 of" in re.sub(r"<[^>]+>", "", page)
    after = workshop.ladder("flask")[1]
    assert f'href="/learn/flask/{after.feature}"' in page


def test_the_old_address_leads_to_the_lab(friend: FlaskClient) -> None:
    answer = friend.get("/projects?made=shelf")
    assert (answer.status_code, answer.location) == (308, "/lab?made=shelf")


def test_the_lab_needs_the_token(client: FlaskClient) -> None:
    for path in ("/lab", "/lab/doctor"):
        assert client.get(path).status_code == 403


def test_the_doctor_page_says_what_was_looked_at(friend: FlaskClient) -> None:
    page = friend.get("/lab/doctor").text
    for subject in ("Python", "Uv", "Workspace", "Port 8000"):
        assert subject in headings(page, 2)
