"""What the sandbox itself counted or knows beside each row of the guide's table."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sandbox.knowledge import ALWAYS, Claim, Concept, Criterion
from sandbox.workshop import Workshop


@dataclass(frozen=True)
class Evidence:
    """One row: framework → the claim that quotes the table, and → what was counted, as lines.

    `provable` holds a concept for each feature of which a run of the contract says whether the
    framework's project has it.
    """

    criterion: Criterion
    claims: Mapping[str, Claim | None]
    counted: Mapping[str, tuple[str, ...]]
    provable: tuple[Concept, ...]

    def said(self, claim: Claim) -> str:
        """Return what the table says, without the name of its row."""
        words = claim.text.removeprefix("Table:").strip().rstrip(".")
        words = words.removeprefix(self.criterion.says).strip()
        return f"{words[:1].upper()}{words[1:]}"


def evidence(workshop: Workshop) -> tuple[Evidence, ...]:
    """Return all rows of the table."""
    return tuple(
        Evidence(
            criterion,
            {name: _claim(workshop, name, criterion) for name in workshop.knowledge.frameworks},
            {name: tuple(_counted(workshop, name, criterion)) for name in workshop.scaffolds},
            tuple(_provable(workshop, criterion)),
        )
        for criterion in workshop.knowledge.criteria.values()
    )


def _claim(workshop: Workshop, framework: str, criterion: Criterion) -> Claim | None:
    ratings = workshop.knowledge.ratings(framework)
    return next((ratings[name] for name in criterion.ratings if name in ratings), None)


def _counted(workshop: Workshop, framework: str, criterion: Criterion) -> Iterator[str]:
    notes = workshop.scaffold(framework).notes.concepts
    for name in criterion.concepts:
        if name in notes:
            yield f"{workshop.knowledge.concepts[name].title}: {notes[name].who}"
    if criterion.counted:
        yield _WAYS[criterion.counted](workshop, framework)


def _provable(workshop: Workshop, criterion: Criterion) -> Iterator[Concept]:
    known = workshop.knowledge.concepts
    if criterion.counted == "first_app":
        yield next(each for each in known.values() if each.feature == ALWAYS)
    for name in criterion.concepts:
        yield known[name]


def _first_app(workshop: Workshop, framework: str) -> str:
    cost = workshop.cost(workshop.request(framework))
    return f"{cost.all_files} files, {cost.all_lines} lines, {len(cost.packages)} packages"


def _built_in(workshop: Workshop, framework: str) -> str:
    workers = [each.who for each in workshop.scaffold(framework).notes.concepts.values()]
    return f"{workers.count('built in')} of {len(workers)} built in"


def _packages(workshop: Workshop, framework: str) -> str:
    scaffold = workshop.scaffold(framework)
    cost = workshop.cost(workshop.request(framework, features=scaffold.offers))
    return f"{len(cost.packages)} packages"


_WAYS: Mapping[str, Callable[[Workshop, str], str]] = {
    "first_app": _first_app,
    "built_in": _built_in,
    "packages": _packages,
}
