"""What has changed in the Lab: told from the records' files, without reading what they hold."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from sandbox.run import checked, testing
from sandbox.run.log import log_file
from sandbox.run.state import RECORDS, read_state, state_file

Part: TypeAlias = Literal["state", "log", "tests", "checks"]


@dataclass(frozen=True)
class Change:
    """One thing about one project, by the name of its folder, that is not as it was."""

    project: str
    part: Part


Stamp: TypeAlias = tuple[Part, int]


def changes(folder: Path, stop: threading.Event, pause: float) -> Iterator[tuple[Change, ...]]:
    """Yield what has changed, every `pause` seconds and maybe nothing, until `stop` is set."""
    before = _stamps(folder)
    while not stop.wait(pause):
        after = _stamps(folder)
        yield tuple(
            Change(project, part)
            for (project, part), stamp in after.items()
            if before.get((project, part)) != stamp
        )
        before = after


def _stamps(folder: Path) -> dict[tuple[str, Part], tuple[int, ...]]:
    found: dict[tuple[str, Part], tuple[int, ...]] = {}
    for records in _folders(folder / RECORDS):
        state = state_file(records)
        held = read_state(records)
        alive = held is not None and held.guardian is not None and held.guardian.lives
        found[records.name, "state"] = (_changed(state), alive)
        found[records.name, "log"] = (_changed(log_file(records)),)
        found[records.name, "tests"] = (_changed(testing.record_file(records)),)
        found[records.name, "checks"] = tuple(map(_changed, checked.record_files(records)))
    return found


def _folders(folder: Path) -> list[Path]:
    try:
        return [each for each in folder.iterdir() if each.is_dir()]
    except OSError:
        return []


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
