"""What the records of all projects are at: cheap enough to be looked up several times a second."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sandbox.run import checked, testing
from sandbox.run.lab import Lab
from sandbox.run.log import read_log
from sandbox.run.state import RECORDS, state_file
from sandbox.workspace import Workspace

_LONGEST = 2.0  # seconds after which states are read again though no record has changed


@dataclass(frozen=True)
class Mark:
    """What a project's records are at: another `state` is a changed one, and `log` grows."""

    state: str
    log: int


class Marks:
    """Look at the records of a workspace's projects; the states are read only when one changed.

    An app that was killed writes nothing, so they are read from time to time as well.
    """

    def __init__(self, lab: Lab, workspace: Workspace) -> None:
        self._lab = lab
        self._workspace = workspace
        self._changed: Mapping[str, Sequence[int]] = {}
        self._read_at = 0.0
        self._states: Mapping[str, str] = {}

    def look(self) -> Mapping[str, Mark]:
        """Return the mark of every project, by the name of its folder."""
        changed = self._changes()
        if changed != self._changed or time.monotonic() - self._read_at > _LONGEST:
            self._states = {
                name: f"{state} {self._others(name)}" for name, state in self._lab.states().items()
            }
            self._changed, self._read_at = changed, time.monotonic()
        return {
            name: Mark(state, read_log(self._records(name), most=0).offset)
            for name, state in self._states.items()
        }

    def _changes(self) -> Mapping[str, Sequence[int]]:
        return {
            name: (_changed(state_file(self._records(name))), *self._others(name))
            for name in self._states
        }

    def _others(self, name: str) -> Sequence[int]:
        """Return when the tests and the checks of a project last came further."""
        records = self._records(name)
        return [*map(_changed, (testing.record_file(records), *checked.record_files(records)))]

    def _records(self, name: str) -> Path:
        return self._workspace.folder / RECORDS / name


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:  # never run, or gone
        return 0
