"""How a project stood up to its own tests and to the contract, in the order to read it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.contract import Tier
from sandbox.run.checked import Checked, CheckOutcome
from sandbox.run.testing import TestRun
from sandbox.workshop import Workshop
from sandbox.workspace import Project

TIERS: tuple[tuple[Tier, str], ...] = (("works", "It works"), ("hardened", "It is hardened"))


@dataclass(frozen=True)
class Cause:
    """A failure to mend, and how many others follow from it."""

    outcome: CheckOutcome
    following: int


@dataclass(frozen=True)
class Outcomes:
    """The last run of the tests, the last of the contract, and the one that goes on just now."""

    tests: TestRun | None
    checked: Checked | None
    checking: Checked | None

    @property
    def running(self) -> bool:
        """Tell whether something is being tested or checked."""
        return self.checking is not None or bool(self.tests and self.tests.running)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Return the failures that follow from no other, the one to begin with first."""
        found = self.checked
        if found is None:
            return ()
        known = {each.id: each for each in found.results}
        return tuple(
            Cause(known[name], sum(each.follows == name for each in found.results))
            for name in found.causes
            if name in known
        )

    def tiers(self) -> Iterator[tuple[str, tuple[CheckOutcome, ...]]]:
        """Yield what each tier means, and its checks: failed ones first, then those not tried."""
        order = ("failed", "skipped", "passed")
        for tier, means in TIERS:
            results = self.checked.results if self.checked else ()
            these = [each for each in results if each.tier == tier]
            if these:
                yield means, tuple(sorted(these, key=lambda each: order.index(each.outcome)))


def outcomes_of(workshop: Workshop, project: Project) -> Outcomes:
    """Return what is recorded of a project."""
    lab = workshop.lab
    return Outcomes(lab.last_test(project), lab.last_check(project), lab.checking(project))
