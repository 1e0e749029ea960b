"""The same step in another framework: its empty places beside what the learner wrote."""

import shutil
from pathlib import Path

import pytest

from sandbox.errors import LessonError, WorkspaceError
from sandbox.learn import begin, redo
from sandbox.learn.swap import balance, counterpart, swap, swapped_from, swaps
from sandbox.workshop import Workshop
from sandbox.workspace import Project, read_project
from tests.support.variants import FRAMEWORKS, WORKSHOP, workshop_in

KEY = "hello/health"
MINE = '    return {"status": "ok"}  # mine'


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return workshop_in(tmp_path)


@pytest.fixture
def project(workshop: Workshop) -> Project:
    made = workshop.create([workshop.request("flask", name="Mine")])[0]
    begin(workshop.course, made, KEY)
    redo(workshop.course, made, KEY, "solve")
    file = made.folder / "app/hello.py"
    file.write_text(file.read_text().replace('    return {"status": "ok"}', MINE))
    return read_project(made.folder)


def test_the_other_step_is_begun_beside_what_the_learner_wrote(
    workshop: Workshop, project: Project
) -> None:
    found = swap(workshop.course, project, KEY, "fastapi")
    assert found.project.folder.name == "mine-fastapi"
    assert found.project.framework == "fastapi"
    assert found.there.key == KEY
    assert MINE in (found.mine[0].mine or "")
    assert found.places
    for cut in found.places:
        assert cut.stub in (found.project.folder / cut.path).read_text()
    assert MINE in (project.folder / "app/hello.py").read_text()


def test_swapping_again_goes_on_in_the_same_project(workshop: Workshop, project: Project) -> None:
    first = swap(workshop.course, project, KEY, "fastapi")
    second = swap(workshop.course, project, KEY, "fastapi")
    assert second.project.folder == first.project.folder
    assert {each.folder.name for each in workshop.projects()} == {"mine", "mine-fastapi"}


def test_a_folder_that_is_something_else_is_left_alone(
    workshop: Workshop, project: Project
) -> None:
    (workshop.workspace.folder / "mine-django").mkdir()
    with pytest.raises(WorkspaceError):
        swap(workshop.course, project, KEY, "django")
    assert not any((workshop.workspace.folder / "mine-django").iterdir())


def test_the_swapped_project_remembers_where_it_came_from(
    workshop: Workshop, project: Project
) -> None:
    made = swap(workshop.course, project, KEY, "django").project
    found = swapped_from(workshop.course, read_project(made.folder), KEY)
    assert found is not None
    assert found.origin.folder == project.folder
    assert MINE in (found.mine[0].mine or "")
    assert swapped_from(workshop.course, made, "hello/greet") is None
    assert swapped_from(workshop.course, project, KEY) is None
    shutil.rmtree(project.folder)
    assert swapped_from(workshop.course, made, KEY) is None


def test_a_step_that_was_not_begun_or_exists_nowhere_else_is_a_sentence(
    workshop: Workshop, project: Project
) -> None:
    with pytest.raises(LessonError, match="was not begun"):
        swap(workshop.course, project, "routes/list", "fastapi")
    with pytest.raises(LessonError, match="cannot be swapped to 'flask'"):
        swap(workshop.course, project, KEY, "flask")
    assert not (workshop.workspace.folder / "mine-fastapi").exists()


def test_where_ids_differ_the_checks_tell_the_counterpart() -> None:
    for framework in FRAMEWORKS:
        for other, step in swaps(WORKSHOP.course, framework, "hello/greet").items():
            assert other != framework
            assert counterpart(WORKSHOP.course, other, step.key, framework).key == "hello/greet"


def test_the_table_has_a_share_for_each_framework() -> None:
    rows = balance(WORKSHOP.course, "database")
    assert {each.concept.feature for each in rows} == {"database"}
    assert len(rows) >= 3
    for each in rows:
        assert set(each.shares) == set(FRAMEWORKS)
        assert all(share.who and share.note for share in each.shares.values())
