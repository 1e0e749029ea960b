"""Notice that a learner has saved, by what the files of the project look like from outside."""

import time
from collections.abc import Iterator
from pathlib import Path

from sandbox.workspace.project import stamp

_PAUSE = 0.3  # seconds between two looks


def saves(folder: Path, *, pause: float = _PAUSE) -> Iterator[int]:
    """Yield a number at once, and another one each time that files of a project were saved.

    Files that are still being written are waited for: two looks must agree.
    """
    known = stamp(folder)
    yield known
    while True:
        time.sleep(pause)
        now = stamp(folder)
        if now == known:
            continue
        while (later := _after(pause, folder)) != now:
            now = later
        known = now
        yield known


def _after(pause: float, folder: Path) -> int:
    time.sleep(pause)
    return stamp(folder)
