"""A check: one sentence of the contract, and a function that holds an app to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.contract.api import Api


class Failure(Exception):  # noqa: N818 - a finding about the app, no error of ours
    """The app breaks the contract; the text tells a learner what was expected and what came.

    `step` is the request that went wrong, like `POST /api/books`, when there is one to blame.
    """

    def __init__(self, message: str, *, step: str | None = None) -> None:
        super().__init__(message)
        self.step = step


class NoAnswer(Failure):
    """The app did not answer at all: it hangs, or its process has ended."""


class Skipped(Exception):  # noqa: N818 - no error at all
    """A check cannot be made here; the text is the plain reason."""


@dataclass(frozen=True, slots=True)
class Check:
    """One sentence of the contract, checked when `feature` (and `needs`) is there, `unless` not.

    One in `production` has the app run there, and leaves it so. On a `foundation` others rest:
    while it fails, they are skipped where they meet the same step.
    """

    id: str
    feature: str
    sentence: str
    function: Callable[[Api], None]
    unless: str | None = None
    foundation: bool = False
    needs: str | None = None
    production: bool = False

    @property
    def about(self) -> frozenset[str]:
        """Return the features that the sentence speaks of."""
        return frozenset({self.feature, self.needs or self.feature})

    def applies(self, features: frozenset[str]) -> bool:
        """Tell whether an app with these features must pass the check."""
        return self.about <= features and self.unless not in features


def check(
    feature: str,
    sentence: str,
    *,
    unless: str | None = None,
    needs: str | None = None,
    foundation: bool = False,
    production: bool = False,
) -> Callable[[Callable[[Api], None]], Check]:
    """Turn a function into a `Check` whose id is the feature and the function's name."""

    def make(function: Callable[[Api], None]) -> Check:
        name = function.__name__.replace("_", "-")
        return Check(
            f"{feature}.{name}", feature, sentence, function, unless, foundation, needs, production
        )

    return make
