"""What the Lab says of each state, and what it offers to do: read from real records."""

import html
import re

import pytest
from flask.testing import FlaskClient

from sandbox.web import Settings, create_app
from sandbox.workshop import Workshop
from sandbox.workspace import Project
from tests.support.recorded import put_log, put_state

ADDRESS = "http://127.0.0.1:7301"


@pytest.fixture
def project(workshop: Workshop) -> Project:
    return workshop.create([workshop.request("flask", slug="mine")])[0]


def said(text: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def buttons(page: str) -> list[str]:
    """Return the actions that the page offers for the app itself."""
    found = re.findall(r'action="/lab/(\w+)"', page)
    return [each for each in found if each not in ("test", "check")]


@pytest.mark.parametrize(
    ("phase", "word", "offered"),
    [
        ("preparing", "Preparing…", ["cancel"]),
        ("starting", "Starting…", ["stop"]),
        ("running", "Running", ["restart", "stop"]),
        ("stopping", "Stopping…", []),
        ("crashed", "Crashed", ["restart", "stop"]),
        ("failed", "Did not start", ["start"]),
    ],
)
def test_each_phase_has_its_word_and_its_buttons(
    friend: FlaskClient, project: Project, phase: str, word: str, offered: list[str]
) -> None:
    put_state(project, phase, address=ADDRESS)
    for path in ("/lab", "/lab/projects/mine"):
        page = friend.get(path).text
        assert word in said(page)
        assert buttons(page) == offered


def test_a_project_that_was_never_started_is_offered_to_be_prepared(
    friend: FlaskClient, project: Project
) -> None:
    page = friend.get("/lab").text
    assert "Not prepared yet" in said(page)
    assert buttons(page) == ["start"]


def test_a_running_app_is_opened_where_it_listens(friend: FlaskClient, project: Project) -> None:
    put_state(project, "running", address=ADDRESS)
    assert f'href="{ADDRESS}/" target="_blank"' in friend.get("/lab").text


def test_a_crash_tells_what_where_and_why(friend: FlaskClient, project: Project) -> None:
    put_state(
        project,
        "crashed",
        problem="NameError: name 'Bok' is not defined",
        hint="A name is used that nobody has imported.",
        place=("app/hello.py", 7),
    )
    for path in ("/lab", "/lab/projects/mine"):
        text = said(friend.get(path).text)
        assert "NameError: name 'Bok' is not defined" in text
        assert "A name is used that nobody has imported." in text
        assert "app/hello.py , line 7" in text
        assert 'href="/code/mine?file=app/hello.py&amp;line=7"' in friend.get(path).text


def test_without_scripts_a_page_loads_again_only_while_something_is_under_way(
    friend: FlaskClient, project: Project
) -> None:
    again = '<noscript><meta http-equiv="refresh"'
    for phase, wanted in [("preparing", True), ("starting", True), ("running", False)]:
        put_state(project, phase)
        for path in ("/lab", "/lab/projects/mine"):
            assert (again in friend.get(path).text) is wanted


def test_the_log_is_text_without_colours_whatever_the_app_prints(
    friend: FlaskClient, project: Project
) -> None:
    put_log(project, "\x1b[31mred\x1b[0m <script>alert(1)</script> \x07 bell\r\n")
    page = friend.get("/lab/projects/mine").text
    assert "red &lt;script&gt;alert(1)&lt;/script&gt; ␇ bell" in page
    part = friend.get("/lab/projects/mine/log").json
    assert part is not None
    assert part["text"] == "red <script>alert(1)</script> ␇ bell\n"


def test_the_rest_of_a_log_is_fetched_from_where_the_page_ends(
    friend: FlaskClient, project: Project
) -> None:
    put_log(project, "one\n")
    page = friend.get("/lab/projects/mine").text
    offset = re.search(r'data-offset="(\d+)"', page)
    assert offset is not None
    put_log(project, "two\x1b[3")
    part = friend.get(f"/lab/projects/mine/log?offset={offset[1]}").json
    assert part is not None
    assert part["text"] == "two"
    put_log(project, "1mthree")
    rest = friend.get(f"/lab/projects/mine/log?offset={part['offset']}").json
    assert rest is not None
    assert rest["text"] == "three"


def test_a_search_shows_the_lines_that_hold_the_word(friend: FlaskClient, project: Project) -> None:
    put_log(project, "GET /a\nPOST /b\nget /c\n")
    page = friend.get("/lab/projects/mine?search=get").text
    assert "GET /a\nget /c\n" in page
    assert "POST /b" not in page
    assert "2 lines found" in said(page)


@pytest.mark.parametrize("path", ["/lab/start", "/lab/stop", "/lab/restart", "/lab/cancel"])
def test_an_action_names_its_project_and_needs_the_token(
    client: FlaskClient, friend: FlaskClient, project: Project, path: str
) -> None:
    own = {"Sec-Fetch-Site": "same-origin"}
    assert client.post(path, data={"project": "mine"}, headers=own).status_code == 403
    assert friend.post(path, data={"project": "nothing"}).status_code == 409
    assert friend.post(path).status_code == 400
    assert friend.get(path).status_code in (404, 405)


def test_what_the_lab_cannot_do_is_no_address(friend: FlaskClient, project: Project) -> None:
    assert friend.post("/lab/explode", data={"project": "mine"}).status_code == 404
    assert friend.get("/lab/projects/nothing").status_code == 404


def test_a_folder_gets_another_name_or_a_copy(
    friend: FlaskClient, workshop: Workshop, project: Project
) -> None:
    for form, name, then in [("duplicate", "copy", ["copy", "mine"]), ("rename", "its", None)]:
        answer = friend.post(f"/lab/projects/mine/{form}", data={"name": name})
        assert (answer.status_code, answer.location) == (303, f"/lab/projects/{name}")
        names = [each.folder.name for each in workshop.projects()]
        assert names == (then or ["copy", "its"])


@pytest.mark.parametrize("form", ["rename", "duplicate"])
def test_a_name_that_does_not_do_is_refused_at_its_field_and_kept(
    friend: FlaskClient, workshop: Workshop, project: Project, form: str
) -> None:
    workshop.create([workshop.request("flask", slug="other")])
    for typed in ("other", "a/b", "../up", "flask"):
        answer = friend.post(f"/lab/projects/mine/{form}", data={"name": typed})
        assert answer.status_code == 409
        assert f'value="{typed}" autocomplete' in answer.text
        assert f'aria-describedby="fault-{form}"' in answer.text
    assert [each.folder.name for each in workshop.projects()] == ["mine", "other"]


def test_a_running_project_keeps_its_name(friend: FlaskClient, project: Project) -> None:
    put_state(project, "running", address=ADDRESS)
    answer = friend.post("/lab/projects/mine/rename", data={"name": "other"})
    assert answer.status_code == 409
    assert "Stop it first." in said(answer.text)


def test_the_trash_keeps_a_project_and_the_lab_says_where(
    friend: FlaskClient, project: Project
) -> None:
    answer = friend.post("/lab/projects/mine/trash")
    assert (answer.status_code, answer.location) == (303, "/lab?trashed=mine")
    kept = project.folder.parent / ".sandbox-trash/mine"
    assert (kept / "app/__init__.py").exists()
    assert str(kept) in friend.get("/lab?trashed=mine").text
    for nothing in ("nonsense", "..", "../mine", ""):
        assert "Moved to the trash" not in friend.get(f"/lab?trashed={nothing}").text


def test_a_card_names_what_the_learner_edited(friend: FlaskClient, project: Project) -> None:
    for path in ("/lab", "/lab/projects/mine"):
        assert "As it was generated" in said(friend.get(path).text)
    (project.folder / "app/hello.py").write_text("x = 1\n")
    for path in ("/lab", "/lab/projects/mine"):
        assert "Edited by you: app/hello.py ." in said(friend.get(path).text)


def test_an_app_is_looked_at_in_a_frame_where_it_allows_that(
    friend: FlaskClient, workshop: Workshop
) -> None:
    (project,) = workshop.create([workshop.request("flask", slug="mine")])
    for framing in (True, False):
        put_state(project, "running", address="http://127.0.0.1:7301", framing=framing)
        answer = friend.get("/lab/projects/mine")
        assert ('src="http://127.0.0.1:7301/"' in answer.text) == framing
        assert ("open it in a tab" in answer.text) != framing
        assert "; frame-src http://127.0.0.1:*" in answer.headers["Content-Security-Policy"]
    assert 'sandbox="allow-scripts"' not in answer.text
    assert "frame-src" not in friend.get("/lab").headers["Content-Security-Policy"]


def test_behind_a_hub_no_link_leads_to_an_address_of_the_visitors_own_computer(
    workshop: Workshop,
) -> None:
    (project,) = workshop.create([workshop.request("flask", slug="mine")])
    put_state(project, "running", address=ADDRESS, framing=True)
    for base, there in (("", True), ("/user/ada", False)):
        app = create_app(workshop, settings=Settings(base_url=base))
        page = app.test_client().get("/lab/projects/mine").text
        assert (f'href="{ADDRESS}/"' in page) == there
        assert (f'src="{ADDRESS}/"' in page) == there
        assert ("Ask it in the console" in page) != there


def test_behind_a_hub_that_shows_the_apps_links_and_frames_lead_there(
    friend: FlaskClient, workshop: Workshop
) -> None:
    (project,) = workshop.create([workshop.request("flask", slug="mine")])
    for shown, frames in (
        ("/user/ada/proxy/7301/", "'self'"),
        ("https://7301.hub.example/", "https://7301.hub.example"),
    ):
        put_state(project, "running", address=ADDRESS, framing=True, shown_at=shown)
        answer = friend.get("/lab/projects/mine")
        assert f'href="{shown}"' in answer.text
        assert f'src="{shown}"' in answer.text
        assert 'sandbox="allow-same-origin"' in answer.text
        assert f'="{ADDRESS}' not in answer.text
        assert "Ask it in the console" not in answer.text
        assert answer.headers["Content-Security-Policy"].endswith(f"; frame-src {frames}")
