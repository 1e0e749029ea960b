"""What a learner has changed since a project was generated is named, path by path."""

import os
from pathlib import Path

import pytest

from sandbox.workshop import Workshop
from sandbox.workspace import Edited, Project
from tests.support.variants import workshop_in


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return workshop_in(tmp_path / "workspace")


@pytest.fixture
def project(workshop: Workshop) -> Project:
    return workshop.create([workshop.request("flask", features=("database",))])[0]


def test_a_new_project_is_as_it_was_generated(workshop: Workshop, project: Project) -> None:
    assert workshop.edited(project) == Edited()


def test_changed_added_and_removed_files_are_told_apart(
    workshop: Workshop, project: Project
) -> None:
    assert workshop.edited(project).paths == ()
    (project.folder / "app/hello.py").write_text("# mine")
    (project.folder / "app/models.py").write_bytes(b"\xff\xfe\x00")
    (project.folder / "app/mine.py").write_text("")
    (project.folder / "README.md").unlink()
    assert workshop.edited(project) == Edited(
        changed=("app/hello.py", "app/models.py"), added=("app/mine.py",), removed=("README.md",)
    )


def test_what_tools_and_our_own_records_leave_is_no_edit(
    workshop: Workshop, project: Project
) -> None:
    for name in ("shelf.db", "shelf.db-wal", "shelf.db-shm", "db.sqlite3-journal"):
        (project.folder / name).write_bytes(b"rows")
    (project.folder / ".venv").mkdir()
    (project.folder / ".venv/pyvenv.cfg").touch()
    (project.folder / "uv.lock").touch()
    (project.folder / ".sandbox/progress.json").write_text("{}")
    assert workshop.edited(project) == Edited()


def test_an_edit_that_keeps_the_size_is_seen(workshop: Workshop, project: Project) -> None:
    path = project.folder / "app/hello.py"
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert workshop.edited(project) == Edited()
    path.write_text(path.read_text().swapcase())
    assert workshop.edited(project).paths == ("app/hello.py",)


def test_features_of_a_later_version_leave_it_unknown(workshop: Workshop, project: Project) -> None:
    record = project.folder / ".sandbox/project.toml"
    record.write_text(record.read_text() + "teleport = true\n")
    assert "teleport" in workshop.edited(workshop.workspace.project("shelf")).problem
