"""Hold a copy of a project to the contract, with everything the checks may need at hand."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from sandbox.contract import Clock, Result, checks_for, run_contract
from sandbox.errors import SandboxError, ServerError
from sandbox.run import environment
from sandbox.run.checked import Checked, digest_of, keep, outcome_of
from sandbox.run.job import Job
from sandbox.run.kin import kin
from sandbox.run.state import now, records_of
from sandbox.run.trial import trial
from sandbox.workspace import Project, read_tree
from sandbox.workspace.fault import fault_of

_KEPT_EVERY = 0.5  # seconds


def check(
    project: Project,
    job: Job,
    *,
    on_result: Callable[[Result], None] | None = None,
    clock: Clock | None = None,
) -> Checked:
    """Run the contract for a prepared project's features and keep the outcome, good or bad.

    Raises `SandboxError` when it comes to no outcome; why is kept as well.
    """
    records = records_of(project.folder)
    begun = _begun(project, job)
    progress = _Progress(begun, job, on_result)
    began = time.monotonic()
    try:
        progress.keep()
        with trial(job, records) as copy:
            report = run_contract(
                copy.url,
                project.features,
                means=copy.means,
                project_name=project.name,
                clock=clock,
                on_result=progress.tell,
            )
        checked = begun.done(report, time.monotonic() - began)
    except SandboxError as error:
        failed = replace(begun, problem=error.message, hint=error.hint, running=False, by=None)
        with suppress(OSError):
            keep(records, failed)
        raise
    except OSError as error:
        fault = fault_of(error)
        message = f"There is no room to check a copy of “{project.folder.name}”: {fault.reason}."
        raise ServerError(message, fault.hint) from None
    with suppress(OSError):
        keep(records, checked)
    return checked


def _begun(project: Project, job: Job) -> Checked:
    return Checked(
        at=now(),
        features=project.features,
        versions=environment.ready(job) or {},
        code=digest_of(read_tree(project.folder)),
        total=len(checks_for(project.features)),
        running=True,
        by=kin(os.getpid()),
    )


class _Progress:
    """Keep how far a run is, now and then."""

    def __init__(
        self, begun: Checked, job: Job, on_result: Callable[[Result], None] | None
    ) -> None:
        self._checked = begun
        self._records = records_of(job.project)
        self._on_result = on_result
        self._kept = 0.0

    def tell(self, result: Result) -> None:
        """Take one more result."""
        results = (*self._checked.results, outcome_of(result))
        self._checked = replace(self._checked, results=results)
        if time.monotonic() - self._kept > _KEPT_EVERY:
            self.keep()
        if self._on_result is not None:
            self._on_result(result)

    def keep(self) -> None:
        """Write down what there is."""
        self._kept = time.monotonic()
        with suppress(OSError):
            keep(self._records, self._checked)
