"""Run the contract against one app and report sentence by sentence."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from sandbox.contract.app import App
from sandbox.contract.check import Check, Tier
from sandbox.contract.checks import CHECKS
from sandbox.contract.clock import Clock, Limits, TimeIsUp
from sandbox.contract.failure import Failure, MeansName, NoAnswer, Skipped
from sandbox.contract.first_look import look
from sandbox.contract.means import Means
from sandbox.contract.samples import Samples
from sandbox.contract.transport import Transport
from sandbox.errors import ServerError

Outcome: TypeAlias = Literal["passed", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class Result:
    """How one check went; `message` tells why it failed or was skipped.

    `follows` is the id of an earlier check that failed for the same reason, or whose failure this
    one waits for. `means` names what would make a skipped check possible.
    """

    check: Check
    outcome: Outcome
    message: str = ""
    follows: str | None = None
    means: MeansName | None = None


@dataclass(frozen=True, slots=True)
class Early:
    """Why a run ended before its last check, and how many checks it left out."""

    reason: Literal["time", "silence"]
    message: str
    left_out: int


@dataclass(frozen=True, slots=True)
class ContractReport:
    """All results of one run, and the seed that makes the same run again.

    Checks that a run left out since it ended `early` are skipped ones here.
    """

    results: tuple[Result, ...]
    seed: int
    early: Early | None = None

    @property
    def ok(self) -> bool:
        """Tell whether the app works: no check of that tier failed, and the run came to its end."""
        return not self.amiss

    @property
    def amiss(self) -> tuple[Result, ...]:
        """Return what keeps the app from working: failures of that tier, and what was left out."""
        left_out = self.results[len(self.results) - self.early.left_out :] if self.early else ()
        failed = (each for each in self.of("failed") if each.check.tier == "works")
        return (*failed, *left_out)

    @property
    def hardened(self) -> bool:
        """Tell whether the app also holds against hostile input: no check failed at all."""
        return self.ok and not self.of("failed")

    @property
    def first_cause(self) -> Result | None:
        """Return the failure to begin with."""
        return next(iter(self.causes), None)

    @property
    def causes(self) -> tuple[Result, ...]:
        """Return the failures that follow from no other, in the order to mend them in.

        Those that keep the app from working come first, then those that most others follow from.
        """
        roots = [each for each in self.of("failed") if each.follows is None]
        weight = {each.check.id: len(self.following(each)) for each in roots}
        return tuple(
            sorted(roots, key=lambda each: (each.check.tier != "works", -weight[each.check.id]))
        )

    def following(self, cause: Result) -> tuple[Result, ...]:
        """Return the results that follow from a failure."""
        return tuple(each for each in self.results if each.follows == cause.check.id)

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
    clock: Clock | None = None,
    on_result: Callable[[Result], None] | None = None,
) -> ContractReport:
    """Hold the app at `base_url` to the contract for these features, one check after another.

    Books that the run adds are deleted again where the app can do that; no other book is touched.
    Checks for which `means` has no means are skipped, as is the one of the home page without
    `project_name`. With `auth` the members that the run signs up stay behind. `checks` says which
    ones are made, and in which order; all that apply unless given. A run ends early when the time
    of its `clock` is up, or the app stops answering. Raises `ServerError` when nothing answers, or
    nothing like Shelf.
    """
    clock = clock or Clock(Limits())
    chosen = frozenset({"hello", *features})
    look(base_url, chosen, clock.limits)
    app = App(
        base_url,
        features=chosen,
        samples=Samples(secrets.randbelow(2**32) if seed is None else seed),
        means=means,
        project_name=project_name,
        clock=clock,
    )
    try:
        return _report(app, checks_for(features) if checks is None else checks, on_result)
    finally:
        app.close()


def _report(
    app: App, checks: Sequence[Check], on_result: Callable[[Result], None] | None
) -> ContractReport:
    """Make the checks, tell of each, and take the run's books away."""
    results: list[Result] = []
    early: Early | None = None
    try:
        for result in _Run(app).results(checks):
            results.append(result)
            if on_result is not None:
                on_result(result)
        app.leave_production()
        _tidy(app)
    except _EndsEarly as end:
        rest = checks[len(results) :]
        early = Early(end.reason, str(end), len(rest))
        results += [
            Result(check, "skipped", "it was left out: the run ended early") for check in rest
        ]
    return ContractReport(tuple(results), app.samples.seed, early)


class _EndsEarly(Exception):  # noqa: N818 - a run that cannot go on, no error
    """The app is gone, or the time is up."""

    def __init__(self, reason: Literal["time", "silence"], message: str) -> None:
        super().__init__(message)
        self.reason: Literal["time", "silence"] = reason


class _Run:
    """Make the checks of one run, and remember which failures explain others."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._broken: dict[str, str] = {}
        self._reasons: dict[tuple[str | None, str], Check] = {}

    def results(self, checks: Iterable[Check]) -> Iterator[Result]:
        """Make one check after another; raises `_EndsEarly`."""
        limits = self._app.transport.clock.limits
        for check in checks:
            try:
                yield self._make(check)
            except NoAnswer as silence:
                yield self._failed(check, silence)
                self._expect_life(silence)
            except TimeIsUp:
                raise _EndsEarly(
                    "time", f"The {limits.run_seconds / 60:g} minutes of this run are over."
                ) from None

    def _make(self, check: Check) -> Result:
        """Make one check; raises `NoAnswer` and `TimeIsUp`."""
        self._app.transport.sent = 0
        try:
            if not check.production:
                self._app.leave_production()
            check.function(self._app.person())
        except Skipped as reason:
            return Result(check, "skipped", str(reason), means=reason.means)
        except (NoAnswer, TimeIsUp):
            raise
        except Failure as failure:
            return self._failed(check, failure)
        except ServerError as error:
            raise NoAnswer(f"The app did not come back: {error}") from None
        except Exception as error:  # an answer nobody thought of must not end the run
            message = (
                "The app answered something the check cannot read "
                f"({type(error).__name__}: {str(error)[:100]}): compare it with the contract."
            )
            return self._failed(check, Failure(message))
        return Result(check, "passed")

    def _failed(self, check: Check, failure: Failure) -> Result:
        """Return a failure, or that the check waits for the one that broke its step before."""
        if failure.step in self._broken:
            message = f"it needs {failure.step}, which does not work yet"
            return Result(check, "skipped", message, follows=self._broken[failure.step])
        if check.foundation and failure.step is not None:
            self._broken[failure.step] = check.id
        reason = str(failure).partition(" answered ")[2] or str(failure)
        first = self._reasons.setdefault((failure.step, reason), check)
        if first.tier == "hardened" and check.tier == "works":
            # What keeps the app from working is not explained by a further aim.
            first = self._reasons[failure.step, reason] = check
        return Result(check, "failed", str(failure), None if first is check else first.id)

    def _expect_life(self, silence: NoAnswer) -> None:
        """Ask once more after a silence: an app may hang at one address and answer at others."""
        limits = self._app.transport.clock.limits
        patience = replace(limits, answer_seconds=limits.answer_seconds / 2)
        for path in ("/health", "/"):
            try:
                Transport(self._app.base_url, Clock(patience)).send("GET", path)
            except NoAnswer:
                continue
            except Failure:
                return
            return
        raise _EndsEarly("silence", f"The app has stopped answering. {silence}") from None


def _tidy(app: App) -> None:
    """Delete the books of this run; leave them where the app cannot be trusted with it."""
    tag = app.samples.tag
    if "database" not in app.features:
        return
    app.transport.sent = 0
    try:
        for book in app.person().find_books(tag):
            if tag in book.title or tag in book.author:
                app.person().delete(book.path)
    except (Failure, TimeIsUp):
        return
