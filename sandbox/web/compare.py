"""Compare: whole projects side by side, then concept by concept, and any two line by line."""

from collections.abc import Iterable, Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from sandbox.compare import Column, Comparison, Row, TreeDiff, diff
from sandbox.compare.cost import KINDS, kind_of
from sandbox.errors import RequestError
from sandbox.generate import FileTree, ProjectRequest
from sandbox.knowledge import ALWAYS, Feature
from sandbox.web.current import current_workshop
from sandbox.web.highlight import MOST_LINES
from sandbox.web.own_projects import own_project
from sandbox.web.query import asked, one, several
from sandbox.web.security import TokenNeeded, is_trusted
from sandbox.workspace import Project

blueprint = Blueprint("compare", __name__)

FIRST_CODE = "hello_route"
OWN = "project"
_PAGE_LENGTH = 300_000  # characters of a learner's own project on one page, markup counted
_MARKUP = 40  # characters of markup a line


@blueprint.get("/compare")
def page() -> ResponseReturnValue:
    """Show the chosen projects in columns: the hello apps when nothing is chosen."""
    workshop = current_workshop()
    wanted = asked()
    own = tuple(dict.fromkeys(wanted.get(OWN, ())))  # names of folders, which may hold commas
    if own and not is_trusted():
        raise TokenNeeded
    ticked = tuple(name for name in several(wanted, "features") if name != ALWAYS)
    named = several(wanted, "framework") or (() if own else tuple(workshop.scaffolds))
    requests = workshop.requests(named, features=ticked)
    chosen = requests if named else ()
    result = workshop.comparison([*chosen, *(own_project(name) for name in own)])
    files = {column.key: _in_reading_order(column, result) for column in result.columns}
    return render_template(
        "compare/page.html",
        result=result,
        frameworks=[each.framework for each in chosen],
        own=own,
        projects=workshop.projects() if is_trusted() else (),
        ticked=ticked,
        features=requests[0].features,
        offered=[each for each in workshop.offered.values() if each.id != ALWAYS],
        scaffolds=workshop.scaffolds,
        kinds=KINDS,
        most=_most(result),
        groups=_by_feature(result),
        files=files,
        left_out={
            column.key: _files_left_out(files[column.key]) if _is_own(column) else frozenset()
            for column in result.columns
        },
    )


@blueprint.get("/compare/diff")
def difference() -> ResponseReturnValue:
    """Show what differs between two projects: two steps of one framework, or across frameworks."""
    choices = _choices()
    named = tuple(choices)
    start = (named[0], named[min(1, len(named) - 1)])
    sides = [one(asked(), key, default) for key, default in zip(_SIDES, start, strict=True)]
    found = diff(*(_tree(side) for side in sides))
    own = any(side.startswith(f"{OWN}:") for side in sides)
    return render_template(
        "compare/diff.html",
        choices=choices,
        sides=dict(zip(_SIDES, sides, strict=True)),
        titles=[choices.get(side, side) for side in sides],
        diff=found,
        left_out=_changes_left_out(found) if own else frozenset(),
        same_framework=sides[0].split(":")[0] == sides[1].split(":")[0],
    )


_SIDES = ("before", "after")


def _most(result: Comparison) -> dict[str, int]:
    """Return the largest count of any column, for bars on one scale."""
    costs = result.costs.values()
    return {
        "files": max((cost.all_files for cost in costs), default=1),
        "lines": max((cost.all_lines for cost in costs), default=1),
        "packages": max((len(cost.packages) for cost in costs), default=1) or 1,
    }


def _by_feature(result: Comparison) -> list[tuple[Feature, list[Row]]]:
    """Return the rows under the feature that brings their concept."""
    features = current_workshop().knowledge.features
    found: dict[str, list[Row]] = {}
    for row in result.rows:
        found.setdefault(row.concept.feature, []).append(row)
    return [(features[name], rows) for name, rows in found.items()]


def _is_own(column: Column) -> bool:
    return column.key != column.framework


def _in_reading_order(column: Column, result: Comparison) -> list[tuple[str, str, str]]:
    """Return (path, text, kind): first what answers the address, then what the concepts show."""
    rows = sorted(result.rows, key=lambda row: row.concept.id != FIRST_CODE)
    excerpts = [row.cells[column.key].excerpt for row in rows]
    shown = list(dict.fromkeys(each.path for each in excerpts if each))
    found = [(path, text, kind_of(path)) for path, text in column.tree.items()]

    def place(file: tuple[str, str, str]) -> tuple[int, bool, int, str]:
        path, text, kind = file
        known = shown.index(path) if path in shown else len(shown)
        return KINDS.index(kind), not text, known, path

    return sorted(found, key=place)


def _beyond_the_page(lengths: Iterable[tuple[str, int]]) -> frozenset[str]:
    """Return the paths of those files, in their order, for which a page has no room any more."""
    total = 0
    beyond: set[str] = set()
    for path, length in lengths:
        if total + length > _PAGE_LENGTH:
            beyond.add(path)
        else:
            total += length
    return frozenset(beyond)


def _files_left_out(files: Sequence[tuple[str, str, str]]) -> frozenset[str]:
    return _beyond_the_page((path, _length(text.split("\n"))) for path, text, _ in files)


def _changes_left_out(found: TreeDiff) -> frozenset[str]:
    return _beyond_the_page(
        (file.path, sum(_length([line.text for line in hunk.lines]) for hunk in file.hunks))
        for file in found.changes
    )


def _length(lines: Sequence[str]) -> int:
    return sum(len(line) + _MARKUP for line in lines[:MOST_LINES])


def _choices() -> dict[str, str]:
    """Return what may be compared line by line: each framework step by step, and own projects."""
    workshop = current_workshop()
    found: dict[str, str] = {}
    for name, scaffold in workshop.scaffolds.items():
        title = workshop.knowledge.frameworks[name].name
        for feature in (ALWAYS, *scaffold.offers):
            found[f"{name}:{feature}"] = (
                f"{title} with {workshop.knowledge.features[feature].label}"
            )
    if is_trusted():
        for project in workshop.projects():
            found[f"{OWN}:{project.folder.name}"] = f"Your project {project.folder.name}"
    return found


def _tree(side: str) -> FileTree:
    workshop = current_workshop()
    kind, colon, name = side.partition(":")
    if not colon:
        raise RequestError(
            "before",
            f"{side[:60]!a} names no project.",
            "Write framework:feature, such as flask:routes.",
        )
    if kind == OWN and not is_trusted():
        raise TokenNeeded
    source: ProjectRequest | Project = (
        own_project(name) if kind == OWN else workshop.request(kind, features=[name])
    )
    return workshop.column(source).tree
