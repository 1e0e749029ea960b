"""One trial: a project with one fault in it is started, and the contract is held against it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
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

    A project that does not start is no trial of the checks: its fault is badly made. `red` are
    all checks that failed: more than one only where all were made.
    """

    fault: Fault
    outcome: Literal["caught", "survived", "not started"]
    check: str = ""
    message: str = ""
    red: tuple[str, ...] = ()


class Noticed(Exception):  # noqa: N818 - the aim of a trial, no error
    """The first check that failed; the others need not be made."""

    def __init__(self, result: Result) -> None:
        super().__init__(result.message)
        self.result = result


def try_faults(faults: Iterable[Fault], *, whole: bool = False) -> Iterator[Trial]:
    """Try faults two at a time and yield the trials in the order given.

    With `whole` every check of a project is made, also after the first that failed.
    """
    wanted = list(faults)
    for framework in {fault.framework for fault in wanted}:
        python_for(framework)
    with ThreadPoolExecutor(WORKERS) as pool:
        yield from pool.map(partial(try_fault, whole=whole), wanted)


def try_fault(fault: Fault, *, whole: bool = False) -> Trial:
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
                    on_result=None if whole else _stop_at_a_failure,
                )
        except (NotStarted, ServerError) as error:
            return Trial(fault, "not started", message=str(error))
        except Noticed as noticed:
            return _caught(fault, [noticed.result])
    failed = report.of("failed")
    return _caught(fault, failed) if failed else _survived(fault, report.seed)


def _caught(fault: Fault, failed: Sequence[Result]) -> Trial:
    red = tuple(result.check.id for result in failed)
    return Trial(fault, "caught", red[0], failed[0].message, red)


def _survived(fault: Fault, seed: int) -> Trial:
    return Trial(fault, "survived", message=f"seed {seed}")


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
