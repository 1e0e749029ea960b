"""Give a project another name, a twin, or a place in the trash; nothing is ever deleted."""

import errno
import os
import shutil
import unicodedata
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from sandbox.errors import WorkspaceError
from sandbox.workspace.fault import Fault, fault_of
from sandbox.workspace.project import ENVIRONMENT, Project, read_project, shown_name
from sandbox.workspace.staging import staging

TRASH = ".sandbox-trash"
_LONGEST = 60
# What Python and its tools make again; everything else in a project may be the learner's.
_MADE_AGAIN = {"__pycache__", ".pytest_cache", ".ruff_cache", ".mypy_cache"}
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)


def check_folder_name(name: str, reserved: Iterable[str] = ()) -> str:
    """Return a new folder's name in composed letters; raises `WorkspaceError` with a way out."""
    checked = unicodedata.normalize("NFC", name.strip())
    hint = "Choose another one, such as “shelf-two”."
    if not checked:
        raise WorkspaceError("The folder has no name.", "Write one, such as “shelf-two”.")
    if len(checked) > _LONGEST or not all(each.isalnum() or each in "-_" for each in checked):
        raise WorkspaceError(
            f"The folder name {checked[:60]!a} must be up to {_LONGEST} letters, digits, “-” and "
            "“_”.",
            hint,
        )
    if checked.startswith(("-", "_")) or checked.lower() in {*_DEVICES, *reserved}:
        raise WorkspaceError(f"The folder name “{checked}” means something else already.", hint)
    return checked


def rename(project: Project, name: str) -> Project:
    """Give a project's folder another name; raises `WorkspaceError`, and it stays as it was."""
    target = project.folder.with_name(name)
    _refuse_taken(target)
    try:
        project.folder.rename(target)
    except OSError as error:
        raise _refusal(project, "renamed", error) from None
    return read_project(target)


def duplicate(project: Project, name: str) -> Project:
    """Copy a project, databases and progress included, to another name; raises `WorkspaceError`.

    Environments, which would not work elsewhere, and caches are not copied, links are copied as
    links. It appears whole or not at all.
    """
    target = project.folder.with_name(name)
    _refuse_taken(target)
    try:
        with staging(target.parent) as staged:
            _copy(project.folder, staged / name)
            (staged / name).rename(target)
    except OSError as error:
        raise _refusal(project, "copied", error) from None
    return read_project(target)


def trash(project: Project) -> Path:
    """Move a project to the workspace's trash and return where it lies; raises `WorkspaceError`.

    It keeps its name there, or gets a number after it; moved back by hand, it works again.
    """
    bin_ = project.folder.parent / TRASH
    try:
        bin_.mkdir(exist_ok=True)
        for number in count(1):
            name = project.folder.name if number == 1 else f"{project.folder.name}-{number}"
            if not os.path.lexists(bin_ / name):
                return project.folder.rename(bin_ / name)
    except OSError as error:
        raise _refusal(project, "moved to the trash", error) from None
    raise AssertionError("numbers do not end")


def _copy(source: Path, target: Path) -> None:
    """Copy what is worth it; unlike `copytree` this ends at the first fault and tells it."""
    target.mkdir()
    with os.scandir(source) as entries:
        for entry in entries:
            if entry.is_symlink():
                (target / entry.name).symlink_to(Path(entry.path).readlink())
            elif entry.is_dir(follow_symlinks=False):
                if not _is_made_again(Path(entry.path)):
                    _copy(Path(entry.path), target / entry.name)
            elif entry.is_file(follow_symlinks=False):
                shutil.copy2(entry.path, target / entry.name, follow_symlinks=False)
    shutil.copystat(source, target)


def _is_made_again(folder: Path) -> bool:
    return (
        folder.name in _MADE_AGAIN
        or folder.name.endswith(".egg-info")
        or os.path.lexists(folder / ENVIRONMENT)
    )


def _refuse_taken(target: Path) -> None:
    if os.path.lexists(target):
        raise WorkspaceError(
            f"“{shown_name(target)}” already exists in the folder “{shown_name(target.parent)}”.",
            "Choose another name; nothing was overwritten.",
        )


def _refusal(project: Project, what: str, error: OSError) -> WorkspaceError:
    fault = fault_of(error)
    own = str(error.filename or "").startswith(f"{project.folder}{os.sep}")
    if own and error.errno == errno.EACCES:
        fault = Fault("you may not read all of it", "Allow reading it and try again.")
    return WorkspaceError(
        f"“{shown_name(project.folder)}” cannot be {what}: {fault.reason}.",
        f"{fault.hint} It is as it was.",
    )
