"""Start guardians and keep hold of their lifelines, for as long as this process lives."""

import secrets
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock

import psutil

from sandbox.errors import ServerError, WorkspaceError
from sandbox.run import environment
from sandbox.run.job import Job
from sandbox.run.kin import Kin, end_marked, kin
from sandbox.run.log import read_log
from sandbox.run.state import UNDER_WAY, AppState, Held, now, read_state, write_state
from sandbox.workspace.fault import fault_of
from sandbox.workspace.lock import held

_LOCK = "lock"
_PATIENCE = 5.0
_STOP_SECONDS = 15.0
_PAUSE = 0.02


class Launcher:
    """The guardians that this process has started, by the folder of their records."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._guardians: dict[Path, subprocess.Popen[bytes]] = {}

    def begin(self, records: Path, job: Job, *, port: int | None = None) -> None:
        """Start a guardian unless one is at work, whoever started it; raises `WorkspaceError`."""
        with self._lock:
            try:
                records.mkdir(parents=True, exist_ok=True)
                with held(records / _LOCK, wait=_PATIENCE):
                    before = read_state(records)
                    if before and before.guardian and before.guardian.lives:
                        if before.state.phase in UNDER_WAY:
                            return
                        self._wait_for_end(before.guardian)  # it has said its last word
                    if before and before.state.phase in UNDER_WAY:  # it was cut off
                        end_marked([before.marker])
                    marker = secrets.token_hex(16)
                    self._launch(records, replace(job, marker=marker, wanted_port=port))
            except OSError as error:
                fault = fault_of(error)
                raise WorkspaceError(
                    f"“{job.project.name}” cannot be started: {fault.reason}.", fault.hint
                ) from None

    def _launch(self, records: Path, job: Job) -> None:
        """Start the guardian; it waits for its job until the record names it."""
        self._collect(records)
        guardian = subprocess.Popen(
            (sys.executable, "-m", "sandbox.run.guardian", str(records)),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._guardians[records] = guardian
        versions = environment.ready(job) or {}
        phase = "starting" if versions and job.goal != "prepared" else "preparing"
        state = AppState(
            job.project.name,
            phase,
            since=now(),
            versions=versions,
            log_from=read_log(records, most=0).offset,
        )
        assert guardian.stdin is not None
        try:
            write_state(records, Held(state, kin(guardian.pid), job.marker))
            guardian.stdin.write(f"{job.as_text()}\n".encode())
            guardian.stdin.flush()
        except OSError:
            guardian.stdin.close()  # without a job it ends
            raise

    def ask(self, records: Path) -> None:
        """Ask the guardian at work there, whoever started it, to end; wait for nothing."""
        found = read_state(records)
        if found and found.guardian and found.guardian.lives:
            with suppress(psutil.Error):
                psutil.Process(found.guardian.pid).terminate()

    def end(self, records: Path) -> None:
        """Ask the guardian to end and wait for it; raises `ServerError` if it does not."""
        found = read_state(records)
        guardian = found and found.guardian
        if guardian is None:
            return
        self.ask(records)
        if not self._wait_for_end(guardian):
            raise ServerError(f"“{records.name}” does not stop.", "Try it once more.")
        self.reap(records)

    def _wait_for_end(self, guardian: Kin) -> bool:
        deadline = time.monotonic() + _STOP_SECONDS
        while guardian.lives and time.monotonic() < deadline:
            time.sleep(_PAUSE)
        return not guardian.lives

    def reap(self, records: Path) -> None:
        """Collect a guardian of ours that has ended, so that no zombie and no pipe stays."""
        guardian = self._guardians.get(records)
        if guardian is not None and guardian.poll() is not None:
            self._collect(records)

    def close(self) -> None:
        """End every guardian that was started here."""
        with self._lock:
            for guardian in self._guardians.values():
                guardian.terminate()
            for records in [*self._guardians]:
                self._collect(records)

    def _collect(self, records: Path) -> None:
        guardian = self._guardians.pop(records, None)
        if guardian is not None:
            guardian.wait()
            assert guardian.stdin is not None
            with suppress(OSError):
                guardian.stdin.close()
