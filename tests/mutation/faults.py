"""The planted faults of a framework: what is wrong, and the edits that make it so."""

from dataclasses import dataclass

from sandbox.generate.planted import Edit, load_edits
from sandbox.knowledge import faults
from tests.support.variants import WORKSHOP

DESCRIBED = faults.load_faults(WORKSHOP.knowledge)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault as one framework's projects have it; `about` says what is wrong."""

    about: faults.Fault
    framework: str
    edits: tuple[Edit, ...]

    @property
    def id(self) -> str:
        """Return the name that the fault has in every framework."""
        return self.about.id


def load_faults(framework: str) -> tuple[Fault, ...]:
    """Return the faults that are planted in a framework's code, in the order of the list."""
    planted = load_edits(WORKSHOP.scaffold(framework).folder, DESCRIBED)
    return tuple(
        Fault(about, framework, planted[name])
        for name, about in DESCRIBED.items()
        if name in planted
    )
