"""The planted faults: what is wrong, and the edits that make a project wrong in that way."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.generate import FileTree

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement in one file; what it replaces stands there exactly once."""

    file: str
    find: str
    replace: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One sentence of the contract, and how an app of one framework is made to break it.

    It shows in a project that has these `features` (and what they need).
    """

    id: str
    sentence: str
    fault: str
    framework: str
    edits: tuple[Edit, ...]
    features: tuple[str, ...] = ()


class BadFault(Exception):  # noqa: N818 - said of the data, not of this code
    """A fault of the data names no fault, no file, or text that is not there exactly once."""


def load_faults(framework: str) -> tuple[Fault, ...]:
    """Return the faults that are bound to a framework's code, in the order of the list."""
    known = described()
    bound = _read(f"bindings/{framework}.toml")
    for name in bound.keys() - known.keys():
        raise BadFault(f"bindings/{framework}.toml: there is no fault {name!r} in faults.toml")
    return tuple(
        Fault(
            name,
            entry["sentence"],
            entry["fault"],
            framework,
            tuple(Edit(edit["file"], edit["find"], edit["replace"]) for edit in bound[name]),
            entry["features"],
        )
        for name, entry in known.items()
        if name in bound
    )


def described() -> Mapping[str, Mapping[str, Any]]:
    """Return the list of faults without any code, by id; each names the features it shows in."""
    found: dict[str, Mapping[str, Any]] = {}
    for feature, faults in _read("faults.toml").items():
        for name, entry in faults.items():
            if name in found:
                raise BadFault(f"faults.toml: there are two faults {name!r}")
            found[name] = {**entry, "features": (feature, *entry.get("with", ()))}
    return found


def plant(tree: FileTree, fault: Fault) -> FileTree:
    """Return the project with the fault in it; raises `BadFault` when an edit does not fit."""
    files = dict(tree.items())
    for edit in fault.edits:
        where = f"{fault.framework}: {fault.id}: {edit.file}"
        if edit.file not in files:
            raise BadFault(f"{where}: there is no such file")
        count = files[edit.file].count(edit.find)
        if count != 1 or edit.find == edit.replace:
            raise BadFault(f"{where}: {edit.find!r} is there {count} times: expected once")
        files[edit.file] = files[edit.file].replace(edit.find, edit.replace)
    return FileTree(files)


def _read(path: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / path).read_text(encoding="utf-8"))
