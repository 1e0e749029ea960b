import os
import sys
import tempfile
from collections.abc import ItemsView, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sandbox.errors import WorkspaceError
from sandbox.generate import FileTree
from sandbox.workspace import Workspace, read_project, read_tree, write_file
from sandbox.workspace.project import PROVENANCE
from sandbox.workspace.staging import staging
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


@pytest.mark.skipif(sys.platform != "linux", reason="such names are not to be had elsewhere")
def test_a_name_that_is_no_text_is_passed_over(workspace: Workspace) -> None:
    files = tree("flask")
    folder = workspace.write(files, "shelf").folder
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.py")).write_text("x")
    assert read_tree(folder) == files


@pytest.mark.skipif(sys.platform != "linux", reason="such names are not to be had elsewhere")
def test_a_folder_whose_name_is_no_text_is_told_and_not_its_record(workspace: Workspace) -> None:
    made = workspace.write(tree("flask"), "shelf").folder
    made.rename(os.fsdecode(os.fsencode(workspace.folder) + b"/caf\xe9"))
    (told,) = workspace.damaged()
    assert "Look at the folder: its name is not UTF-8 text." in told.problem


def test_line_ends_and_byte_order_marks_make_no_difference(workspace: Workspace) -> None:
    files = tree("flask", ("database",))
    folder = workspace.write(files, "shelf").folder
    for path, text in files.items():
        (folder / path).write_bytes(b"\xef\xbb\xbf" + text.encode().replace(b"\n", b"\r\n"))
    assert read_tree(folder) == files
    assert read_project(folder).features == ("hello", "routes", "validation", "database")


def test_a_file_without_text_is_told_with_its_reason(workspace: Workspace) -> None:
    folder = workspace.write(tree("flask"), "shelf").folder
    (folder / "app/hello.py").write_bytes("# Bücherei".encode("latin-1"))
    (folder / "app/large.py").write_text("x" * 300_000)
    found = read_tree(folder)
    assert found.why_unread("app/hello.py") == "it is not UTF-8 text"
    assert found.why_unread("app/large.py") == "it is larger than 256 KiB"
    assert found.why_unread("app/nothing.py") is None


@pytest.mark.parametrize("name", [".venv", "env", "my environment"])
def test_an_environment_of_any_name_is_no_part_of_a_project(
    workspace: Workspace, name: str
) -> None:
    files = tree("flask")
    folder = workspace.write(files, "shelf").folder
    (folder / name / "lib").mkdir(parents=True)
    (folder / name / "pyvenv.cfg").write_text("home = /usr")
    for number in range(2100):
        (folder / name / "lib" / f"{number}.py").touch()
    assert read_tree(folder) == files


def test_a_folder_may_hold_nothing_but_a_folder(workspace: Workspace) -> None:
    files = FileTree({**tree("flask"), "docs/pages/first.md": "# First\n"})
    assert read_tree(workspace.write(files, "shelf").folder) == files


@pytest.mark.skipif(os.name == "nt", reason="Windows makes no difference between the two")
def test_what_python_leaves_behind_is_left_out_and_no_folder_of_another_spelling(
    workspace: Workspace,
) -> None:
    files = tree("flask")
    folder = workspace.write(files, "shelf").folder
    for name in ("__pycache__", "__PYCACHE__"):
        (folder / name).mkdir()
        (folder / name / "mine.py").write_text("x = 1\n")
    assert set(read_tree(folder)) == {*files, "__PYCACHE__/mine.py"}


def test_a_folder_full_of_data_does_not_hide_the_code_beside_it(workspace: Workspace) -> None:
    files = tree("flask")
    folder = workspace.write(files, "shelf").folder
    (folder / "a" / "b").mkdir(parents=True)
    for number in range(2100):
        (folder / "a" / "b" / f"{number}.txt").touch()
    found = read_tree(folder)
    assert found == files
    assert found.why_unread("a/b/1.txt") == "its folder holds more than 500 files"


@pytest.mark.parametrize("content", [b"", b"\xff"], ids=["text", "binary"])
def test_a_folder_of_too_many_files_is_refused(tmp_path: Path, content: bytes) -> None:
    for number in range(2001):
        (tmp_path / f"{number}.txt").write_bytes(content)
    with pytest.raises(WorkspaceError, match="holds more than 2000 files"):
        read_tree(tmp_path)
    (tmp_path / "2000.txt").unlink()
    found = read_tree(tmp_path)
    assert len(found) + len(found.unread) == 2000


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_folders_and_files_are_open_to_read_for_others(workspace: Workspace) -> None:
    before = os.umask(0o022)
    try:
        folder = workspace.write(tree("flask"), "shelf").folder
    finally:
        os.umask(before)
    for path in (folder, *folder.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


def test_a_folder_without_a_record_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="not a project of this sandbox"):
        read_project(tmp_path)


GOOD = 'framework = "flask"\nname = "Shelf"\nslug = "shelf"\n'
BROKEN: dict[str, bytes] = {
    "empty": b"",
    "cut off": GOOD.encode()[:20],
    "nested": b"framework = " + b"[" * 5000,
    "not UTF-8": b'framework = "\xff"',
    "a surrogate": b'framework = "\\ud800"',
    "a number": b"framework = 3",
    "no name": b'framework = "flask"',
    "features a list": GOOD.encode() + b"features = [1]",
    "large": b"#" * 2_000_000,
}


@pytest.mark.parametrize("record", BROKEN.values(), ids=BROKEN)
def test_a_broken_record_is_told_at_that_project_alone(workspace: Workspace, record: bytes) -> None:
    good = workspace.write(tree("flask"), "shelf")
    broken = workspace.write(tree("flask"), "broken").folder
    (broken / ".sandbox/project.toml").write_bytes(record)
    assert workspace.projects() == (good,)
    (told,) = workspace.damaged()
    assert told.name == "broken"
    assert told.problem.startswith(
        "“broken” cannot be used as a project. Look at .sandbox/project.toml: "
    )
    assert told.hint
    with pytest.raises(WorkspaceError) as refused:
        workspace.project("broken")
    assert refused.value.message == told.problem
    assert workspace.project("shelf") == good


@pytest.mark.skipif(os.name == "nt", reason="links and pipes need rights there")
@pytest.mark.parametrize("kind", ["link", "dangling link", "folder", "pipe"])
def test_what_is_no_file_in_place_of_the_record_is_told(workspace: Workspace, kind: str) -> None:
    good = workspace.write(tree("flask"), "shelf")
    record = workspace.write(tree("flask"), "broken").folder / ".sandbox/project.toml"
    record.unlink()
    if kind == "folder":
        record.mkdir()
    elif kind == "pipe":
        os.mkfifo(record)
    else:
        record.symlink_to(good.folder / PROVENANCE if kind == "link" else "nowhere")
    assert workspace.projects() == (good,)
    assert [each.name for each in workspace.damaged()] == ["broken"]


def test_what_a_later_version_wrote_is_passed_over(workspace: Workspace) -> None:
    project = workspace.write(tree("flask"), "shelf")
    record = project.folder / PROVENANCE
    record.write_text(f"version = 9\n{record.read_text()}teleport = true\nrooms = {{ a = 1 }}\n")
    (found,) = workspace.projects()
    assert found.features == ("hello", "teleport")
    assert not workspace.damaged()


@contextmanager
def nobody_special() -> Iterator[None]:
    """Give up the rights of root, whom no mode of a folder stops."""
    if os.geteuid() != 0:
        yield
        return
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
@pytest.mark.parametrize("closed", ["other", ""], ids=["a project", "the workspace"])
def test_a_folder_that_nobody_may_read_is_told(closed: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        workspace = Workspace(Path(name, "workspace"))
        workspace.write_all({"shelf": tree("flask"), "other": tree("flask")})
        (workspace.folder / closed).chmod(0o000)
        with nobody_special():
            readable = [each.folder.name for each in workspace.projects()]
            told = [each.problem for each in workspace.damaged()]
        (workspace.folder / closed).chmod(0o755)
    assert readable == (["shelf"] if closed else [])
    assert told == [f"“{closed or 'workspace'}” cannot be read: permission denied."]


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_a_folder_that_nobody_may_write_is_told() -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        with nobody_special(), pytest.raises(WorkspaceError, match="you may not write there"):
            Workspace(Path(name)).write(tree("flask"), "shelf")
        with nobody_special(), Workspace(Path(name)).served("http://127.0.0.1:8765"):
            assert Workspace(Path(name)).projects() == ()


def leftover(folder: Path, name: str) -> Path:
    """Return a staging folder as a kill leaves it."""
    left = folder / f".sandbox-staging-{name}"
    (left / "shelf").mkdir(parents=True)
    (left / "shelf" / "README.md").write_text("half")
    (left / ".a.zip").write_text("half")
    (left / ".lock").touch()
    return left


def test_what_kills_left_is_swept_by_the_next_write(workspace: Workspace) -> None:
    leftover(workspace.folder, "a")
    (workspace.folder / ".sandbox-staging-empty").mkdir()
    link = workspace.folder / ".sandbox-staging-link"
    link.symlink_to("nowhere")
    workspace.write(tree("flask"), "shelf")
    write_file(workspace.folder / "a.zip", b"x")
    assert {path.name for path in workspace.folder.iterdir()} == {link.name, "shelf", "a.zip"}


def test_what_another_program_is_making_stays(workspace: Workspace) -> None:
    workspace.folder.mkdir()
    with staging(workspace.folder) as made:
        (made / "theirs").write_text("whole")
        workspace.write(tree("flask"), "shelf")
        assert (made / "theirs").read_text() == "whole"
    assert [path.name for path in workspace.folder.iterdir()] == ["shelf"]


def test_all_projects_are_written_or_none(workspace: Workspace) -> None:
    """The last one cannot be renamed: something of that name appears while they are made."""
    late = Late(workspace.folder / "c", dict(tree("flask")))
    with pytest.raises(WorkspaceError, match="“a” and “b” and “c” cannot be written"):
        workspace.write_all({"a": tree("flask"), "b": tree("flask"), "c": late})
    assert [path.name for path in workspace.folder.iterdir()] == ["c"]
    (workspace.folder / "c" / "mine.txt").unlink()
    (workspace.folder / "c").rmdir()
    made = workspace.write_all({"a": tree("flask"), "b": tree("flask")})
    assert [each.folder.name for each in made] == ["a", "b"]


class Late(FileTree):
    """A tree during whose writing somebody else makes its target."""

    def __init__(self, target: Path, files: dict[str, str]) -> None:
        super().__init__(files)
        object.__setattr__(self, "target", target)

    def items(self) -> ItemsView[str, str]:
        self.target.mkdir()  # pyright: ignore[reportAttributeAccessIssue]
        (self.target / "mine.txt").write_text("mine")  # pyright: ignore[reportAttributeAccessIssue]
        return super().items()


def test_projects_that_are_there_are_all_named(workspace: Workspace) -> None:
    workspace.write_all({"a": tree("flask"), "b": tree("flask")})
    with pytest.raises(WorkspaceError, match="“a” and “b” already exist in"):
        workspace.write_all({"a": tree("flask"), "b": tree("flask"), "c": tree("flask")})
    assert {path.name for path in workspace.folder.iterdir()} == {"a", "b"}


def test_a_file_is_written_whole_and_never_over_another(tmp_path: Path) -> None:
    write_file(tmp_path / "a.zip", b"first")
    with pytest.raises(WorkspaceError, match=r"“a\.zip” already exists"):
        write_file(tmp_path / "a.zip", b"second")
    assert (tmp_path / "a.zip").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.skipif(os.name == "nt", reason="names and limits differ there")
@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("file", "a file is in the way"),
        ("file/inside", "a file is in the way"),
        ("x" * 300, "the name is too long"),
    ],
)
def test_an_error_of_writing_says_what_is_wrong(tmp_path: Path, place: str, reason: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WorkspaceError) as refused:
        Workspace(tmp_path / place).write(tree("flask"), "shelf")
    assert refused.value.message.endswith(f": {reason}.")
    assert refused.value.hint.endswith("Nothing was written.")
    assert "space" not in refused.value.hint


def test_a_second_server_of_one_workspace_is_told_of_the_first(workspace: Workspace) -> None:
    with workspace.served("http://127.0.0.1:8765"):
        second = workspace.served("http://127.0.0.1:9000")
        with pytest.raises(WorkspaceError, match="already served at http://127"), second:
            pass
        workspace.write(tree("flask"), "shelf")  # commands beside it work
    with workspace.served("http://127.0.0.1:9000"):
        assert [each.folder.name for each in workspace.projects()] == ["shelf"]
    assert [path.name for path in workspace.folder.iterdir()] == ["shelf"]


def test_serving_leaves_no_empty_folder_behind_and_every_other(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "not" / "there")
    with workspace.served("http://127.0.0.1:8765"):
        pass
    assert not workspace.folder.exists()
    with workspace.served("http://127.0.0.1:8765"):
        (workspace.folder / "mine.txt").write_text("kept", encoding="utf-8")
    assert [path.name for path in workspace.folder.iterdir()] == ["mine.txt"]


def test_without_a_home_the_place_for_projects_is_asked_for() -> None:
    with pytest.raises(WorkspaceError, match="knows no home folder") as refused:
        Workspace(None).projects()
    assert "SANDBOX_WORKSPACE" in refused.value.hint
