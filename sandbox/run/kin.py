"""Processes of ours: told from strangers by pid, start time and a marker in their environment.

psutil is imported where it is needed: an app need not wait for that before it starts.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psutil

MARKER = "SANDBOX_RUN"
"""The environment variable by which whatever an app starts is known as ours."""

_PAUSE = 0.02


@dataclass(frozen=True)
class Kin:
    """A process by its number and the moment it began, which no later process shares."""

    pid: int
    born: str

    @property
    def lives(self) -> bool:
        """Tell whether this very process is there, and more than a zombie."""
        return _born(self.pid) == self.born


def kin(pid: int) -> Kin | None:
    """Return a living process as one to be known again, None if it is gone."""
    born = _born(pid)
    return None if born is None else Kin(pid, born)


def _born(pid: int) -> str | None:
    """Return when a process began, counted so that a change of the clock does not matter."""
    if sys.platform == "linux":
        try:
            fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2]
        except OSError:
            return None
        state, *rest = fields.split()
        return None if state in "ZX" else rest[18]
    import psutil

    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else str(process.create_time())
    except psutil.Error:
        return None


def marked(markers: Iterable[str]) -> "list[psutil.Process]":
    """Return the processes of this user that carry one of these markers."""
    import psutil

    wanted, own = set(markers), os.getpid()
    found: list[psutil.Process] = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.pid != own and process.environ().get(MARKER) in wanted:
                found.append(process)
    return found


def end_marked(markers: Iterable[str]) -> int:
    """Kill whatever still carries one of these markers; return how many that were."""
    import psutil

    wanted = set(markers)
    count = 0
    for process in marked(wanted):
        # psutil compares the start time before it sends, so that no later process is hit.
        with suppress(psutil.Error):
            process.kill()
            count += 1
    return count


def end_group(leader: int, grace: float, reap: Callable[[], object]) -> None:
    """End a process group: TERM, `grace` seconds, KILL; `reap` collects what has ended of it."""
    if sys.platform == "win32":
        import psutil

        with suppress(psutil.Error):
            for process in psutil.Process(leader).children(recursive=True):
                process.kill()
            psutil.Process(leader).kill()
        return
    _signal(leader, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while _group_lives(leader, reap) and time.monotonic() < deadline:
        time.sleep(_PAUSE)
    if _group_lives(leader, reap):
        _signal(leader, signal.SIGKILL)


def _signal(leader: int, number: int) -> None:
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, number)


def _group_lives(leader: int, reap: Callable[[], object]) -> bool:
    reap()
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, 0)
            return True
    return False
