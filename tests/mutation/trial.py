"""One trial: a project with one fault in it is started, and the contract is held against it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sandbox.contract import Check, Result, checks_for, run_contract
from sandbox.errors import ServerError
from sandbox.generate.planted import plant
from tests.mutation.faults import Fault
from tests.mutation.starting import NotStarted, started
from tests.support.environments import python_for
from tests.support.variants import tree

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Trial:
    """How a fault fared; `check` is the first that noticed it, `message` what it said.

    A project that does not start is no trial of the checks: its fault is badly made.
    """

    fault: Fault
    outcome: Literal["caught", "survived", "not started"]
    check: str = ""
    message: str = ""


class Noticed(Exception):  # noqa: N818 - the aim of a trial, no error
    """The first check that failed; the others need not be made."""

    def __init__(self, result: Result) -> None:
        super().__init__(result.message)
        self.result = result


def try_faults(faults: Iterable[Fault]) -> Iterator[Trial]:
    """Try faults two at a time and yield the trials in the order given."""
    wanted = list(faults)
    for framework in {fault.framework for fault in wanted}:
        python_for(framework)
    with ThreadPoolExecutor(WORKERS) as pool:
        yield from pool.map(try_fault, wanted)


def try_fault(fault: Fault) -> Trial:
    """Render a project that can show the fault, plant it, start it and run the contract."""
    features = fault.about.project
    planted = plant(tree(fault.framework, features), fault.edits)
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        try:
            with started(fault.framework, planted, features, Path(folder)) as app:
                report = run_contract(
                    app.server.launch.url,
                    features,
                    means=app.means,
                    project_name="Shelf",
                    checks=_in_order(fault, features),
                    on_result=_stop_at_a_failure,
                )
        except (NotStarted, ServerError) as error:
            return Trial(fault, "not started", message=str(error))
        except Noticed as noticed:
            return Trial(fault, "caught", noticed.result.check.id, noticed.result.message)
    return Trial(fault, "survived", message=f"seed {report.seed}")


def _in_order(fault: Fault, features: tuple[str, ...]) -> list[Check]:
    """Return the checks: first the one that is said to notice, then those of its feature."""
    return sorted(
        checks_for(features),
        key=lambda check: (
            check.id != fault.about.check,
            check.feature not in fault.about.features,
        ),
    )


def _stop_at_a_failure(result: Result) -> None:
    if result.outcome == "failed":
        raise Noticed(result)
