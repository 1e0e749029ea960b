"""The page of a step: what to write, and begin, check, solve and reset by plain forms."""

import re
import time
from pathlib import Path
from threading import Event

import pytest
from flask.testing import FlaskClient

from sandbox.learn import read_progress, record
from sandbox.run.lab import Lab
from sandbox.run.state import AppState
from sandbox.web import public_app
from sandbox.workshop import Workshop
from tests.contract.conftest import serving
from tests.contract.reference import Reference, held_until

STEP = "/learn/flask/hello/health"


@pytest.fixture
def project(workshop: Workshop) -> Path:
    return workshop.create([workshop.request("flask", name="Mine")])[0].folder


def checked(friend: FlaskClient, step: str = STEP, **form: str) -> str:
    """Have a step checked behind its page, and return the page once that is over."""
    answer = friend.post(step, data={"project": "mine", "do": "check", **form})
    assert answer.status_code == 303
    return over(friend, answer.headers["Location"].partition("#")[0])


def over(friend: FlaskClient, address: str) -> str:
    """Return a page once what goes on behind it is over."""
    page = ""
    for _ in range(1000):
        page = friend.get(address).text
        if 'data-going="no"' in page:
            return page
        time.sleep(0.02)
    raise AssertionError(page)


def test_a_step_shows_what_to_write_and_hints_in_order(friend: FlaskClient) -> None:
    page = friend.get("/learn/flask/database/read").text
    assert "Read rows" in page
    assert "TODO: Answer one book." in page
    assert "Hint 1 of 5" in page
    assert page.index("the lines, in a wrong order") < page.index("Hint 5 of 5: the solution")
    assert page.index("Stuck?") < page.index(">Why</h2>") < page.index(">Break it</h2>")
    assert len(page.encode()) < 60_000


@pytest.mark.parametrize(
    ("step", "following"),
    [
        ("hello/health", "hello/test"),
        ("hello/test", "routes/list"),
        ("deploy/key", None),
        ("hello/test?features=hello,routes", None),
    ],
)
def test_a_step_leads_to_the_next_one_and_the_last_of_a_lesson_to_the_next_lesson(
    friend: FlaskClient, step: str, following: str | None
) -> None:
    answer = friend.get(f"/learn/flask/{step}")
    assert answer.status_code == 200
    page = answer.text
    found = re.search(r'href="/learn/flask/([^"?]+)[^"]*">Next step:', page)
    assert (found and found[1]) == following


def test_a_lesson_without_a_project_leads_to_the_step_that_makes_one(friend: FlaskClient) -> None:
    page = friend.get("/learn/flask/database").text
    assert 'The <a href="/learn/flask/database/model">first step</a> makes one.' in page
    assert "Check the whole lesson" in page


def test_the_lesson_lists_its_steps(friend: FlaskClient) -> None:
    page = friend.get("/learn/flask/database").text
    assert 'href="/learn/flask/database/model"' in page
    assert "How the others do it" in page
    assert 'href="/learn/flask/jobs"' in page


def test_the_first_use_of_a_term_leads_to_the_glossary(friend: FlaskClient) -> None:
    page = friend.get("/learn/flask/database/read").text + friend.get("/learn/flask/database").text
    links = re.findall(r'<a class="term" href="(/glossary#[\w-]+)"', page)
    assert links


def test_begin_writes_and_check_agrees_when_it_is_done(friend: FlaskClient, project: Path) -> None:
    page = friend.post(STEP, data={"project": "mine", "do": "begin"}, follow_redirects=True).text
    assert "files were written" in page or "file was written" in page
    assert "TODO: Answer" in (project / "app/hello.py").read_text()
    with serving(Reference(frozenset({"hello"}))) as url:
        page = checked(friend, url=url)
    assert "Step done." in page
    assert read_progress(project).done == ("hello/health",)
    assert "done in mine" in friend.get("/learn/flask/hello").text


def test_an_app_that_is_not_running_is_no_attempt_and_can_be_started_from_here(
    friend: FlaskClient, project: Path
) -> None:
    page = checked(friend, url="http://127.0.0.1:9")
    assert "Nothing was checked, and nothing was noted." in page
    assert 'value="start">Start it</button>' in page
    assert "Check a copy instead" in page
    assert read_progress(project).steps == {}


def test_a_whole_lesson_of_an_app_that_is_not_running_stays_on_its_page(
    friend: FlaskClient, project: Path
) -> None:
    form = {"project": "mine", "url": "http://127.0.0.1:9"}
    answer = friend.post("/learn/flask/hello", data=form)
    assert answer.status_code == 200
    assert "Nothing was checked, and nothing was noted." in answer.text
    assert "Start it in the Lab" in answer.text
    assert read_progress(project).steps == {}


def test_a_page_tells_how_far_its_check_is_and_works_without_scripts(
    friend: FlaskClient, project: Path
) -> None:
    let_go = Event()
    slow = held_until(let_go, Reference(frozenset({"hello"})))
    form = {"project": "mine", "do": "check"}
    with serving(slow) as url:
        page = friend.post(STEP, data={**form, "url": url}, follow_redirects=True).text
        assert 'data-going="yes"' in page
        assert '<noscript><meta http-equiv="refresh"' in page
        again = friend.post(STEP, data=form, follow_redirects=True).text
        assert 'data-going="yes"' in again  # the one that goes on stays
        let_go.set()
        assert "Step done." in over(friend, f"{STEP}?project=mine")
    assert read_progress(project).steps["hello/health"].count == 1


@pytest.mark.parametrize("way", ["trash", "rename"])
def test_a_new_project_of_the_same_name_begins_without_what_was_done_in_the_old_one(
    friend: FlaskClient, workshop: Workshop, project: Path, way: str
) -> None:
    friend.post(STEP, data={"project": "mine", "do": "begin"})
    assert "written in mine" in friend.get(f"{STEP}?project=mine").text
    friend.post(f"/lab/projects/mine/{way}", data={"name": "other"})
    assert not project.exists()
    workshop.create([workshop.request("flask", name="Mine")])
    assert "written in mine" not in friend.get(f"{STEP}?project=mine").text


def test_one_button_makes_the_project_and_begins(friend: FlaskClient, workspace: Path) -> None:
    assert "Make the project and begin this step" in friend.get("/learn/flask/routes/list").text
    page = friend.post("/learn/flask/routes/list", data={"do": "begin"}, follow_redirects=True).text
    assert "in shelf-flask." in page
    assert "TODO" in (workspace / "shelf-flask/app/api/books.py").read_text()
    assert "shelf-flask" in friend.get("/learn/flask/routes/list").text


def test_a_guess_is_answered_by_the_record_or_by_the_running_app(
    friend: FlaskClient, workshop: Workshop, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step, form = "/learn/flask/database/read", {"project": "mine", "do": "predict", "guess": "200?"}
    page = friend.post(step, data=form, follow_redirects=True).text
    assert "You said: 200?" in page
    assert "this is the recorded answer" in page
    with serving(Reference(frozenset({"hello", "routes"}))) as url:
        running = AppState("mine", "running", address=url)
        monkeypatch.setattr(Lab, "state", lambda *_: running)
        page = friend.post(step, data=form, follow_redirects=True).text
    assert f"GET /api/books/nine</code> at {url} answers" in page
    assert "404 Not Found" in page
    assert workshop.projects()


def test_after_a_step_the_same_in_another_framework_beside_your_own(
    friend: FlaskClient, workspace: Path, project: Path
) -> None:
    for do in ("begin", "solve"):
        friend.post(STEP, data={"project": "mine", "do": do})
    with serving(Reference(frozenset({"hello"}))) as url:
        assert 'name="other" value="fastapi"' in checked(friend, url=url)
    form = {"project": "mine", "do": "swap", "other": "fastapi"}
    answer = friend.post(STEP, data=form)
    assert answer.headers["Location"].startswith("/learn/fastapi/hello/health?project=mine-fastapi")
    page = friend.get(answer.headers["Location"]).text
    assert "Yours in Flask, from mine" in page
    assert "What each framework did for you" not in page
    record(workspace / "mine-fastapi", "hello/health")
    page = friend.get(answer.headers["Location"]).text
    assert "What each framework did for you" in page
    assert "built in" in page


def test_the_ladder_tells_where_one_stopped(friend: FlaskClient, project: Path) -> None:
    assert "Where you stopped" not in friend.get("/learn").text
    record(project, "hello/greet")
    page = friend.get("/learn").text
    assert 'href="/learn/flask/hello/health?project=mine"' in page
    assert "1 of 3 done in mine" in page


def test_a_page_that_is_loaded_again_still_says_what_was_done_and_does_it_once(
    friend: FlaskClient, project: Path
) -> None:
    answer = friend.post(STEP, data={"project": "mine", "do": "begin"})
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("#result")
    friend.post(STEP, data={"project": "mine", "do": "predict", "guess": "Text?"})
    snapshots = [*(project / ".sandbox/lessons/snapshots").iterdir()]
    for _ in range(2):
        page = friend.get(answer.headers["Location"]).text
        assert re.search(r"files? (was|were) written in mine", page)
        assert "You said: Text?" in page
    assert [*(project / ".sandbox/lessons/snapshots").iterdir()] == snapshots
    with serving(Reference(frozenset({"hello"}))) as url:
        page = checked(friend, url=url)
    assert "written in mine" not in page
    assert "You said: Text?" in page


def test_solve_and_reset_write_and_keep_a_snapshot(friend: FlaskClient, project: Path) -> None:
    friend.post(STEP, data={"project": "mine", "do": "begin"})
    page = friend.post(STEP, data={"project": "mine", "do": "solve"}, follow_redirects=True).text
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
    page = friend.post("/learn/flask/routes/list", data=form, follow_redirects=True).text
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
    assert "sandbox new flask" in page
    assert "lesson begin shelf hello/health" in page
    assert 'method="post"' not in page
