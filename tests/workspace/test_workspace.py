import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sandbox.errors import WorkspaceError
from sandbox.workspace import Workspace, read_project, read_tree
from tests.support.variants import tree


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def test_a_written_project_reads_back_as_the_same_tree(workspace: Workspace) -> None:
    files = tree("flask", ("database",))
    project = workspace.write(files, "shelf")
    assert read_tree(project.folder) == files
    assert workspace.projects() == (project,)
    assert (project.framework, project.name) == ("flask", "Shelf")
    assert project.features == ("hello", "routes", "validation", "database")


@pytest.mark.parametrize("kind", ["project", "file", "link"])
def test_an_existing_target_is_never_touched(workspace: Workspace, kind: str) -> None:
    workspace.folder.mkdir()
    target = workspace.folder / "shelf"
    if kind == "project":
        target.mkdir()
        (target / "mine.txt").write_text("mine")
    elif kind == "file":
        target.write_text("mine")
    else:
        target.symlink_to(workspace.folder / "nowhere")
    with pytest.raises(WorkspaceError, match="already exists"):
        workspace.write(tree("flask"), "shelf")
    assert [path.name for path in workspace.folder.iterdir()] == ["shelf"]
    assert kind != "project" or (target / "mine.txt").read_text() == "mine"


def test_a_workspace_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError) as refusal:
        Workspace(tmp_path / "file").write(tree("flask"), "shelf")
    assert str(tmp_path) not in str(refusal.value)


def test_links_devices_and_large_files_are_not_read_back(workspace: Workspace) -> None:
    files = tree("flask")
    folder = workspace.write(files, "shelf").folder
    secret = workspace.folder / "secret.txt"
    secret.write_text("secret")
    (folder / "link.txt").symlink_to(secret)
    (folder / "linked").symlink_to(workspace.folder)
    (folder / "a:b").write_text("not a name on every system")
    os.mkfifo(folder / "pipe")
    (folder / "large.txt").write_text("x" * 300_000)
    (folder / "binary").write_bytes(b"\xff\xfe\x00")
    assert read_tree(folder) == files


def test_a_folder_without_a_record_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="not a project of this sandbox"):
        read_project(tmp_path)


@pytest.mark.parametrize("record", ["", "framework = 3", "not toml", 'framework="flask"'])
def test_a_broken_record_is_one_sentence(tmp_path: Path, record: str) -> None:
    (tmp_path / ".sandbox").mkdir()
    (tmp_path / ".sandbox/project.toml").write_text(record)
    with pytest.raises(WorkspaceError, match="not a project of this sandbox"):
        read_project(tmp_path)


def test_one_broken_project_does_not_hide_the_others(workspace: Workspace) -> None:
    good = workspace.write(tree("flask"), "shelf")
    broken = workspace.write(tree("flask"), "broken")
    (broken.folder / ".sandbox/project.toml").write_text("nonsense")
    assert workspace.projects() == (good,)


def test_sweeping_removes_old_leftovers_only(workspace: Workspace) -> None:
    project = workspace.write(tree("flask"), "shelf")
    old, fresh = (workspace.folder / f".sandbox-staging-{name}" for name in ("old", "fresh"))
    old.mkdir()
    fresh.mkdir()
    os.utime(old, (time.time() - 7200,) * 2)
    workspace.sweep()
    assert set(workspace.folder.iterdir()) == {project.folder, fresh}


WRITER = """
import sys
from pathlib import Path
from sandbox.workspace import Workspace
from tests.support.variants import tree
files = tree("django", ("database",))
print("ready", flush=True)
for number in range(10_000):
    Workspace(Path(sys.argv[1])).write(files, f"shelf{number}")
"""


@pytest.mark.crash
@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
def test_a_killed_writer_leaves_whole_projects_only(tmp_path: Path) -> None:
    files = tree("django", ("database",))
    for attempt in range(5):
        folder = tmp_path / str(attempt)
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.02 + 0.013 * attempt)
            writer.send_signal(signal.SIGKILL)
        for project in Workspace(folder).projects():
            assert read_tree(project.folder) == files
