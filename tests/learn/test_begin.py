"""Begin, solve and reset write only what a step needs, and lose nothing that a learner wrote."""

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from sandbox.errors import LessonError, WorkspaceError
from sandbox.learn import Rewritten, begin, begun, emptied, redo, sides, steps_of
from sandbox.paths import SCAFFOLDS
from sandbox.workshop import Workshop, open_workshop
from sandbox.workspace import Project, read_project, read_tree
from tests.support.variants import WORKSHOP, tree, workshop_in

TODO = "    # TODO: Add the columns title, author, isbn, year and created_at."
COLUMNS = "    title: Mapped[str]\n    author: Mapped[str]"
EVERY_STEP = [
    pytest.param(framework, step.key, id=f"{framework}-{step.key}")
    for framework, scaffold in WORKSHOP.scaffolds.items()
    for feature in ("hello", *scaffold.offers)
    for step in steps_of(scaffold, feature).values()
]


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return workshop_in(tmp_path)


@pytest.fixture
def project(workshop: Workshop) -> Project:
    return workshop.create([workshop.request("flask", features=["validation"])])[0]


def begin_in(workshop: Workshop, project: Project, key: str) -> Rewritten:
    return begin(workshop.course, read_project(project.folder), key)


def edit(project: Project, path: str, old: str, new: str) -> None:
    file = project.folder / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def text(project: Project, path: str) -> str:
    return (project.folder / path).read_text(encoding="utf-8")


def test_a_step_puts_in_all_but_what_the_learner_writes(
    workshop: Workshop, project: Project
) -> None:
    done = begin_in(workshop, project, "database/model")
    assert done.conflicts == ()
    whole, cuts = begun(workshop.course, "flask", "database/model")
    expected = dict(emptied(whole, cuts))
    del expected["migrations/versions/0001_books_and_reviews.py"]  # a command makes it
    assert dict(read_tree(project.folder)) == expected
    assert TODO in text(project, "app/models.py")
    assert "database" in read_project(project.folder).features


def test_the_learners_own_lines_elsewhere_stay(workshop: Workshop, project: Project) -> None:
    edit(project, "app/hello.py", "Hello from", "Welcome to")
    edit(project, "README.md", "# Shelf\n", "# My shelf\n")
    edit(project, "app/__init__.py", "MAX_CONTENT_LENGTH=1_000_000,", "MAX_CONTENT_LENGTH=5,")
    assert begin_in(workshop, project, "database/model").conflicts == ()
    assert "Welcome to" in text(project, "app/hello.py")
    assert text(project, "README.md").startswith("# My shelf\n")
    assert "flask db upgrade" in text(project, "README.md")
    assert "MAX_CONTENT_LENGTH=5," in text(project, "app/__init__.py")
    assert "SQLALCHEMY_DATABASE_URI=" in text(project, "app/__init__.py")


def test_own_lines_in_a_place_that_is_asked_for_anew_make_room_and_are_kept_in_the_snapshot(
    workshop: Workshop, project: Project
) -> None:
    edit(project, "app/api/books.py", "query.q.casefold()", "query.q.lower()")
    done = begin_in(workshop, project, "database/model")
    assert done.replaced == ("app/api/books.py::list_books",)
    assert done.snapshot is not None
    with zipfile.ZipFile(project.folder / done.snapshot) as kept:
        assert b"query.q.lower()" in kept.read("shelf/app/api/books.py")
    assert "raise NotImplementedError" in text(project, "app/api/books.py")


def test_where_both_changed_the_same_lines_nothing_is_written_and_the_patch_is_told(
    workshop: Workshop, project: Project
) -> None:
    edit(project, "app/__init__.py", "from . import api, errors", "from . import api as a, errors")
    before = read_tree(project.folder)
    done = begin_in(workshop, project, "database/model")
    assert [each.path for each in done.conflicts] == ["app/__init__.py"]
    assert "+from . import api, commands, db, errors, hello" in done.conflicts[0].patch
    assert done.paths == ()
    assert read_tree(project.folder) == before


def test_the_next_step_keeps_the_answer_and_fills_in_what_was_passed_over(
    workshop: Workshop, project: Project
) -> None:
    begin_in(workshop, project, "database/model")
    edit(project, "app/models.py", TODO, COLUMNS)
    done = begin_in(workshop, project, "database/read")
    assert done.paths == ("migrations/versions/0001_books_and_reviews.py",)
    assert COLUMNS in text(project, "app/models.py")
    begin_in(workshop, project, "database/relation")
    assert "return BookOut.dump(find_book(book_id))" in text(project, "app/api/books.py")


def test_a_migration_of_ones_own_is_not_joined_by_ours(
    workshop: Workshop, project: Project
) -> None:
    begin_in(workshop, project, "database/migration")
    own = project.folder / "migrations/versions/abc_mine.py"
    own.parent.mkdir()
    own.write_text("revision = 'abc'\n", encoding="utf-8")
    begin_in(workshop, project, "database/read")
    assert list(own.parent.iterdir()) == [own]


def test_a_migration_of_ones_own_with_the_name_of_ours_stays(workshop: Workshop) -> None:
    project = workshop.create([workshop.request("django", features=["validation"])])[0]
    begin_in(workshop, project, "database/migration")
    own = project.folder / "shelf/migrations/0001_initial.py"
    own.write_text("# made by the learner's own command\n", encoding="utf-8")
    assert begin_in(workshop, project, "database/read").conflicts == ()
    begin_in(workshop, project, "pages/list")
    assert own.read_text(encoding="utf-8") == "# made by the learner's own command\n"


def test_a_migration_that_was_passed_over_is_put_in(workshop: Workshop) -> None:
    project = workshop.create([workshop.request("django", features=["validation"])])[0]
    done = begin_in(workshop, project, "database/read")
    assert "shelf/migrations/0001_initial.py" in done.paths


def test_a_lesson_is_begun_again_in_a_project_that_has_it_already(workshop: Workshop) -> None:
    made = workshop.create([workshop.request("flask", features=["auth"])])[0]
    assert begin_in(workshop, made, "database/write").conflicts == ()
    assert "TODO: Delete the book" in text(made, "app/api/books.py")
    assert "select(Book)" in text(made, "app/api/books.py")


def test_beginning_twice_changes_nothing(workshop: Workshop, project: Project) -> None:
    begin_in(workshop, project, "database/model")
    edit(project, "app/models.py", TODO, COLUMNS)
    before = read_tree(project.folder)
    again = begin_in(workshop, project, "database/model")
    assert (again.paths, again.snapshot) == ((), None)
    assert read_tree(project.folder) == before


def test_windows_line_ends_stay(workshop: Workshop, project: Project) -> None:
    file = project.folder / "app/__init__.py"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert begin_in(workshop, project, "database/model").conflicts == ()
    assert b"SQLALCHEMY_DATABASE_URI" in file.read_bytes()
    assert file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n")


def test_solve_and_reset_go_there_and_back_and_keep_what_was_there(
    workshop: Workshop, project: Project
) -> None:
    begin_in(workshop, project, "database/model")
    start = read_tree(project.folder)
    edit(project, "app/models.py", TODO, COLUMNS)
    (side,) = sides(workshop.course, project, "database/model")
    assert (side.mine, side.start) == (COLUMNS, TODO)
    solved = redo(workshop.course, project, "database/model", "solve")
    assert solved.paths == ("app/models.py",)
    assert "created_at: Mapped[datetime] = " in text(project, "app/models.py")
    assert solved.snapshot is not None
    with zipfile.ZipFile(project.folder / solved.snapshot) as kept:
        assert COLUMNS.encode() in kept.read("shelf/app/models.py")
    redo(workshop.course, project, "database/model", "reset")
    assert read_tree(project.folder) == start


def test_a_place_that_is_gone_is_told_and_nothing_is_written(
    workshop: Workshop, project: Project
) -> None:
    begin_in(workshop, project, "database/write")
    (project.folder / "app/shelf.py").write_text("# all new\n", encoding="utf-8")
    before = read_tree(project.folder)
    done = redo(workshop.course, project, "database/write", "solve")
    assert [each.path for each in done.conflicts] == ["app/shelf.py"]
    assert "+        db.session.commit()" in done.conflicts[0].patch
    assert read_tree(project.folder) == before


def test_a_step_that_was_not_begun_cannot_be_solved(workshop: Workshop, project: Project) -> None:
    with pytest.raises(LessonError, match="was not begun"):
        redo(workshop.course, project, "database/read", "solve")


def test_an_unknown_step_names_those_there_are(workshop: Workshop, project: Project) -> None:
    with pytest.raises(LessonError, match="database/model, database/migration"):
        begin_in(workshop, project, "database/modle")
    with pytest.raises(LessonError, match="FEATURE/STEP"):
        begin_in(workshop, project, "../../etc")


def test_no_link_is_followed(workshop: Workshop, project: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (project.folder / "migrations").symlink_to(elsewhere)
    with pytest.raises(WorkspaceError, match="behind a link"):
        begin_in(workshop, project, "database/model")
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(("framework", "key"), EVERY_STEP)
def test_solving_all_steps_from_any_on_gives_the_generated_project(
    workshop: Workshop, framework: str, key: str
) -> None:
    feature = key.partition("/")[0]
    made = workshop.create([workshop.request(framework, features=[])])[0]
    assert begin_in(workshop, made, key).conflicts == ()
    steps = list(steps_of(workshop.scaffold(framework), feature).values())
    for step in steps[[each.key for each in steps].index(key) :]:
        assert redo(workshop.course, made, step.key, "solve").conflicts == ()
    expected = dict(tree(framework, (feature,)))
    for path in {path for step in steps for path in step.makes}:
        if path not in read_tree(made.folder):
            del expected[path]
    assert dict(read_tree(made.folder)) == expected


def test_a_place_that_a_project_lacks_is_left_out_if_it_is_optional(tmp_path: Path) -> None:
    scaffolds = tmp_path / "scaffolds"
    shutil.copytree(SCAFFOLDS, scaffolds)
    file = scaffolds / "flask/lessons/hello.toml"
    place = '{ at = "app/models.py::Book", optional = true }'
    written = re.sub(r"(?m)^write = \[", f"write = [{place}, ", file.read_text("utf-8"), count=1)
    file.write_text(written, "utf-8")
    course = open_workshop(tmp_path / "workspace", scaffolds=scaffolds).course
    (first, *_) = steps_of(course.scaffolds["flask"], "hello").values()
    _, small = begun(course, "flask", first.key)
    _, large = begun(course, "flask", first.key, features=["database"])
    assert "app/models.py::Book" not in [cut.anchor for cut in small]
    assert "app/models.py::Book" in [cut.anchor for cut in large]


def test_a_place_may_be_the_first_lines_alone(tmp_path: Path) -> None:
    scaffolds = tmp_path / "scaffolds"
    shutil.copytree(SCAFFOLDS, scaffolds)
    file = scaffolds / "flask/lessons/database.toml"
    old = 'write = ["app/models.py::title: Mapped[str]"]'
    new = 'write = [{ at = "app/models.py::title: Mapped[str]", lines = 2 }]'
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    workshop = open_workshop(tmp_path / "workspace", scaffolds=scaffolds)
    (project,) = workshop.create([workshop.request("flask", features=["validation"])])
    begin_in(workshop, project, "database/model")
    models = text(project, "app/models.py")
    assert TODO in models
    assert "    title: Mapped[str]" not in models
    assert "    isbn: Mapped[str | None]" in models
    redo(workshop.course, project, "database/model", "solve")
    assert "    title: Mapped[str]" in text(project, "app/models.py")
