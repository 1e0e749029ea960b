"""Run the contract against one app and report sentence by sentence."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sandbox.contract.app import App
from sandbox.contract.check import Check, Tier
from sandbox.contract.checks import CHECKS
from sandbox.contract.failure import Failure, NoAnswer, Skipped
from sandbox.contract.means import Means
from sandbox.contract.samples import Samples
from sandbox.errors import ServerError

Outcome: TypeAlias = Literal["passed", "failed", "skipped"]

_SILENCE_LIMIT = 3
"""After so many checks in a row without an answer the app counts as gone."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one check went; `message` tells why it failed or was skipped."""

    check: Check
    outcome: Outcome
    message: str = ""


@dataclass(frozen=True, slots=True)
class ContractReport:
    """All results of one run, and the seed that makes the same run again."""

    results: tuple[Result, ...]
    seed: int

    @property
    def ok(self) -> bool:
        """Tell whether no check failed."""
        return not self.of("failed")

    def of(self, outcome: Outcome) -> tuple[Result, ...]:
        """Return the results with this outcome."""
        return tuple(result for result in self.results if result.outcome == outcome)


def checks_for(
    features: Iterable[str], *, among: Iterable[str] | None = None, tier: Tier | None = None
) -> tuple[Check, ...]:
    """Return the checks that an app with this set of features must pass; `hello` always is in.

    With `among` only those that are about these of its features, with `tier` only those of one.
    """
    chosen = frozenset({"hello", *features})
    asked = chosen if among is None else frozenset({"hello", *among})
    return tuple(
        each
        for each in CHECKS
        if each.applies(chosen) and each.about <= asked and tier in {None, each.tier}
    )


def run_contract(
    base_url: str,
    features: Collection[str],
    *,
    means: Means | None = None,
    project_name: str | None = None,
    seed: int | None = None,
    checks: Sequence[Check] | None = None,
    on_result: Callable[[Result], None] | None = None,
) -> ContractReport:
    """Hold the app at `base_url` to the contract for these features, one check after another.

    Books that the run adds are deleted again where the app can do that; no other book is touched.
    Checks for which `means` has no means are skipped, as is the one of the home page without
    `project_name`. With `auth` the members that the run signs up stay behind. `checks` says which
    ones are made, and in which order; all that apply unless given. Raises `ServerError` when
    nothing answers.
    """
    seed = secrets.randbelow(2**32) if seed is None else seed
    app = App(
        base_url,
        features=frozenset({"hello", *features}),
        samples=Samples(seed),
        means=means,
        project_name=project_name,
    )
    try:
        _expect_an_answer(app)
        results: list[Result] = []
        broken: set[str] = set()
        silent = 0
        for check in checks_for(features) if checks is None else checks:
            result, answered = (
                _gone(check) if silent >= _SILENCE_LIMIT else _run(check, app, broken)
            )
            silent = 0 if answered else silent + 1
            results.append(result)
            if on_result is not None:
                on_result(result)
        if silent < _SILENCE_LIMIT:
            app.leave_production()
            _tidy(app)
    finally:
        app.close()
    return ContractReport(tuple(results), seed)


def _expect_an_answer(app: App) -> None:
    try:
        app.visitor().get("/")
    except NoAnswer:
        raise ServerError(
            f"Nothing answers at {app.base_url}.",
            "Start the app first, and compare the address and port with what it prints.",
        ) from None
    except Failure:
        return


def _run(check: Check, app: App, broken: set[str]) -> tuple[Result, bool]:
    """Make one check; also tell whether the app answered. A failed foundation joins `broken`."""
    try:
        if not check.production:
            app.leave_production()
        check.function(app.person())
    except Skipped as reason:
        return Result(check, "skipped", str(reason)), True
    except Failure as failure:
        if failure.step in broken:
            message = f"it needs {failure.step}, which does not work yet: see above"
            return Result(check, "skipped", message), True
        if check.foundation and failure.step is not None:
            broken.add(failure.step)
        return Result(check, "failed", str(failure)), not isinstance(failure, NoAnswer)
    except ServerError as error:
        return Result(check, "failed", f"The app did not come back: {error}"), False
    except Exception as error:  # an answer nobody thought of must not end the run
        message = (
            "The app answered something the check cannot read "
            f"({type(error).__name__}: {str(error)[:100]}): compare it with the contract."
        )
        return Result(check, "failed", message), True
    return Result(check, "passed"), True


def _gone(check: Check) -> tuple[Result, bool]:
    return Result(check, "failed", "Not tried: the app has stopped answering."), False


def _tidy(app: App) -> None:
    """Delete the books of this run; leave them where the app cannot be trusted with it."""
    tag = app.samples.tag
    if "database" not in app.features:
        return
    try:
        for book in app.person().find_books(tag):
            if tag in book.title or tag in book.author:
                app.person().delete(book.path)
    except Failure:
        return
