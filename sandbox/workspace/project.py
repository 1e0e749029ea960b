"""A project on disk: what it was generated from, and its text read back as a FileTree."""

import os
import stat
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from sandbox.errors import WorkspaceError
from sandbox.generate import FileTree
from sandbox.generate.scaffold import IGNORED

PROVENANCE = ".sandbox/project.toml"
PROGRESS = ".sandbox/progress.json"
_LARGEST_FILE = 256 * 1024
_MOST_FILES = 2_000
_LARGEST_TREE = 8 * 1024 * 1024


@dataclass(frozen=True)
class Project:
    """Name a folder of the learner's and what its provenance record says of it."""

    folder: Path
    framework: str
    name: str
    slug: str
    features: tuple[str, ...]


def read_project(folder: Path) -> Project:
    """Read a project's provenance record; raises `WorkspaceError` where there is no usable one."""
    record = folder / PROVENANCE
    try:
        data = tomllib.loads(record.read_text(encoding="utf-8"))
        return Project(
            folder=folder,
            framework=_text(data, "framework"),
            name=_text(data, "name"),
            slug=_text(data, "slug"),
            features=tuple(key for key, on in data["features"].items() if on is True),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise WorkspaceError(
            f"“{folder.name}” is not a project of this sandbox: it has no readable {PROVENANCE}.",
            "Name a folder that `sandbox new` made, or restore that file.",
        ) from None


def _text(data: dict[str, Any], key: str) -> str:
    if not isinstance(data[key], str):
        raise TypeError(key)
    return str(data[key])


def read_tree(folder: Path) -> FileTree:
    """Read a project's own text files back; raises `WorkspaceError` if the folder is too large.

    Links are never followed; devices, files that are no UTF-8 text, files over 256 KiB, names
    that not every system can hold, and what tools leave behind are passed over.
    """
    files: dict[str, str] = {}
    total = 0
    for path, relative in _regular_files(folder):
        text = _text_of(path)
        if text is None:
            continue
        files[relative] = text
        total += len(text)
        if len(files) > _MOST_FILES or total > _LARGEST_TREE:
            raise WorkspaceError(
                f"“{folder.name}” holds more than {_MOST_FILES} files or 8 MiB of text.",
                "Name the project's own folder, not one above it.",
            )
    return FileTree(files)


def _regular_files(folder: Path) -> Iterator[tuple[Path, str]]:
    for current, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not _ignored(name))
        for name in sorted(names):
            path = Path(current, name)
            relative = path.relative_to(folder).as_posix()
            if relative != PROGRESS and not set("\\:") & set(relative) and not _ignored(name):
                yield path, relative


def _ignored(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in IGNORED)


def _text_of(path: Path) -> str | None:
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST_FILE:
            return None
        return path.read_bytes().decode().replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        return None
