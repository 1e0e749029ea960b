"""Set projects side by side: what each of them does about every concept, and what it costs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sandbox.compare.anchors import Excerpt, Missing, locate
from sandbox.compare.cost import Cost, count
from sandbox.generate import FileTree, ScaffoldNotes
from sandbox.knowledge import ALWAYS, Concept


@dataclass(frozen=True)
class Column:
    """One project of a comparison, ours or the learner's own, with its framework's notes."""

    key: str
    title: str
    framework: str
    features: tuple[str, ...]
    tree: FileTree
    notes: ScaffoldNotes


@dataclass(frozen=True)
class Cell:
    """What one project does about a concept.

    Without an excerpt, `reason` says why in one sentence, and `needs` names the feature that the
    project lacks if that is the cause.
    """

    excerpt: Excerpt | None
    who: str
    note: str
    docs: str
    more: str = ""
    reason: str = ""
    needs: str | None = None


@dataclass(frozen=True)
class Row:
    """One concept with a cell for every column, by the column's key."""

    concept: Concept
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Comparison:
    """Columns, a row for each concept that at least one of them has, and costs by column key."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    costs: Mapping[str, Cost]


def compare(concepts: Mapping[str, Concept], columns: Sequence[Column]) -> Comparison:
    """Compare projects concept by concept, in the order of `concepts`."""
    rows = (
        Row(concept, MappingProxyType({column.key: _cell(concept, column) for column in columns}))
        for concept in concepts.values()
        if any(has(column.features, concept) for column in columns)
    )
    costs = {column.key: cost_of(column) for column in columns}
    return Comparison(tuple(columns), tuple(rows), MappingProxyType(costs))


def has(features: Iterable[str], concept: Concept) -> bool:
    """Tell whether a project with these features knows a concept."""
    return concept.feature in (ALWAYS, *features)


def cost_of(column: Column) -> Cost:
    """Return what a column has in files, lines and packages."""
    return count(column.tree, packages(column))


def packages(column: Column) -> Iterable[str]:
    """Yield the packages that a column's features install."""
    for feature in dict.fromkeys((ALWAYS, *column.features)):
        yield from column.notes.installed.get(feature, ())


def locate_first(anchors: Sequence[str], tree: FileTree) -> Excerpt | Missing:
    """Return the first excerpt that resolves, or the reason why the first anchor does not."""
    found = [locate(anchor, tree) for anchor in anchors]
    excerpts = (item for item in found if isinstance(item, Excerpt))
    return next(excerpts, found[0] if found else Missing("There is no code to show for this."))


def _cell(concept: Concept, column: Column) -> Cell:
    entry = column.notes.concepts.get(concept.id)
    if entry is None:
        return Cell(None, "", "", "", reason="Nothing is written about this framework here yet.")
    about = (entry.who, entry.note, entry.docs, entry.more)
    if not has(column.features, concept):
        reason = f"This project is without the feature “{concept.feature}”, which brings it."
        return Cell(None, *about, reason=reason, needs=concept.feature)
    found = locate_first(entry.anchors, column.tree)
    if isinstance(found, Missing):
        return Cell(None, *about, reason=found.reason)
    return Cell(found, *about)
