"""The process between the sandbox and one app: it prepares, starts, watches and ends it.

`python -m sandbox.run.guardian RECORDS` reads its job as the first line of its input. That pipe is
its lifeline: when it ends, since the sandbox has ended however that happened, so does the app.
"""

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from sandbox.errors import ServerError
from sandbox.run import environment, probe, setup
from sandbox.run.child import Child
from sandbox.run.job import Job, filled, plain_environment, read_job, words_of
from sandbox.run.kin import end_marked
from sandbox.run.log import Log
from sandbox.run.ports import HOST, claimed, is_free
from sandbox.run.state import AppState, Held, Phase, now, read_state, write_state

_PAUSE = 0.02  # seconds between two looks at an app that is about to answer
_WATCH = 0.25  # seconds between two looks at one that runs
_TRIES = 5
_GRACE_ASKED = 6.0  # requests in flight may end
_GRACE_ORPHANED = 1.0


class _Ended(Exception):  # noqa: N818 - a stop that was asked for is no error
    """The guardian is to end what it does: somebody asked, or the sandbox is gone."""


class Guardian:
    """Carry out one job, and keep the record of it true."""

    def __init__(self, records: Path, job: Job, held: Held) -> None:
        self._records = records
        self._job = job
        self._held = held
        self._log = Log(records)
        self._end = threading.Event()
        self._grace = _GRACE_ASKED
        self._child: Child | None = None

    def work(self) -> None:
        """Do it all; whatever happens, nothing of the app is left running."""
        signal.signal(signal.SIGTERM, self._be_asked)
        threading.Thread(target=self._hold_the_line, daemon=True).start()
        last: Phase = "stopped"
        try:
            versions = self._prepare()
            last = "prepared"
            self._tell(versions=versions)
            self._set_up()
            last = "stopped"
            self._serve()
        except _Ended:
            self._leave(phase=last, address=None, step="", problem="", hint="")
        except ServerError as error:
            self._leave(
                phase="failed", address=None, step="", problem=error.message, hint=error.hint
            )
        finally:
            self._leave()
            self._log.close()

    def _be_asked(self, number: int, frame: FrameType | None) -> None:
        self._end.set()

    def _hold_the_line(self) -> None:
        with suppress(OSError):
            while os.read(0, 1024):
                pass
        self._grace = _GRACE_ORPHANED
        self._end.set()

    def _leave(self, **changes: object) -> None:
        """End what runs, then say so: who reads that it has ended finds its port free."""
        child, self._child = self._child, None
        if child is not None:
            child.end(self._grace)
            end_marked([self._job.marker])
        if changes:
            self._tell(**changes)

    def _tell(self, **changes: object) -> None:
        self._held = self._held.changed(**changes)
        with suppress(OSError):  # the folder is gone or the disk full: the app itself may go on
            write_state(self._records, self._held)

    def _prepare(self) -> dict[str, str]:
        """Make the environment unless it is ready; return the versions in it."""
        job = self._job
        if versions := environment.ready(job):
            return dict(versions)
        if job.uv is None:
            raise ServerError(
                "There is no uv on this computer, which installs the packages of projects.",
                "Type `pip install uv`, then try again.",
            )
        self._tell(phase="preparing", step="Installing the packages")
        with suppress(OSError):
            environment.claim(job)
        environment.unmark(job)
        problem = ServerError("")
        for commands in environment.ways(job):
            try:
                for words in commands:
                    self._run(words, environment.environment_for_uv())
                return self._look()
            except environment.NotInstalled as failure:
                problem = ServerError(failure.message, failure.hint)
                if failure.final:
                    break
        raise problem

    def _look(self) -> dict[str, str]:
        """Look at the environment and mark it ready; raises `NotInstalled` if it is not whole."""
        python = environment.environment_python(self._job.project)
        words = [str(python), "-c", environment.LOOK, *self._job.packages]
        code, output = self._carry_out(words, {}, shown=False)
        versions = environment.looked_at(self._job, code, output)
        environment.mark_ready(self._job, versions)
        return versions

    def _run(self, words: list[str], more: dict[str, str]) -> None:
        code, output = self._carry_out(words, more)
        if code != 0:
            raise environment.NotInstalled.because(output, self._job.project)

    def _carry_out(
        self, words: list[str], more: dict[str, str], *, shown: bool = True
    ) -> tuple[int, str]:
        """Run a command to its end; return its exit code and the end of what it printed."""
        job = self._job
        variables = plain_environment(job.project, more, job.marker)
        child = Child(words, job.project, variables, self._log.write if shown else lambda _: None)
        self._child = child
        while child.code is None:
            self._expect_no_end()
            time.sleep(_PAUSE)
        child.hear_out()
        self._child = None
        return child.code or 0, child.output

    def _set_up(self) -> None:
        """Migrate and seed where that was not done yet."""
        job = self._job
        for step in setup.steps(job, self._records):
            self._tell(phase="starting", step=step.sentence)
            for line in step.lines:
                self._log.say(f"$ {line}")
                words = words_of(line, job.project)
                code, output = self._carry_out(words, job.variables())
                if code != 0:
                    raise setup.failed(job, line, output)
            setup.done(job, self._records, step)

    def _serve(self) -> None:
        wanted = self._job.wanted_port
        if not self._job.takes_port:
            wanted = urlsplit(self._job.address).port
        for _ in range(_TRIES):
            with claimed(wanted, only=not self._job.takes_port) as port:
                if self._start(port):
                    self._watch(port)
                    return
            wanted = None
        raise ServerError("Other programs took every port that was chosen.", "Try again.")

    def _start(self, port: int) -> bool:
        """Start the app; tell whether it is up, False when somebody else has taken the port.

        Raises `ServerError` if it ends by itself, or never answers.
        """
        job = self._job
        self._tell(
            phase="starting",
            address=f"http://{HOST}:{port}",
            step="Starting the app",
            log_from=self._log.offset,
        )
        (line,) = job.lines_of("run")[-1:]
        words = [*words_of(line, job.project), *filled(job.port.split(), port=port)]
        variables = plain_environment(job.project, job.variables(port=port), job.marker)
        child = self._child = Child(words, job.project, variables, self._log.write)
        deadline = time.monotonic() + job.patience
        strange = False
        while time.monotonic() < deadline:
            self._expect_no_end()
            if child.code is not None:
                return self._ended_early(port)
            if probe.listens(port):
                strange = not probe.owns(child.pid, job.marker, port)
                if not strange and probe.status(port) is not None:
                    return True
            time.sleep(_PAUSE)
        if strange:
            self._leave()
            return False
        raise ServerError(
            f"The app did not answer at {HOST}:{port} within {job.patience:g} seconds.",
            "Read its log.",
        )

    def _ended_early(self, port: int) -> bool:
        child = self._child
        assert child is not None
        child.hear_out()
        if not is_free(port) and self._job.takes_port:
            self._leave()
            return False
        raise ServerError(_last_line(child.output), "Read the log.")

    def _watch(self, port: int) -> None:
        """Stay until the app ends; raises `_Ended` when that was asked for."""
        child = self._child
        assert child is not None
        self._tell(phase="running", step="", problem="", hint="")
        while child.code is None:
            self._end.wait(_WATCH)
            self._expect_no_end()
        child.hear_out()
        self._leave(phase="crashed", address=None, problem=_last_line(child.output))

    def _expect_no_end(self) -> None:
        if self._end.is_set():
            if self._child is not None and self._held.state.phase in ("starting", "running"):
                self._tell(phase="stopping")
            raise _Ended


def _last_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "The app ended without a word."


def main() -> None:
    """Read the job and do it."""
    records = Path(sys.argv[1])
    line = b""
    while not line.endswith(b"\n"):
        data = os.read(0, 1 << 16)
        if not data:
            return
        line += data
    held = read_state(records) or Held(AppState(records.name, "preparing", since=now()))
    Guardian(records, read_job(line.decode()), held).work()


if __name__ == "__main__":
    main()
