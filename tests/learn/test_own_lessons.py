"""A teacher's own lessons: the same form, in a folder of their own, and in the ladder."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sandbox.errors import DataError
from sandbox.learn import (
    begin,
    begun,
    hints,
    is_done,
    lesson,
    read_progress,
    record,
    steps,
    steps_of,
)
from sandbox.learn.present import features_present
from sandbox.lint import lint_lessons, lint_steps
from sandbox.web import create_app
from sandbox.workshop import Workshop, open_workshop
from sandbox.workspace import read_project

STEPS = """
feature = "routes"

[[step]]
id = "search"
title = "Search in your own words"
goal = "Find the books that fit."
write = ["app/api/books.py::list_books"]
checks = ["routes.q-finds-authors"]
hints = ["Look at the query."]
"""
TEXT = """# A search of our own

Three sentences. They say what it is about. Here is what you have:

```snippet
app/__init__.py::create_app
```

## Search in your own words

The list takes a query.

### Why

So that readers find books.

## How the others do it

They do it in the same way.
"""


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    folder = tmp_path / "lessons"
    (folder / "flask").mkdir(parents=True)
    (folder / "flask/our_search.toml").write_text(STEPS, encoding="utf-8")
    (folder / "flask/our_search.md").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture
def workshop(tmp_path: Path, lessons: Path) -> Workshop:
    return open_workshop(tmp_path / "workspace", lessons=lessons)


def test_an_own_lesson_comes_after_the_one_of_its_feature(workshop: Workshop) -> None:
    ladder = steps(workshop.course, "flask")
    assert ladder.index("our_search") == ladder.index("routes") + 1
    assert "our_search" not in steps(workshop.course, "fastapi")
    found = lesson(workshop.course, "flask", "our_search")
    assert found.title == "A search of our own"
    assert found.changes.changes == ()
    assert found.after.features == ("hello", "routes")


def test_an_own_step_is_begun_in_the_project_of_its_feature(workshop: Workshop) -> None:
    (project,) = workshop.create([workshop.request("flask")])
    done = begin(workshop.course, project, "our_search/search")
    assert done.conflicts == ()
    made = read_project(project.folder)
    assert made.features == ("hello", "routes")
    assert "TODO: Find the books that fit." in (made.folder / "app/api/books.py").read_text()
    assert features_present(workshop.course, made, "our_search") == ("hello", "routes")
    (step,) = steps_of(workshop.scaffold("flask"), "our_search").values()
    assert (step.key, step.project_feature) == ("our_search/search", "routes")
    assert [each.kind for each in hints(workshop.course, "flask", step.key)] == [
        *("words", "lines", "solution")
    ]
    assert begun(workshop.course, "flask", step.key)[1][0].anchor == "app/api/books.py::list_books"


def test_own_lessons_are_held_to_the_same_form(workshop: Workshop, lessons: Path) -> None:
    own = [each for each in lint_lessons(workshop.course) if "our_search" in each]
    own += [each for each in lint_steps(workshop.course) if "our_search" in each]
    assert own == []
    file = lessons / "flask/our_search.toml"
    file.write_text(STEPS.replace("list_books", "no_books").replace("routes.q", "routes.no"))
    (lessons / "flask/our_search.md").write_text(TEXT.replace("## How the others", "## Others"))
    course = open_workshop(workshop.workspace.folder, lessons=lessons).course
    told = "\n".join([*lint_lessons(course), *lint_steps(course)])
    assert "flask/our_search.md: there is no section “How the others do it”." in told
    assert "flask/our_search.toml: " in told
    assert "no_books" in told


def test_a_lesson_of_ours_may_be_replaced(tmp_path: Path, lessons: Path) -> None:
    (lessons / "flask/our_search.md").rename(lessons / "flask/hello.md")
    (lessons / "flask/our_search.toml").unlink()
    course = open_workshop(tmp_path / "workspace", lessons=lessons).course
    assert lesson(course, "flask", "hello").title == "A search of our own"
    assert steps_of(course.scaffolds["flask"], "hello") == {}
    assert "our_search" not in steps(course, "flask")


@pytest.mark.parametrize(
    ("steps_text", "told"),
    [
        (STEPS.replace('"routes"', '"teleport"', 1), "teleport"),
        (STEPS.replace('feature = "routes"\n', ""), "feature"),
    ],
)
def test_a_lesson_must_say_with_which_feature_it_works(
    tmp_path: Path, lessons: Path, steps_text: str, told: str
) -> None:
    (lessons / "flask/our_search.toml").write_text(steps_text)
    workshop = open_workshop(tmp_path / "workspace", lessons=lessons)
    with pytest.raises(DataError, match=told):
        steps(workshop.course, "flask")


def test_a_folder_without_lessons_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="there are no lessons"):
        open_workshop(tmp_path / "workspace", lessons=tmp_path / "empty")


@pytest.fixture
def friend(workshop: Workshop) -> FlaskClient:
    client = create_app(workshop).test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


def test_the_pages_show_them_in_the_ladder(friend: FlaskClient) -> None:
    assert "A search of our own" in friend.get("/learn").text
    assert "your own lesson" in friend.get("/learn/flask/our_search").text
    page = friend.get("/learn/flask/our_search/search").text
    assert "TODO: Find the books that fit." in page
    assert "A search of our own" in friend.get("/search?q=search").text


def test_a_handout_fixes_framework_features_and_step(
    friend: FlaskClient, workshop: Workshop
) -> None:
    address = "/learn/flask/hello/health?features=hello,validation"
    page = friend.get(address).text
    assert "A hand-out: Flask with" in page
    assert "The same step in" not in page
    assert 'href="/learn/flask/hello/greet?features=hello,validation"' in page
    form = {"do": "begin", "features": "hello,validation"}
    friend.post("/learn/flask/hello/health", data=form)
    (project,) = workshop.projects()
    assert "validation" in project.features
    assert friend.get("/learn/flask/hello/health?features=teleport").status_code == 400


def test_a_lesson_is_a_sheet_to_print(friend: FlaskClient) -> None:
    page = friend.get("/learn/sheets/flask/our_search").text
    assert "<h2>1. Search in your own words</h2>" in page
    assert "TODO: Find the books that fit." in page
    assert 'class="side' not in page
    assert "<footer" not in page
    assert "So that readers find books." not in page  # comes after the check
    assert friend.get("/learn/sheets/flask/teleport").status_code == 404


def test_done_is_counted_as_in_other_lessons(workshop: Workshop) -> None:
    (project,) = workshop.create([workshop.request("flask", features=["routes"])])
    (step,) = steps_of(workshop.scaffold("flask"), "our_search").values()
    record(project.folder, step.key)
    assert is_done(read_progress(project.folder), [step], step)
