"""The code viewer: a project's files as a tree, one of them open, its changes and a search.

Whatever is shown stands in the address: `file`, `line` (3 or 3-9), `view` and `search`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.compare import KINDS, Excerpt, FileDiff, TreeDiff, count, diff, locate_first
from sandbox.compare.comparison import packages
from sandbox.compare.cost import kind_of
from sandbox.generate import FileTree, ProjectRequest
from sandbox.web.current import current_workshop
from sandbox.web.highlight import MOST_LINES
from sandbox.web.own_projects import own_project
from sandbox.web.query import Asked, asked, one, one_of
from sandbox.web.security import needs_token
from sandbox.workspace import Project

blueprint = Blueprint("viewer", __name__)

FIRST_CODE = "hello_route"  # the concept whose code a reader sees first
VIEWS = ("files", "changes")
PARTS = {"file": "viewer/file.html", "hits": "viewer/hits.html"}
MOST_HITS = 100
_ALL_OPEN = 24  # files; a tree of up to so many shows them all at once
_LINES = re.compile(r"L?(\d{1,7})(?:-L?(\d{1,7}))?")
_HIT_LENGTH = 120  # characters of a line that is found


@dataclass(frozen=True)
class Viewed:
    """What can be read: a project's files, why each is there, and what it is held against.

    `address` returns where the same project is shown, with parameters for file, line and view;
    `diff` is what changed with `step`, a few words; `first` is the file that opens by itself, and
    `view` how it does.
    """

    tree: FileTree
    address: Callable[..., str]
    diff: TreeDiff = field(default_factory=lambda: TreeDiff(()))
    step: str = ""
    why: Mapping[str, str] = field(default_factory=dict[str, str])
    first: str = ""
    view: str = VIEWS[0]


@dataclass(frozen=True)
class Node:
    """One file or folder of the tree; `status` is what happened to it or to something in it."""

    name: str
    path: str
    status: str
    children: tuple["Node", ...] = ()
    unfolded: bool = False


@dataclass(frozen=True)
class Hit:
    """A line that holds what is searched for, numbered from 1, cut where it is long."""

    path: str
    number: int
    text: str


@dataclass(frozen=True)
class Viewer:
    """What the viewer shows: the open file with its marked lines, and what was found."""

    viewed: Viewed
    path: str
    missing: str
    marked: range
    view: str
    search: str

    @property
    def text(self) -> str:
        """Return the open file's text, which is empty for one that is no longer there."""
        return self.viewed.tree.get(self.path, "")

    @property
    def why(self) -> str:
        """Return why the open file is in the project."""
        return self.viewed.why.get(self.path, "")

    @property
    def change(self) -> FileDiff | None:
        """Return what happened to the open file, or None if nothing did."""
        return self._changes.get(self.path)

    @property
    def _changes(self) -> Mapping[str, FileDiff]:
        return {each.path: each for each in self.viewed.diff.changes}

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Return the tree, folders first; files that only stood there before are in it too."""
        status: dict[str, str] = {path: each.status for path, each in self._changes.items()}
        paths = sorted({*self.viewed.tree, *status})
        every = len(paths) <= _ALL_OPEN
        return _nodes([path.split("/") for path in paths], "", status, _Unfolding(self.path, every))

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Return the first lines that hold what is searched for."""
        found = _find(self.viewed.tree, self.search.lower()) if self.search else iter(())
        return tuple(hit for hit, _ in zip(found, range(MOST_HITS), strict=False))

    def address(self, **wanted: object) -> str:
        """Return where the same is shown but for `wanted`; another file takes no lines along."""
        kept: dict[str, object] = {
            "file": self.path,
            "view": self.view,
            "search": self.search or None,
        } | wanted
        usual = {"view": None} if kept["view"] == self.viewed.view else {}
        return self.viewed.address(**kept | usual)


def look(viewed: Viewed, wanted: Asked) -> Viewer:
    """Return what a request asks to see of a project; raises `RequestError`.

    A file that is not in it, as after a feature was taken out, gives way to the first one.
    """
    changed = [each.path for each in viewed.diff.changes]
    view = one_of(wanted, "view", VIEWS, viewed.view)
    first = viewed.first if viewed.first in viewed.tree else next(iter(viewed.tree), "")
    if view == "changes" and changed:
        first = first if first in changed else min(changed, key=_place)
    named = one(wanted, "file", first)
    there = named in viewed.tree or named in changed
    return Viewer(
        viewed=viewed,
        path=named if there else first,
        missing="" if there else named,
        marked=_lines(one(wanted, "line", "")) if there else range(0),
        view=view,
        search=one(wanted, "search", "").strip(),
    )


def part_of(viewer: Viewer, wanted: Asked) -> str | None:
    """Return only the piece of the viewer that a script asks for, or None for the whole page."""
    part = one(wanted, "part", "")
    return render_template(PARTS[part], viewer=viewer) if part in PARTS else None


def first_file(request: ProjectRequest) -> str:
    """Return the file of a generated project in which it answers its first address."""
    workshop = current_workshop()
    entry = workshop.scaffold(request.framework).notes.concepts.get(FIRST_CODE)
    found = locate_first(entry.anchors if entry else (), workshop.tree(request))
    return found.path if isinstance(found, Excerpt) else ""


@blueprint.get("/code/<folder>")
@needs_token
def project(folder: str) -> ResponseReturnValue:
    """Show a project of the learner's own, held against what it was generated as."""
    workshop = current_workshop()
    found = own_project(folder)
    column = workshop.column(found)
    viewer = look(_own(found, column.tree), asked())
    return part_of(viewer, asked()) or render_template(
        "viewer/project.html",
        project=found,
        viewer=viewer,
        cost=count(column.tree, packages(column)),
    )


def _own(project: Project, tree: FileTree) -> Viewed:
    workshop = current_workshop()
    made = workshop.request(
        project.framework,
        features=[name for name in project.features if name in workshop.offered],
        name=project.name,
        slug=project.slug,
    )
    return Viewed(
        tree=tree,
        address=partial(url_for, "viewer.project", folder=project.folder.name),
        diff=diff(workshop.tree(made), tree),
        step="your own work",
        why=workshop.reasons(made),
        first=first_file(made),
    )


def _place(path: str) -> int:
    return KINDS.index(kind_of(path))


def _lines(text: str) -> range:
    """Return the lines meant by “3” or “3-9”; none for anything else, as in an old link."""
    found = _LINES.fullmatch(text)
    if not found:
        return range(0)
    first = int(found[1])
    last = int(found[2] or first)
    return range(min(first, last), max(first, last) + 1)


def _find(tree: FileTree, word: str) -> Iterator[Hit]:
    for path, text in tree.items():
        if word not in text.lower():
            continue
        for number, line in enumerate(text.split("\n")[:MOST_LINES], 1):
            at = line.lower().find(word)
            if at >= 0:
                start = max(at - _HIT_LENGTH // 3, 0) if len(line) > _HIT_LENGTH else 0
                yield Hit(path, number, line[start : start + _HIT_LENGTH].strip())


@dataclass(frozen=True)
class _Unfolding:
    """Which folders are unfolded: those above the open file, or every one of a small tree."""

    path: str
    every: bool

    def of(self, folder: str) -> bool:
        return self.every or self.path.startswith(f"{folder}/")


def _nodes(
    paths: list[list[str]], above: str, status: Mapping[str, str], unfolding: _Unfolding
) -> tuple[Node, ...]:
    inside: dict[str, list[list[str]]] = {}
    files: list[Node] = []
    for first, *rest in paths:
        if rest:
            inside.setdefault(first, []).append(rest)
        else:
            files.append(Node(first, f"{above}{first}", status.get(f"{above}{first}", "")))
    folders: list[Node] = []
    for name, below in inside.items():
        path = f"{above}{name}"
        children = _nodes(below, f"{path}/", status, unfolding)
        touched = "changed" if any(each.status for each in children) else ""
        folders.append(Node(name, path, touched, children, unfolding.of(path)))
    return (*folders, *files)
