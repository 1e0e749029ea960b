"""The planted faults: what is wrong, and the edits that make a project wrong in that way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sandbox.generate import FileTree
from sandbox.generate.planted import Edit, load_edits
from sandbox.knowledge import faults
from tests.support.variants import WORKSHOP


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault as one framework's projects have it; `about` says what is wrong."""

    about: faults.Fault
    framework: str
    edits: tuple[Edit, ...]

    @property
    def id(self) -> str:
        """Return the name that the fault has in every framework."""
        return self.about.id


class BadFault(Exception):  # noqa: N818 - said of the data, not of this code
    """A fault names no file, or text that is not there exactly once."""


@cache
def described() -> Mapping[str, faults.Fault]:
    """Return the faults without any code, by id."""
    return faults.load_faults(WORKSHOP.knowledge)


def load_faults(framework: str) -> tuple[Fault, ...]:
    """Return the faults that are planted in a framework's code, in the order of the list."""
    planted = load_edits(WORKSHOP.scaffold(framework).folder, described())
    return tuple(
        Fault(about, framework, planted[name])
        for name, about in described().items()
        if name in planted
    )


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
