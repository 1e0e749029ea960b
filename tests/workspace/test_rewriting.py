"""Changing a learner's files: only within the project, and never without what they were."""

import zipfile
from pathlib import Path

import pytest

from sandbox.errors import WorkspaceError
from sandbox.workspace import Project, Workspace, made_at, read_tree
from sandbox.workspace.rewriting import SNAPSHOTS, rewrite, take_snapshot
from tests.support.variants import tree

FILES = tree("flask", ())


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Workspace(tmp_path / "workspace").write(FILES, "shelf")


def test_a_snapshot_holds_every_file_and_stays_out_of_git(project: Project) -> None:
    path = take_snapshot(project.folder, read_tree(project.folder), "before hello/greet")
    assert path.as_posix().startswith(SNAPSHOTS)
    with zipfile.ZipFile(project.folder / path) as snapshot:
        assert {f"shelf/{name}" for name in FILES} == set(snapshot.namelist())
    kept = (project.folder / SNAPSHOTS).parent
    assert (kept / ".gitignore").read_text("utf-8") == "*\n"
    (kept / ".gitignore").write_text("own\n", encoding="utf-8")
    take_snapshot(project.folder, read_tree(project.folder), "once more")
    assert (kept / ".gitignore").read_text("utf-8") == "own\n"
    assert len(list((project.folder / SNAPSHOTS).iterdir())) == 2


def test_files_are_written_and_taken_away_with_their_line_ends(project: Project) -> None:
    (project.folder / "mine.txt").write_bytes(b"one\r\ntwo\r\n")
    rewrite(project.folder, {"mine.txt": "three\nfour\n", "new/a.py": "x = 1\n", "README.md": None})
    assert (project.folder / "mine.txt").read_bytes() == b"three\r\nfour\r\n"
    assert (project.folder / "new" / "a.py").read_bytes() == b"x = 1\n"
    assert not (project.folder / "README.md").exists()
    rewrite(project.folder, {"README.md": None})  # it may be gone already


@pytest.mark.parametrize("link", ["new", "new/deep", "new/deep/a.py"])
def test_nothing_is_written_through_a_link(project: Project, tmp_path: Path, link: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (project.folder / link).parent.mkdir(parents=True, exist_ok=True)
    (project.folder / link).symlink_to(elsewhere)
    with pytest.raises(WorkspaceError, match=r"new/deep/a\.py lies behind a link"):
        rewrite(project.folder, {"first.py": "", "new/deep/a.py": ""})
    assert list(elsewhere.iterdir()) == []
    assert not (project.folder / "first.py").exists()


def test_no_snapshot_is_kept_behind_a_link(project: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (project.folder / SNAPSHOTS).parent.mkdir(parents=True, exist_ok=True)
    (project.folder / SNAPSHOTS).symlink_to(elsewhere)
    with pytest.raises(WorkspaceError, match="behind a link"):
        take_snapshot(project.folder, FILES, "now")
    assert list(elsewhere.iterdir()) == []


def test_a_file_where_a_folder_should_be_is_told(project: Project) -> None:
    (project.folder / "mine").write_text("text", encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"mine/a.py in “shelf” cannot be written: "):
        rewrite(project.folder, {"mine/a.py": "x = 1\n"})


def test_a_project_tells_when_it_was_made(project: Project) -> None:
    made = (project.folder / ".sandbox" / "project.toml").stat().st_mtime
    assert made_at(project) == made
    (project.folder / ".sandbox" / "project.toml").unlink()
    assert made_at(project) == 0.0
