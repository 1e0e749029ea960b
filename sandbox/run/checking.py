"""Hold a copy of a project to the contract, with everything the checks may need at hand."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

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
    try:
        checked = _outcome(begun, project, _Progress(begun, job, on_result), clock)
    except SandboxError as error:
        _keep(records, begun.given_up(error))
        raise
    except OSError as error:
        fault = fault_of(error)
        message = f"A copy of “{project.folder.name}” cannot be made: {fault.reason}."
        raise ServerError(message, fault.hint) from None
    _keep(records, checked)
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


def _outcome(
    begun: Checked, project: Project, progress: "_Progress", clock: Clock | None
) -> Checked:
    began = time.monotonic()
    progress.keep()
    with trial(progress.job, records_of(project.folder)) as copy:
        report = run_contract(
            copy.url,
            project.features,
            means=copy.means,
            project_name=project.name,
            clock=clock,
            on_result=progress.tell,
        )
    return begun.done(report, time.monotonic() - began)


def _keep(records: Path, checked: Checked) -> None:
    with suppress(OSError):  # the outcome is told all the same
        keep(records, checked)


class _Progress:
    """Keep how far a run is, now and then."""

    def __init__(
        self, begun: Checked, job: Job, on_result: Callable[[Result], None] | None
    ) -> None:
        self.job = job
        self._checked = begun
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
        _keep(records_of(self.job.project), self._checked)
