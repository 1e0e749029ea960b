"""What differs between the answers of several apps: status, headers that matter, and body."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Literal, TypeAlias, cast

from sandbox.knowledge.console import Reason
from sandbox.run.console_request import ConsoleRequest
from sandbox.run.console_send import Came

Part: TypeAlias = Literal["status", "header", "body"]

HEADERS = (
    "content-type",
    "location",
    "allow",
    "set-cookie",
    "www-authenticate",
    "retry-after",
    "cache-control",
)
"""The headers that say what an answer means; the others tell of servers and clocks."""

_MOST_ROWS = 200
_DEEPEST = 20


@dataclass(frozen=True)
class Difference:
    """One thing in which answers differ: its `name`, and what each app has there, by project.

    `None` stands for nothing. `reason` is the id of the reason that fits, empty where none does.
    """

    part: Part
    name: str
    values: Mapping[str, str | None]
    reason: str = ""


def compare_answers(
    request: ConsoleRequest, came: Mapping[str, Came], reasons: Sequence[Reason]
) -> tuple[Difference, ...]:
    """Return what differs between the apps that answered, the status first.

    A reason fits a difference by the first entry of `reasons` whose conditions all hold.
    """
    answered = {project: each for project, each in came.items() if each.status is not None}
    if len(answered) < 2:
        return ()
    found = (*_statuses(answered), *_headers(answered), *_bodies(answered))
    statuses = {each.status or 0 for each in answered.values()}
    return tuple(
        Difference(part, name, values, _reason(request, part, name, statuses, reasons))
        for part, name, values in found
    )


_Found: TypeAlias = tuple[Part, str, Mapping[str, str | None]]


def _statuses(answered: Mapping[str, Came]) -> Iterator[_Found]:
    values = {project: str(each.status) for project, each in answered.items()}
    if _differ(values):
        yield "status", "status", values


def _headers(answered: Mapping[str, Came]) -> Iterator[_Found]:
    for name in HEADERS:
        values = {project: main_header(each, name) or None for project, each in answered.items()}
        if _differ(values):
            yield "header", name, values


def main_header(came: Came, name: str) -> str:
    """Return a header in the form in which it is compared: a cookie without its value."""
    if name == "content-type":
        return came.media_type
    if name == "set-cookie":
        return ", ".join(sorted(map(_without_value, came.cookie_lines)))
    if name == "allow":
        return ", ".join(sorted(each.strip() for each in came.header(name).split(",")))
    return came.header(name)


def _without_value(line: str) -> str:
    pair, *attributes = (part.strip() for part in line.split(";"))
    kept = (each for each in attributes if not each.lower().startswith(("expires", "max-age")))
    return "; ".join((pair.partition("=")[0], *sorted(kept)))


def _bodies(answered: Mapping[str, Came]) -> Iterator[_Found]:
    trees = {project: json_of(each) for project, each in answered.items()}
    if any(tree is None for tree in trees.values()):
        values = {project: _as_a_word(each) for project, each in answered.items()}
        if _differ(values) or len({each.body for each in answered.values()}) > 1:
            yield "body", "body", values
        return
    leaves = {project: dict(_leaves(cast("Tree", tree).value)) for project, tree in trees.items()}
    names = dict.fromkeys(name for found in leaves.values() for name in found)
    rows = 0
    for name in names:
        values = {project: found.get(name) for project, found in leaves.items()}
        if _differ(values) and rows < _MOST_ROWS:
            rows += 1
            yield "body", name, values


def _as_a_word(came: Came) -> str:
    if not came.body:
        return "empty"
    return f"{came.media_type or 'no content type'}, {len(came.body):,} bytes"


@dataclass(frozen=True)
class Tree:
    """A parsed body; its value may be `None`, which is JSON too."""

    value: Any


def json_of(came: Came) -> "Tree | None":
    """Return a body as a JSON tree, `None` where it is none or did not come whole."""
    if came.problem or not came.media_type.endswith("json"):
        return None
    try:
        return Tree(json.loads(came.body))
    except (ValueError, RecursionError):
        return None


def _leaves(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield each place of a tree that holds no further one, like `items[0].title`, with its text.

    What lies too deep is one text.
    """
    if isinstance(value, dict) and value and depth < _DEEPEST:
        for key, each in cast("dict[str, Any]", value).items():
            yield from _leaves(each, f"{path}.{key}" if path else key, depth + 1)
    elif isinstance(value, list) and value and depth < _DEEPEST:
        for number, each in enumerate(cast("list[Any]", value)):
            yield from _leaves(each, f"{path}[{number}]", depth + 1)
    else:
        yield path or "(all of it)", json.dumps(value, ensure_ascii=False)


def _differ(values: Mapping[str, str | None]) -> bool:
    return len(set(values.values())) > 1


def _reason(
    request: ConsoleRequest, part: Part, name: str, statuses: set[int], reasons: Sequence[Reason]
) -> str:
    for each in reasons:
        if (
            each.part == part
            and (not each.methods or request.method in each.methods)
            and (not each.sends or request.kind in each.sends)
            and (not each.statuses or statuses <= set(each.statuses))
            and fnmatchcase(request.path, each.path)
            and fnmatchcase(name, each.name)
        ):
            return each.id
    return ""
