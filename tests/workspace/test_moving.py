"""A project gets another name, a twin or a place in the trash, whole or not at all."""

import os
import resource
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sandbox.errors import WorkspaceError
from sandbox.workspace import Project, Workspace, duplicate, read_tree, rename, trash
from sandbox.workspace.moving import check_folder_name
from tests.support.variants import tree
from tests.workspace.test_workspace import nobody_special

FILES = tree("flask", ("database",))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "my Bücher")


@pytest.fixture
def project(workspace: Workspace) -> Project:
    """Return a project as a learner leaves it: a database, an environment, caches and links."""
    made = workspace.write(FILES, "shelf")
    (made.folder / "shelf.db").write_bytes(b"rows")
    (made.folder / ".sandbox/progress.json").write_text("{}")
    for environment in (".venv", "env"):
        (made.folder / environment / "bin").mkdir(parents=True)
        (made.folder / environment / "pyvenv.cfg").touch()
    (made.folder / "app/__pycache__").mkdir()
    (made.folder / "app/__pycache__/hello.pyc").touch()
    (made.folder / "link").symlink_to("README.md")
    (made.folder / "run.sh").touch(mode=0o755)
    return made


def names(workspace: Workspace) -> set[str]:
    return {path.name for path in workspace.folder.iterdir()}


def test_a_renamed_project_keeps_all_it_has(workspace: Workspace, project: Project) -> None:
    renamed = rename(project, "regal")
    assert names(workspace) == {"regal"}
    assert (renamed.folder / "shelf.db").read_bytes() == b"rows"
    assert (renamed.folder / ".venv/pyvenv.cfg").exists()
    assert (renamed.name, renamed.slug) == (project.name, project.slug)
    assert workspace.projects() == (renamed,)


def test_a_twin_has_the_data_and_no_environment(workspace: Workspace, project: Project) -> None:
    twin = duplicate(project, "shelf-two")
    assert names(workspace) == {"shelf", "shelf-two"}
    assert read_tree(twin.folder) == read_tree(project.folder)
    assert (twin.folder / "shelf.db").read_bytes() == b"rows"
    assert (twin.folder / ".sandbox/progress.json").exists()
    for made_again in (".venv", "env", "app/__pycache__"):
        assert not (twin.folder / made_again).exists()
    assert (twin.folder / "link").readlink() == Path("README.md")
    assert os.access(twin.folder / "run.sh", os.X_OK)
    (twin.folder / "README.md").write_text("mine")
    assert (project.folder / "README.md").read_text() != "mine"


@pytest.mark.skipif(os.name == "nt", reason="pipes are POSIX")
def test_a_pipe_in_a_project_stops_no_copy(workspace: Workspace, project: Project) -> None:
    os.mkfifo(project.folder / "pipe")
    assert not (duplicate(project, "twin").folder / "pipe").exists()


def test_the_trash_keeps_everything_and_gives_it_back(
    workspace: Workspace, project: Project
) -> None:
    lies = trash(project)
    assert lies == workspace.folder / ".sandbox-trash/shelf"
    assert workspace.projects() == workspace.damaged() == ()
    again = workspace.write(FILES, "shelf")
    assert trash(again).name == "shelf-2"
    lies.rename(workspace.folder / "shelf")
    assert workspace.projects() == (project,)
    assert (project.folder / "shelf.db").read_bytes() == b"rows"


MOVES: dict[str, Callable[[Project], object]] = {
    "rename": lambda project: rename(project, "taken"),
    "duplicate": lambda project: duplicate(project, "taken"),
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_has_the_name_already_is_never_touched(
    workspace: Workspace, project: Project, move: Callable[[Project], object], kind: str
) -> None:
    target = workspace.folder / "taken"
    if kind == "folder":
        target.mkdir()
    elif kind == "file":
        target.write_text("mine")
    else:
        target.symlink_to("nowhere")
    with pytest.raises(WorkspaceError, match="“taken” already exists in the folder"):
        move(project)
    assert names(workspace) == {"shelf", "taken"}
    assert kind != "file" or target.read_text() == "mine"


@contextmanager
def no_large_files(limit: int) -> Iterator[None]:
    """Let no file grow beyond `limit` bytes: like a disk that fills up while one is written."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.skipif(os.name == "nt", reason="limits are POSIX")
def test_a_disk_that_fills_up_leaves_no_half_a_twin(workspace: Workspace, project: Project) -> None:
    (project.folder / "shelf.db").write_bytes(bytes(3_000_000))
    with (
        no_large_files(1_000_000),
        pytest.raises(WorkspaceError, match="“shelf” cannot be copied: a file would be larger"),
    ):
        duplicate(project, "twin")
    assert names(workspace) == {"shelf"}


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
@pytest.mark.parametrize("move", [*MOVES.values(), trash], ids=[*MOVES, "trash"])
def test_a_folder_that_nobody_may_write_is_told(move: Callable[[Project], object]) -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        project = Workspace(Path(name)).write(FILES, "shelf")
        with nobody_special(), pytest.raises(WorkspaceError, match="you may not write there"):
            move(project)
        assert [path.name for path in Path(name).iterdir()] == ["shelf"]


def test_a_file_that_nobody_may_read_is_told() -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        project = Workspace(Path(name)).write(FILES, "shelf")
        (project.folder / "README.md").chmod(0o000)
        with nobody_special(), pytest.raises(WorkspaceError, match="you may not read all of it"):
            duplicate(project, "twin")
        assert [path.name for path in Path(name).iterdir()] == ["shelf"]


def test_a_project_that_is_gone_is_told(project: Project) -> None:
    trash(project)
    for move in (*MOVES.values(), trash):
        with pytest.raises(WorkspaceError, match="“shelf” cannot be"):
            move(project)


ODD = ["", " ", "..", "a/b", "a\\b", "/tmp", ".hidden", "-x", "_x", "a b", "x" * 61, "a\0b", "a:b"]
RESERVED = ["CON", "lpt1", "flask", "All"]


@pytest.mark.parametrize("odd", [*ODD, "a\nb", "a\u202eb", *RESERVED])
def test_a_name_that_is_no_folder_everywhere_is_refused(odd: str) -> None:
    with pytest.raises(WorkspaceError) as refused:
        check_folder_name(odd, ("flask", "all"))
    assert refused.value.hint


@pytest.mark.parametrize("good", ["shelf-2", "Regal", "Bücher", "2024", "本棚", "a_b", "x" * 60])
def test_a_name_in_any_script_is_taken(good: str) -> None:
    assert check_folder_name(good, ("flask",)) == good
