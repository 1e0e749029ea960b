"""What the records of all projects are at: cheap enough to be looked up several times a second."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

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
        self._changed: Mapping[str, int] = {}
        self._read_at = 0.0
        self._states: Mapping[str, str] = {}

    def look(self) -> Mapping[str, Mark]:
        """Return the mark of every project, by the name of its folder."""
        changed = self._changes()
        if changed != self._changed or time.monotonic() - self._read_at > _LONGEST:
            self._states = {name: repr(state) for name, state in self._lab.states().items()}
            self._changed, self._read_at = changed, time.monotonic()
        return {
            name: Mark(state, read_log(self._workspace.folder / RECORDS / name, most=0).offset)
            for name, state in self._states.items()
        }

    def _changes(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for name in self._states:
            try:
                found[name] = state_file(self._workspace.folder / RECORDS / name).stat().st_mtime_ns
            except OSError:  # never started, or gone
                found[name] = 0
        return found
