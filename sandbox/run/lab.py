"""The Lab: every project of the workspace as an app that is prepared, started and stopped."""

import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

import psutil

from sandbox.errors import ServerError, WorkspaceError
from sandbox.run import environment
from sandbox.run.job import Job
from sandbox.run.kin import end_marked, kin
from sandbox.run.log import LogPart, read_log
from sandbox.run.state import (
    UNDER_WAY,
    AppState,
    Held,
    now,
    read_state,
    records_of,
    write_state,
)
from sandbox.workspace import Project, Workspace
from sandbox.workspace.fault import fault_of
from sandbox.workspace.lock import held

_PAUSE = 0.02
_STOP_SECONDS = 10.0
_LOCK = "lock"


class Lab:
    """Start, stop and watch the apps of a workspace; the records say what is, not this object.

    Any number of these, in any number of processes, see the same apps. `job` says how the
    projects of a framework are run. What one starts ends with its process.
    """

    def __init__(self, workspace: Workspace, job: Callable[[Project], Job]) -> None:
        self._workspace = workspace
        self._job = job
        self._lock = Lock()
        self._guardians: dict[Path, subprocess.Popen[bytes]] = {}

    def states(self) -> Mapping[str, AppState]:
        """Return the state of every project of the workspace, by the name of its folder."""
        return {each.folder.name: self.state(each) for each in self._workspace.projects()}

    def state(self, project: Project) -> AppState:
        """Return what a project's app is doing just now."""
        self._reap(project)
        found = read_state(records_of(project.folder))
        if found is None:
            return self._resting(project, AppState(project.folder.name, "unprepared"))
        state = found.state
        if state.phase in UNDER_WAY and not (found.guardian and found.guardian.lives):
            # Read once more: it may have ended properly since.
            found = read_state(records_of(project.folder)) or found
            state = found.state
            if state.phase in UNDER_WAY and state.phase != "crashed":
                return replace(
                    self._resting(project, state),
                    problem="" if state.phase == "stopping" else "It was cut off.",
                )
        return state if state.phase in UNDER_WAY else self._resting(project, state)

    def start(self, project: Project, *, on_line: Callable[[str], None] | None = None) -> AppState:
        """Prepare a project, set its database up the first time, start it, wait for its answer.

        Raises `ServerError` when it does not come to that; an app that runs is left alone.
        `on_line` gets what is printed meanwhile.
        """
        self.begin([project])
        return self._wait(project, on_line or (lambda _: None))

    def begin(self, projects: Sequence[Project]) -> None:
        """Start several at once and wait for none: how far they are stands in their states."""
        for project in projects:
            self._begin(project, self._job(project))

    def stop(self, project: Project) -> None:
        """End a project's app, whoever started it; requests in flight get a moment.

        Raises `ServerError` if it does not end.
        """
        found = read_state(records_of(project.folder))
        guardian = found and found.guardian
        if found is None or guardian is None:
            return
        with suppress(psutil.Error):
            if guardian.lives:
                psutil.Process(guardian.pid).terminate()
        deadline = time.monotonic() + _STOP_SECONDS
        while guardian.lives:
            if time.monotonic() > deadline:
                raise ServerError(f"“{project.folder.name}” does not stop.", "Try it once more.")
            self._reap(project)
            time.sleep(_PAUSE)
        self._reap(project)

    def cancel(self, project: Project) -> None:
        """End the preparation or the start of a project; what was fetched is kept for later."""
        self.stop(project)

    def restart(
        self, project: Project, *, on_line: Callable[[str], None] | None = None
    ) -> AppState:
        """Stop the app and start it again, at the same address if that can be had."""
        self.stop(project)
        return self.start(project, on_line=on_line)

    def close(self) -> None:
        """End every app that was started here; those of other processes go on."""
        with self._lock:
            guardians, self._guardians = self._guardians, {}
        for guardian in guardians.values():
            guardian.terminate()
        for guardian in guardians.values():
            _collect(guardian)

    def log(self, project: Project, offset: int = 0) -> LogPart:
        """Return a project's log from an offset on."""
        return read_log(records_of(project.folder), offset)

    def sweep(self) -> int:
        """End what killed guardians left behind, and mend their records; return how many ended."""
        ended = 0
        for project in self._workspace.projects():
            records = records_of(project.folder)
            found = read_state(records)
            if found is None or (found.guardian and found.guardian.lives):
                continue
            if found.marker:
                ended += end_marked([found.marker])
            state = self.state(project)
            if state != found.state:
                with suppress(OSError):
                    write_state(records, replace(found, state=state, guardian=None))
        return ended

    def _begin(self, project: Project, job: Job) -> None:
        records = records_of(project.folder)
        with self._lock:
            try:
                records.mkdir(parents=True, exist_ok=True)
                with held(records / _LOCK, wait=5.0):
                    before = read_state(records)
                    if before and before.guardian and before.guardian.lives:
                        return
                    if before and before.marker:
                        end_marked([before.marker])
                    self._launch(project, records, job)
            except OSError as error:
                fault = fault_of(error)
                raise WorkspaceError(
                    f"“{project.folder.name}” cannot be started: {fault.reason}.", fault.hint
                ) from None

    def _launch(self, project: Project, records: Path, job: Job) -> None:
        """Start the guardian; it waits for its job until the record names it."""
        before = self.state(project)
        asked = replace(job, marker=secrets.token_hex(16), wanted_port=_port(before.address))
        guardian = subprocess.Popen(
            (sys.executable, "-m", "sandbox.run.guardian", str(records)),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        versions = environment.ready(job)
        phase = "starting" if versions else "preparing"
        state = AppState(
            project.folder.name,
            phase,
            since=now(),
            step="",
            versions=versions or {},
            log_from=read_log(records, most=0).offset,
        )
        self._guardians[records] = guardian
        assert guardian.stdin is not None
        try:
            write_state(records, Held(state, kin(guardian.pid), asked.marker))
            guardian.stdin.write(f"{asked.as_text()}\n".encode())
            guardian.stdin.flush()
        except OSError:
            guardian.stdin.close()  # without a job it ends
            raise

    def _wait(self, project: Project, on_line: Callable[[str], None]) -> AppState:
        offset = self.state(project).log_from
        unended = ""
        while True:
            state = self.state(project)
            part = self.log(project, offset)
            offset = part.offset
            *lines, unended = f"{unended}{part.text}".split("\n")
            for line in lines:
                on_line(line)
            if state.phase == "running":
                return state
            if state.phase not in ("preparing", "starting", "stopping"):
                raise ServerError(
                    state.problem or f"“{project.folder.name}” was stopped.",
                    state.hint or "Start it again.",
                )
            time.sleep(_PAUSE)

    def _resting(self, project: Project, state: AppState) -> AppState:
        """Return the state of an app that does not run: whether its environment is ready."""
        versions = environment.ready(self._job(project))
        phase = state.phase
        if phase in UNDER_WAY or phase in ("unprepared", "prepared", "stopped"):
            used = phase == "stopped" or phase in UNDER_WAY
            phase = ("stopped" if used else "prepared") if versions else "unprepared"
        return replace(state, phase=phase, address=None, step="", versions=versions or {})

    def _reap(self, project: Project) -> None:
        """Collect a guardian of ours that has ended, so that no zombie and no pipe stays."""
        records = records_of(project.folder)
        guardian = self._guardians.get(records)
        if guardian is not None and guardian.poll() is not None:
            self._guardians.pop(records, None)
            _collect(guardian)


def _collect(guardian: subprocess.Popen[bytes]) -> None:
    guardian.wait()
    assert guardian.stdin is not None
    guardian.stdin.close()


def _port(address: str | None) -> int | None:
    return urlsplit(address).port if address else None
