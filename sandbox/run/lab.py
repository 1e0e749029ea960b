"""The Lab: every project of the workspace as an app that is prepared, started and stopped."""

import shutil
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from sandbox.contract import Clock, Result
from sandbox.errors import RequestError, SandboxError, ServerError
from sandbox.run import environment
from sandbox.run.checked import Checked, read_checked, read_checking
from sandbox.run.checking import check
from sandbox.run.errand import Done, run_line
from sandbox.run.job import Job, environment_python
from sandbox.run.kin import end_marked
from sandbox.run.launch import Launcher
from sandbox.run.log import LogPart, read_log
from sandbox.run.state import RECORDS, UNDER_WAY, AppState, read_state, records_of, write_state
from sandbox.run.testing import FOLDER, TestRun, read_tests
from sandbox.run.trial import Trial, copied, trial
from sandbox.workspace import Project, Workspace

_PAUSE = 0.01


class Lab:
    """Start, stop and watch the apps of a workspace; the records say what is, not this object.

    Any number of these, in any number of processes, see the same apps. `job` says how the
    projects of a framework are run. What one starts ends with its process.
    """

    def __init__(self, workspace: Workspace, job: Callable[[Project], Job]) -> None:
        self._workspace = workspace
        self._job = job
        self._launcher = Launcher()

    def states(self) -> Mapping[str, AppState]:
        """Return the state of every project of the workspace, by the name of its folder.

        One that nobody here can run, of a framework not known, is passed over.
        """
        found: dict[str, AppState] = {}
        for each in self._workspace.projects():
            with suppress(RequestError):
                found[each.folder.name] = self.state(each)
        return found

    def state(self, project: Project) -> AppState:
        """Return what a project's app is doing just now."""
        records = records_of(project.folder)
        self._launcher.reap(records)
        found = read_state(records)
        if found is None:
            return self._resting(project, AppState(project.folder.name, "unprepared"))
        if found.state.phase in UNDER_WAY:
            if found.guardian and found.guardian.lives:
                return found.state
            found = read_state(records) or found  # it may have ended properly meanwhile
        state = found.state
        if state.phase == "crashed":
            return replace(state, address=None)
        if state.phase in UNDER_WAY:
            cut = "" if state.phase == "stopping" else "It was cut off."
            state = replace(state, problem=cut)
        return self._resting(project, state)

    def _resting(self, project: Project, state: AppState) -> AppState:
        """Return the state of an app that does not run: whether its environment is ready."""
        versions = environment.ready(self._job(project))
        phase = state.phase
        if phase != "failed":
            used = phase == "stopped" or phase in UNDER_WAY
            phase = ("stopped" if used else "prepared") if versions else "unprepared"
        return replace(state, phase=phase, address=None, step="", versions=versions or {})

    def start(self, project: Project, *, on_line: Callable[[str], None] | None = None) -> AppState:
        """Prepare a project, set its database up the first time, start it, wait for its answer.

        Raises `ServerError` when it does not come to that; an app that runs is left alone.
        `on_line` gets what is printed meanwhile.
        """
        self.begin([project])
        return self._wait(project, "running", on_line)

    def prepare(
        self, project: Project, *, on_line: Callable[[str], None] | None = None
    ) -> AppState:
        """Make a project's environment and wait for it; raises `ServerError` if that fails."""
        job = replace(self._job(project), goal="prepared")
        if environment.ready(job) is None:
            self._launcher.begin(records_of(project.folder), job)
            self._wait(project, "prepared", on_line)
        return self.state(project)

    def begin(self, projects: Sequence[Project]) -> None:
        """Start several at once and wait for none: how far they are stands in their states.

        One that waits, crashed, for its line to be mended is ended first.
        """
        for project in projects:
            records = records_of(project.folder)
            before = read_state(records)
            if before and before.state.phase == "crashed":
                self._launcher.end(records)
            address = before.state.address if before else None
            self._launcher.begin(records, self._job(project), port=_port(address))

    def stop(self, project: Project) -> None:
        """End a project's app, whoever started it; requests in flight get up to six seconds.

        Raises `ServerError` if it does not end.
        """
        self._launcher.end(records_of(project.folder))

    def begin_stop(self, project: Project) -> None:
        """Have a project's app end, or its preparation or start, and wait for nothing."""
        self._launcher.ask(records_of(project.folder))

    def cancel(self, project: Project) -> None:
        """End the preparation or the start of a project; what was fetched is kept for later."""
        self.stop(project)

    def restart(
        self, project: Project, *, on_line: Callable[[str], None] | None = None
    ) -> AppState:
        """Stop the app and start it again, at the same address if that can be had."""
        address = self.state(project).address
        self.stop(project)
        self._launcher.begin(records_of(project.folder), self._job(project), port=_port(address))
        return self._wait(project, "running", on_line)

    def begin_restart(self, project: Project) -> None:
        """Restart a project's app and wait for nothing."""
        self._in_background(lambda: self.restart(project))

    def close(self) -> None:
        """End every app that was started here; those of other processes go on."""
        self._launcher.close()

    def log(self, project: Project, offset: int = 0) -> LogPart:
        """Return a project's log from an offset on, a negative one counting from its end."""
        return read_log(records_of(project.folder), offset)

    def begin_test(self, project: Project) -> None:
        """Run a project's own tests and wait for nothing; one run at a time."""
        job = replace(self._job(project), goal="tested")
        self._launcher.begin(records_of(project.folder) / FOLDER, job)

    def test(self, project: Project, *, on_line: Callable[[str], None] | None = None) -> TestRun:
        """Run a project's own tests to their end; raises `ServerError` if it cannot be prepared."""
        records = records_of(project.folder) / FOLDER
        self.begin_test(project)
        self._follow(records, on_line, lambda held: held in UNDER_WAY)
        found = read_state(records)
        run = self.last_test(project)
        if run is None or (found and found.state.phase == "failed"):
            state = found.state if found else AppState(project.folder.name, "failed")
            raise ServerError(state.problem or "The tests did not start.", state.hint)
        return run

    def last_test(self, project: Project) -> TestRun | None:
        """Return how the project's own tests went last, or are going, None where they never ran."""
        records = records_of(project.folder)
        self._launcher.reap(records / FOLDER)
        return read_tests(records)

    def trial(self, project: Project) -> AbstractContextManager[Trial]:
        """Return a context in which a throwaway copy of a project runs, for checks.

        The learner's code and data stay as they are. Raises `ServerError` if it does not start.
        """
        self.prepare(project)
        return trial(self._job(project), records_of(project.folder))

    def check(
        self,
        project: Project,
        *,
        on_result: Callable[[Result], None] | None = None,
        clock: Clock | None = None,
    ) -> Checked:
        """Hold a copy of a project to the contract for its features, and keep the outcome.

        Raises `ServerError` if it cannot be prepared or does not start.
        """
        self.prepare(project)
        return check(
            project,
            self._job(project),
            on_result=on_result,
            clock=clock,
        )

    def begin_check(self, project: Project) -> None:
        """Hold a project to the contract and wait for nothing."""
        self._in_background(lambda: self.check(project))

    def last_check(self, project: Project) -> Checked | None:
        """Return the last outcome of the contract, None where there is none."""
        return read_checked(records_of(project.folder))

    def checking(self, project: Project) -> Checked | None:
        """Return how far the contract is that goes on just now, None where none does."""
        return read_checking(records_of(project.folder))

    def run_line(self, project: Project, line: str, *, seconds: float = 60.0) -> Done:
        """Run a command line of a project in a throwaway copy of it; raises `ServerError`.

        The learner's code and data stay as they are, whatever the command does.
        """
        self.prepare(project)
        with copied(self._job(project), records_of(project.folder)) as copy:
            return run_line(self._job(project), line, seconds, copy)

    def python(self, project: Project) -> Path:
        """Return the interpreter of a project's environment, whether it is there or not."""
        return environment_python(project.folder)

    def renamed(self, before: Project, after: Project) -> None:
        """Keep what is recorded of a project, which does not run, under its new name."""
        old, new = records_of(before.folder), records_of(after.folder)
        with suppress(OSError):  # it is told as one that has not run yet
            shutil.rmtree(new, ignore_errors=True)
            old.rename(new)
            for records in (new, new / FOLDER):
                if found := read_state(records):
                    state = replace(found.state, project=after.folder.name)
                    write_state(records, replace(found, state=state))

    def forget(self, project: Project) -> None:
        """Remove what is recorded of a project that is gone: another may get its name."""
        shutil.rmtree(records_of(project.folder), ignore_errors=True)

    def sweep(self) -> int:
        """End what killed guardians left behind, and mend their records; return how many ended.

        Records of folders that are gone go, too.
        """
        ended = 0
        for records in _folders(self._workspace.folder / RECORDS):
            found = read_state(records)
            if found is None or (found.guardian and found.guardian.lives):
                continue
            if found.marker:
                ended += end_marked([found.marker])
            if not (self._workspace.folder / records.name).exists():
                shutil.rmtree(records, ignore_errors=True)
            elif found.state.phase in UNDER_WAY and found.state.phase != "crashed":
                mended = found.changed(phase="stopped", address=None, problem="It was cut off.")
                with suppress(OSError):
                    write_state(records, replace(mended, guardian=None))
        return ended

    def _wait(
        self, project: Project, wanted: str, on_line: Callable[[str], None] | None
    ) -> AppState:
        records = records_of(project.folder)
        self._follow(records, on_line, lambda phase: phase in ("preparing", "starting", "stopping"))
        state = self.state(project)
        if state.phase != wanted:
            raise ServerError(
                state.problem or f"“{project.folder.name}” was stopped.",
                state.hint or "Read its log, then start it again.",
            )
        return state

    def _follow(
        self,
        records: Path,
        on_line: Callable[[str], None] | None,
        goes_on: Callable[[str], bool],
    ) -> None:
        """Tell line by line what is printed as long as the phase in the record is such a one."""
        found = read_state(records)
        offset = found.state.log_from if found else 0
        rest = ""
        while True:
            found = read_state(records)
            over = (
                found is None
                or not goes_on(found.state.phase)
                or found.guardian is None
                or not found.guardian.lives
            )
            part = read_log(records, offset)
            offset = part.offset
            *lines, rest = f"{rest}{part.text}".split("\n")
            for line in lines:
                if on_line is not None:
                    on_line(line)
            if over:
                self._launcher.reap(records)
                return
            time.sleep(_PAUSE)

    def _in_background(self, work: Callable[[], object]) -> None:
        def quietly() -> None:
            with suppress(SandboxError):  # it stands in the record, which who asked will read
                work()

        threading.Thread(target=quietly, daemon=True).start()


def _port(address: str | None) -> int | None:
    return urlsplit(address).port if address else None


def _folders(folder: Path) -> list[Path]:
    try:
        return [each for each in folder.iterdir() if each.is_dir()]
    except OSError:
        return []
