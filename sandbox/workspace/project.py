"""A project on disk: what it was generated from, and its text read back as a FileTree."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import translate
from pathlib import Path
from typing import Any

import msgspec

from sandbox.errors import WorkspaceError
from sandbox.generate import FileTree
from sandbox.generate.scaffold import IGNORED
from sandbox.workspace.record import UnusableRecordError, read_text

PROVENANCE = ".sandbox/project.toml"
PROGRESS = ".sandbox/progress.json"
LESSONS = ".sandbox/lessons"
ENVIRONMENT = "pyvenv.cfg"  # stands in every Python environment, whatever its folder is called
_LARGEST_FILE = 256 * 1024
_MOST_FILES = 2_000
_MOST_TOGETHER = 500  # of one folder: what holds more is data, not code
_LARGEST_TREE = 8 * 1024 * 1024
_BESIDE_DATABASES = ("*.db-*", "*.sqlite3-*")  # what SQLite keeps there while it is open
_LEFT_OUT = "|".join(map(translate, (*IGNORED, *_BESIDE_DATABASES)))
_IGNORED = re.compile(_LEFT_OUT, re.IGNORECASE if os.name == "nt" else 0)
_UNHOLDABLE = re.compile("[\\\\:\ud800-\udfff]")


@dataclass(frozen=True)
class Project:
    """Name a folder of the learner's and what its provenance record says of it."""

    folder: Path
    framework: str
    name: str
    slug: str
    features: tuple[str, ...]


def made_at(project: Project) -> float:
    """Return when the project was made, in seconds; 0 if its record has just gone."""
    try:
        return (project.folder / PROVENANCE).stat().st_mtime
    except OSError:
        return 0.0


class _Provenance(msgspec.Struct):
    framework: str
    name: str
    slug: str
    features: dict[str, Any]


def read_project(folder: Path) -> Project:
    """Read a project's provenance record; raises `WorkspaceError` where there is no usable one.

    Keys and features that this version does not know are passed over.
    """
    name = shown_name(folder)
    try:
        if name != folder.name:
            raise UnusableRecordError("its name is not UTF-8 text")
        found = msgspec.toml.decode(read_text(folder / PROVENANCE), type=_Provenance)
    except FileNotFoundError:
        raise WorkspaceError(
            f"“{name}” is not a project of this sandbox: it has no {PROVENANCE}.",
            "Name the folder of a project, as `sandbox list` shows them, or restore that file.",
        ) from None
    except UnusableRecordError as fault:
        raise _unusable(name, str(fault)) from None
    except msgspec.ValidationError as error:
        raise _unusable(name, f"it is not as it was written ({error})") from None
    except (msgspec.DecodeError, RecursionError):
        raise _unusable(name, "it is not TOML") from None
    features = tuple(key for key, on in found.features.items() if on is True)
    return Project(folder, found.framework, found.name, found.slug, features)


def _unusable(name: str, reason: str) -> WorkspaceError:
    what = "the folder" if reason.startswith("its name") else PROVENANCE
    return WorkspaceError(
        f"“{name}” cannot be used as a project. Look at {what}: {reason}.",
        "Mend that, or make the project again and copy your files into it.",
    )


def shown_name(folder: Path) -> str:
    """Return a folder's name as text, whatever bytes it was given on the disk.

    A folder may be given as `.`, too.
    """
    return os.fsencode(folder.absolute().name).decode("utf-8", "replace")


def read_tree(folder: Path) -> FileTree:
    """Read a project's own text files back; raises `WorkspaceError` if the folder is too large.

    Line ends become `\\n` and a byte order mark goes, as Python reads it. Links are never
    followed; devices, names that not every system can hold, environments, folders full of data
    and what tools leave behind are passed over. The tree's `unread` says why a file that is there
    has no text.
    """
    files: dict[str, str] = {}
    unread: dict[str, str] = {}
    total = 0
    for number, (path, relative) in enumerate(_regular_files(folder, unread), 1):
        try:
            files[relative] = text = _text_of(path)
        except UnusableRecordError as fault:
            unread[relative] = str(fault)
            text = ""
        total += len(text)
        if number > _MOST_FILES or total > _LARGEST_TREE:
            raise WorkspaceError(
                f"“{shown_name(folder)}” holds more than {_MOST_FILES} files or 8 MiB of text.",
                "Name the project's own folder, or move elsewhere what is not its code.",
            )
    return FileTree(files, unread)


def stamp(folder: Path) -> int:
    """Return a number that another one follows when a file that `read_tree` reads has changed."""
    found: list[tuple[str, int, int]] = []
    for path, relative in _regular_files(folder, {}):
        try:
            status = os.lstat(path)
        except OSError:  # gone meanwhile
            continue
        found.append((relative, status.st_mtime_ns, status.st_size))
    return hash(tuple(found))


def _regular_files(folder: Path, unread: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the path of each file, and its path in the folder with `/`, in order.

    Plain strings: this is asked for every project several times a second.
    """
    top = str(folder)

    def inside(path: str) -> str:
        return path[len(top) :].lstrip(os.sep).replace(os.sep, "/")

    def note(error: OSError) -> None:
        relative = inside(os.fsdecode(error.filename))
        unread[f"{relative}/" if relative else ""] = _why(error)

    for current, folders, names in os.walk(top, onerror=note, followlinks=False):
        if ENVIRONMENT in names and current != top:
            folders.clear()
            continue
        start = f"{relative}/" if (relative := inside(current)) else ""
        if len(names) > _MOST_TOGETHER and current != top:
            unread[start] = f"its folder holds more than {_MOST_TOGETHER} files"
            names = []
        folders[:] = sorted(name for name in folders if not _IGNORED.match(name))
        for name in sorted(names):
            relative = f"{start}{name}"
            if not _own_record(relative) and _holdable(relative) and not _IGNORED.match(name):
                yield f"{current}{os.sep}{name}", relative


def _own_record(path: str) -> bool:
    return path == PROGRESS or path.startswith(f"{LESSONS}/")


def _holdable(path: str) -> bool:
    return not _UNHOLDABLE.search(path)


def _text_of(path: str) -> str:
    try:
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode):
            raise UnusableRecordError("it is a link or no ordinary file")
        if status.st_size > _LARGEST_FILE:
            raise UnusableRecordError(f"it is larger than {_LARGEST_FILE // 1024} KiB")
        return Path(path).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise UnusableRecordError("it is not UTF-8 text") from None
    except OSError as error:
        raise UnusableRecordError(_why(error)) from None


def _why(error: OSError) -> str:
    return (error.strerror or "the system refuses").lower()
