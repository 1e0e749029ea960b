"""Compare: whole projects side by side, then concept by concept."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from sandbox.compare import Column, Comparison, Excerpt, Row, diff
from sandbox.compare.cost import KINDS, kind_of
from sandbox.errors import RequestError
from sandbox.generate import FileTree, ProjectRequest
from sandbox.knowledge import ALWAYS, Feature, needed_by
from sandbox.web.current import current_workshop
from sandbox.web.excerpts import piece
from sandbox.web.own_projects import own_project
from sandbox.web.proof import proofs
from sandbox.web.query import Asked, asked, in_order, one, one_of, several
from sandbox.web.security import TokenNeeded, is_trusted
from sandbox.web.viewer import FIRST_CODE, Viewed, look, part_of
from sandbox.workspace import Project

blueprint = Blueprint("compare", __name__)

OWN = "project"
DIFFERENT = "who"
_MOST_LINES = 40  # of a hello app's file that is shown unasked


@dataclass(frozen=True)
class Chosen:
    """What is compared: frameworks, features ticked by hand, and folders of own projects.

    `features` are those that our projects have; where none is ticked they are the same that the
    first own project has.
    """

    frameworks: tuple[str, ...]
    ticked: tuple[str, ...]
    features: tuple[str, ...]
    own: tuple[Project, ...]
    shown: str
    only: str

    @property
    def query(self) -> dict[str, object]:
        """Return the parameters that choose the same again."""
        return {
            "framework": ",".join(self.frameworks) or None,
            "features": ",".join(self.ticked) or None,
            OWN: [each.folder.name for each in self.own] or None,
            "only": self.only or None,
        }


@dataclass(frozen=True)
class File:
    """One file of a hello app, and whether it is so short and central that it stands open."""

    path: str
    text: str
    kind: str
    unfolded: bool


@blueprint.get("/compare")
def page() -> ResponseReturnValue:
    """Show the chosen projects in columns: the hello apps when nothing is chosen."""
    chosen = _choose(asked())
    result = _compare(chosen)
    hello_only = not chosen.features and not chosen.own
    rows = _rows(chosen, result)
    places = [row.concept.id for row in rows]
    return render_template(
        "compare/page.html",
        **_shared(chosen, result),
        hello_only=hello_only,
        files=_files(result) if hello_only else {},
        kinds=KINDS,
        most=_most(result),
        groups=_by_feature(rows),
        following=dict(pairwise(places)),
    )


@blueprint.get("/compare/<concept>")
def concept(concept: str) -> ResponseReturnValue:
    """Show one concept on a page of its own, in projects that have it."""
    workshop = current_workshop()
    if concept not in workshop.concepts:
        raise NotFound
    chosen = _choose(asked(), workshop.knowledge.concepts[concept].feature)
    result = _compare(chosen)
    places = [row.concept.id for row in result.rows]
    at = places.index(concept)
    return render_template(
        "compare/concept.html",
        **_shared(chosen, result),
        row=result.rows[at],
        proof_in_full=True,
        before=result.rows[at - 1].concept if at else None,
        after=result.rows[at + 1].concept if at + 1 < len(places) else None,
    )


@blueprint.get("/compare/diff")
def difference() -> ResponseReturnValue:
    """Show what differs between two projects: two steps of one framework, or across frameworks."""
    choices = _choices()
    named = tuple(choices)
    start = (named[0], named[min(1, len(named) - 1)])
    sides = {key: one(asked(), key, each) for key, each in zip(_SIDES, start, strict=True)}
    before, after = (_tree(side) for side in sides.values())
    titles = [choices.get(side, side) for side in sides.values()]
    viewer = look(
        Viewed(
            tree=after,
            address=partial(url_for, "compare.difference", **sides),
            diff=diff(before, after),
            view="changes",
        ),
        asked(),
    )
    return part_of(viewer, asked()) or render_template(
        "compare/diff.html",
        choices=choices,
        sides=sides,
        titles=titles,
        viewer=viewer,
        same_framework=len({side.split(":")[0] for side in sides.values()}) == 1,
    )


_SIDES = ("before", "after")


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


def _choose(wanted: Asked, brings: str = ALWAYS) -> Chosen:
    """Return what a request chooses; raises `RequestError`, and `TokenNeeded` for own projects."""
    workshop = current_workshop()
    names = tuple(dict.fromkeys(wanted.get(OWN, ())))  # names of folders, which may hold commas
    if names and not is_trusted():
        raise TokenNeeded
    own = tuple(own_project(name) for name in names)
    asked_for = several(wanted, "features")
    if not asked_for and own:
        asked_for = tuple(each for each in own[0].features if each in workshop.offered)
    ticked = tuple(name for name in dict.fromkeys((*asked_for, brings)) if name != ALWAYS)
    named = several(wanted, "framework") or (() if own else tuple(workshop.scaffolds))
    frameworks = workshop.frameworks(named) if named else ()
    made = workshop.requests(frameworks, features=ticked)
    features = tuple(name for name in made[0].features if name != ALWAYS)
    only = one_of(wanted, "only", (DIFFERENT,), DIFFERENT) if "only" in wanted else ""
    return Chosen(frameworks, ticked, features, own, one(wanted, "show", ""), only)


def _sources(chosen: Chosen) -> Sequence[ProjectRequest | Project]:
    requests = current_workshop().requests(chosen.frameworks, features=chosen.ticked)
    return [*(requests if chosen.frameworks else ()), *chosen.own]


def _compare(chosen: Chosen) -> Comparison:
    return current_workshop().comparison(_sources(chosen))


def _shared(chosen: Chosen, result: Comparison) -> dict[str, object]:
    """Return what every page of the comparison needs."""
    workshop = current_workshop()
    keys = [column.key for column in result.columns]

    def code_address(column: Column, excerpt: Excerpt) -> str:
        return _code_address(chosen, column, excerpt)

    return {
        "chosen": chosen,
        "result": result,
        "proofs": proofs(result, _sources(chosen)),
        "shown": chosen.shown if chosen.shown in keys else keys[0],
        "projects": workshop.projects() if is_trusted() else (),
        "needed_by": needed_by(workshop.knowledge.features, chosen.ticked),
        "offered": [each for each in workshop.offered.values() if each.id != ALWAYS],
        "in_order": in_order(chosen.frameworks),
        "piece": piece,
        "new_set": set,
        "code_address": code_address,
    }


def _code_address(chosen: Chosen, column: Column, excerpt: Excerpt) -> str:
    """Return where an excerpt stands in the whole project, with the other columns a tab away."""
    lines = f"{excerpt.first_line}-{excerpt.last_line}"
    place: dict[str, Any] = {"file": excerpt.path, "line": lines}
    if column.key != column.framework:
        return url_for("viewer.project", folder=column.key, **place)
    return url_for(
        "builder.page",
        framework=",".join(chosen.frameworks),
        features=",".join(chosen.ticked) or None,
        show=column.framework if len(chosen.frameworks) > 1 else None,
        **place,
    )


def _rows(chosen: Chosen, result: Comparison) -> tuple[Row, ...]:
    """Return the rows to show: all, or those in which not everywhere the same one does the work."""
    if not chosen.only:
        return result.rows
    return tuple(row for row in result.rows if len({each.who for each in row.cells.values()}) > 1)


def _most(result: Comparison) -> dict[str, int]:
    """Return the largest count of any column, for bars on one scale."""
    costs = result.costs.values()
    return {
        "files": max((cost.all_files for cost in costs), default=1),
        "lines": max((cost.all_lines for cost in costs), default=1),
        "packages": max((len(cost.packages) for cost in costs), default=1) or 1,
    }


def _by_feature(rows: Sequence[Row]) -> list[tuple[Feature, list[Row]]]:
    """Return the rows under the feature that brings their concept."""
    features = current_workshop().knowledge.features
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.concept.feature, []).append(row)
    return [(features[name], rows) for name, rows in found.items()]


def _files(result: Comparison) -> dict[str, list[File]]:
    """Return each column's files: first what answers the address, then what the concepts show."""
    return {column.key: _in_reading_order(column, result) for column in result.columns}


def _in_reading_order(column: Column, result: Comparison) -> list[File]:
    rows = sorted(result.rows, key=lambda row: row.concept.id != FIRST_CODE)
    excerpts = [row.cells[column.key].excerpt for row in rows]
    shown = list(dict.fromkeys(each.path for each in excerpts if each))
    found = [
        File(
            path,
            text,
            kind_of(path),
            kind_of(path) == "code" and 0 < len(text.splitlines()) <= _MOST_LINES,
        )
        for path, text in column.tree.items()
    ]

    def place(file: File) -> tuple[bool, int, str]:
        known = shown.index(file.path) if file.path in shown else len(shown)
        return not file.text, known, file.path

    return sorted(found, key=place)
