"""The planted faults: what is wrong, and the edits that make a project wrong in that way."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.generate import FileTree
from sandbox.paths import KNOWLEDGE, SCAFFOLDS


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement in the file `at`; what it looks for stands there exactly once."""

    at: str
    find: str
    put: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One sentence of the contract, and how an app of one framework is made to break it.

    It shows in a project that has these `features` (and what they need).
    """

    id: str
    sentence: str
    tells: str
    framework: str
    edits: tuple[Edit, ...]
    features: tuple[str, ...] = ()


class BadFault(Exception):  # noqa: N818 - said of the data, not of this code
    """A fault of the data names no fault, no file, or text that is not there exactly once."""


def load_faults(framework: str) -> tuple[Fault, ...]:
    """Return the faults that are planted in a framework's code, in the order of the list."""
    known = described()
    planted = _read(SCAFFOLDS / framework / "faults.toml")
    for name in planted.keys() - known.keys():
        raise BadFault(f"scaffolds/{framework}/faults.toml: no fault is called {name!r}")
    return tuple(
        Fault(
            name,
            entry["sentence"],
            entry["tells"],
            framework,
            tuple(Edit(**edit) for edit in planted[name]),
            entry["features"],
        )
        for name, entry in known.items()
        if name in planted
    )


def described() -> Mapping[str, Mapping[str, Any]]:
    """Return the list of faults without any code, by id; each names the features it shows in."""
    found: dict[str, Mapping[str, Any]] = {}
    for feature, faults in _read(KNOWLEDGE / "faults.toml").items():
        for name, entry in faults.items():
            if name in found:
                raise BadFault(f"faults.toml: there are two faults {name!r}")
            found[name] = {**entry, "features": (feature, *entry.get("with", ()))}
    return found


def plant(tree: FileTree, fault: Fault) -> FileTree:
    """Return the project with the fault in it; raises `BadFault` when an edit does not fit."""
    files = dict(tree.items())
    for edit in fault.edits:
        where = f"{fault.framework}: {fault.id}: {edit.at}"
        if edit.at not in files:
            raise BadFault(f"{where}: there is no such file")
        count = files[edit.at].count(edit.find)
        if count != 1 or edit.find == edit.put:
            raise BadFault(f"{where}: {edit.find!r} is there {count} times: expected once")
        files[edit.at] = files[edit.at].replace(edit.find, edit.put)
    return FileTree(files)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
