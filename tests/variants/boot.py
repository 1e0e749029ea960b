"""Is a variant right when it runs? Its own tests pass, the contract holds, no link is broken."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from sandbox.contract import checks_for, run_contract
from sandbox.errors import ServerError
from sandbox.workspace import Workspace
from tests.mutation.starting import NotStarted, started
from tests.support.environments import python_for
from tests.support.patience import unhurried
from tests.variants.crawl import broken_links
from tests.variants.matrix import Variant, full

_TAIL = 2_000
_PATIENCE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Proof:
    """What running a variant has shown; `failures` are sentences and output, empty if all is well.

    Times are in seconds.
    """

    variant: Variant
    own_seconds: float
    checks: int
    contract_seconds: float
    seed: int
    failures: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Tell whether nothing failed."""
        return not self.failures


def prove(variant: Variant, *, short: bool = False) -> Proof:
    """Run a variant's own tests, then start it, hold it to the contract and follow its links.

    In short: no tests of its own, and of the contract the checks on which others rest.
    """
    begun = time.perf_counter()
    failures = () if short else own_tests(variant)
    own_seconds = time.perf_counter() - begun
    begun = time.perf_counter()
    checks, seed, more = contract(variant, short=short)
    return Proof(
        variant, own_seconds, checks, time.perf_counter() - begun, seed, (*failures, *more)
    )


def own_tests(variant: Variant) -> tuple[str, ...]:
    """Run the tests that the project comes with; return what they printed if they fail."""
    command = command_of(variant.scaffold.notes.commands["test"][-1])
    with tempfile.TemporaryDirectory(prefix="own-tests-") as name:
        project = Workspace(Path(name)).write(variant.tree, "shelf").folder
        done = subprocess.run(
            [str(python_for(variant.framework)), *command],
            cwd=project,
            capture_output=True,
            text=True,
            env=environment(),
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
    if done.returncode == 0:
        return ()
    return (f"own tests: {(done.stdout + done.stderr)[-_TAIL:]}",)


def command_of(line: str) -> list[str]:
    """Turn `uv run pytest` or `uv run python manage.py test` into an interpreter's arguments."""
    words = line.split()[2:]
    return words[1:] if words[0] == "python" else ["-m", *words]


def environment() -> dict[str, str]:
    """Return ours without what would reach into the project."""
    ours = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    return {**ours, "PYTHONDONTWRITEBYTECODE": "1"}


def contract(
    variant: Variant, seed: int | None = None, *, short: bool = False
) -> tuple[int, int, tuple[str, ...]]:
    """Start the project and hold it to the contract: number of checks, seed, failures.

    A check that was skipped counts as failed: whatever it needs is to be had here.
    """
    with tempfile.TemporaryDirectory(prefix="contract-") as name:
        try:
            with started(
                variant.framework,
                variant.tree,
                variant.features,
                Path(name),
                cheap_passwords=variant != full(variant.framework),
            ) as app:
                url = app.server.launch.url
                broken = broken_links(url)
                checks = [check for check in checks_for(variant.features) if check.foundation]
                report = run_contract(
                    url,
                    variant.features,
                    means=app.means,
                    project_name="Shelf",
                    seed=seed,
                    checks=checks if short else None,
                    clock=unhurried(),
                )
                output = app.server.last_output(30)
        except (NotStarted, ServerError) as error:
            return 0, 0, (f"it does not start: {error}",)
    failed = [f"{each.check.id}: {each.message}" for each in report.of("failed")]
    failed += [f"{each.check.id} was skipped: {each.message}" for each in report.of("skipped")]
    failed += broken
    if failed:
        failed.append(f"seed {report.seed}; the app printed last:\n{output}")
    return len(report.results), report.seed, tuple(failed)
