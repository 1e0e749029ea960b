"""One trial: a project with one fault in it is started, and the contract is held against it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sandbox.contract import run_contract
from sandbox.errors import ServerError
from tests.mutation.faults import Fault, plant
from tests.mutation.starting import NotStarted, started
from tests.support.environments import python_for
from tests.support.variants import WORKSHOP, tree

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Trial:
    """How a fault fared: `checks` are the ids of those that noticed it.

    A project that does not start is no trial of the checks: its fault is badly made.
    """

    fault: Fault
    outcome: Literal["caught", "survived", "not started"]
    checks: tuple[str, ...] = ()
    message: str = ""


def try_faults(faults: Iterable[Fault]) -> Iterator[Trial]:
    """Try faults two at a time and yield the trials in the order given."""
    wanted = list(faults)
    for framework in {fault.framework for fault in wanted}:
        python_for(framework)
    with ThreadPoolExecutor(WORKERS) as pool:
        yield from pool.map(try_fault, wanted)


def try_fault(fault: Fault) -> Trial:
    """Render the project with every feature, plant the fault, start it and run the contract."""
    features = ("hello", *WORKSHOP.scaffold(fault.framework).offers)
    planted = plant(tree(fault.framework, features), fault)
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        try:
            with started(fault.framework, planted, features, Path(folder)) as server:
                report = run_contract(
                    server.launch.url, features, restart=server.restart, project_name="Shelf"
                )
        except (NotStarted, ServerError) as error:
            return Trial(fault, "not started", message=str(error))
    failed = report.of("failed")
    return Trial(
        fault,
        "caught" if failed else "survived",
        tuple(result.check.id for result in failed),
        failed[0].message if failed else f"seed {report.seed}",
    )
