"""What a guardian holds while it works: the log, the record of the state, and the one child."""

import os
import signal
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

from sandbox.run.child import Child
from sandbox.run.job import Job, plain_environment
from sandbox.run.kin import end_marked
from sandbox.run.log import Log
from sandbox.run.state import Held, write_state

_PAUSE = 0.02
_SOON = 0.002  # seconds that a process takes to end that has printed its last
_GRACE_ASKED = 6.0  # seconds in which requests in flight may end
_GRACE_ORPHANED = 1.0


class Ended(Exception):  # noqa: N818 - a stop that was asked for is no error
    """The guardian is to end what it does: somebody asked, or the sandbox is gone."""


class Keeper:
    """Keep log and state of a job, start its commands one at a time, and hear when to end."""

    def __init__(self, records: Path, job: Job, held: Held) -> None:
        self.records = records
        self.job = job
        self.log = Log(records)
        self.held = held
        self.child: Child | None = None
        self._beside: Child | None = None
        self.fresh = False
        """Whether the environment has just been made."""
        self._end = threading.Event()
        self._grace = _GRACE_ASKED

    def listen(self) -> None:
        """From now on hear a request to stop, and the end of the lifeline."""
        signal.signal(signal.SIGTERM, self._be_asked)
        threading.Thread(target=self._hold_the_line, daemon=True).start()

    def _be_asked(self, number: int, frame: FrameType | None) -> None:
        self._end.set()

    def _hold_the_line(self) -> None:
        with suppress(OSError):
            while os.read(0, 1024):
                pass
        self._grace = _GRACE_ORPHANED
        self._end.set()

    def wait(self, seconds: float) -> None:
        """Wait, and raise `Ended` as soon as there is reason to."""
        if self._end.wait(seconds):
            if self.held.state.phase in ("starting", "running", "crashed"):
                self.tell(phase="stopping", problem="", hint="", place=None)
            raise Ended

    def tell(self, **changes: object) -> None:
        """Keep a change of the state; without a disk to keep it on the app itself may go on."""
        before, self.held = self.held, self.held.changed(**changes)
        if self.held == before:
            return
        with suppress(OSError):
            write_state(self.records, self.held)

    def start(self, words: Sequence[str], more: Mapping[str, str], *, shown: bool = True) -> Child:
        """Start a command in the project's folder; raises `ServerError`."""
        variables = plain_environment(self.job.project, more, self.job.marker)
        write = self.log.write if shown else _nowhere
        self.child = Child(words, self.job.project, variables, write)
        return self.child

    def carry_out(
        self, words: Sequence[str], more: Mapping[str, str], *, shown: bool = True
    ) -> tuple[int, str]:
        """Run a command to its end; return its exit code and the end of what it printed."""
        child = self.start(words, more, shown=shown)
        ended = self._end_of(child)
        self.child = None
        return ended

    def begin_beside(self, words: Sequence[str], more: Mapping[str, str]) -> None:
        """Start a command that runs beside others, one at a time; raises `ServerError`."""
        variables = plain_environment(self.job.project, more, self.job.marker)
        self._beside = Child(words, self.job.project, variables, _nowhere)

    def end_of_beside(self) -> tuple[int, str]:
        """Wait for the command beside; return its exit code and the end of what it printed."""
        assert self._beside is not None
        ended = self._end_of(self._beside)
        self._beside = None
        self.log.write(ended[1].encode())  # now: it would stand within the lines of others
        return ended

    def _end_of(self, child: Child) -> tuple[int, str]:
        while (code := child.code) is None:
            self.wait(_SOON if child.hear(_PAUSE) else 0)
        child.hear_out()
        return code, child.output

    def leave(self, **changes: object) -> None:
        """End what runs, then say so: who reads that it has ended finds its port free."""
        children = [each for each in (self.child, self._beside) if each is not None]
        self.child = self._beside = None
        for each in children:
            each.end(self._grace)
        if children:
            end_marked([self.job.marker])
        if changes:
            self.tell(**changes)


def _nowhere(data: bytes) -> None:
    """Take what is of no interest to a learner."""
