"""A check: one sentence of the contract, and a function that holds an app to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sandbox.contract.app import Person

Tier: TypeAlias = Literal["works", "hardened"]
"""What a framework's own tutorial gets right, or what stock code may get wrong."""


@dataclass(frozen=True, slots=True)
class Check:
    """One sentence of the contract, checked when `feature` (and `needs`) is there, `unless` not.

    One in `production` has the app run there, and leaves it so. On a `foundation` others rest:
    while it fails, they are skipped where they meet the same step.
    """

    id: str
    feature: str
    sentence: str
    function: Callable[[Person], None]
    unless: str | None = None
    foundation: bool = False
    needs: str | None = None
    production: bool = False
    tier: Tier = "works"

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
    tier: Tier = "works",
) -> Callable[[Callable[[Person], None]], Check]:
    """Turn a function into a `Check` whose id is the feature and the function's name."""

    def make(function: Callable[[Person], None]) -> Check:
        name = function.__name__.replace("_", "-")
        return Check(
            f"{feature}.{name}",
            feature,
            sentence,
            function,
            unless,
            foundation,
            needs,
            production,
            tier,
        )

    return make
