"""An app's answer as the console shows it: what differs from the others is marked."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from sandbox.run.console import Replies, Reply
from sandbox.run.console_compare import HEADERS, Difference, json_of, main_header

_LONGEST = 20_000  # characters of a body on the page
_DEEPEST = 20


@dataclass(frozen=True)
class Line:
    """A line of a body, and whether the other apps have something else there."""

    text: str
    differs: bool = False


@dataclass(frozen=True)
class Answer:
    """One app's answer: its headers that matter, all others, its body by line, and the guess."""

    reply: Reply
    status_differs: bool
    headers: tuple[tuple[str, str, bool], ...]
    further: tuple[tuple[str, str], ...]
    body: tuple[Line, ...]
    cut: bool
    guess: int | None

    @property
    def right(self) -> bool:
        """Tell whether the learner predicted the status."""
        return self.guess == self.reply.came.status


def answers(replies: Replies) -> Iterator[Answer]:
    """Yield the answers in the order of the apps."""
    sent = replies.sent
    for reply in replies.replies:
        odd = _odd(replies.differences, reply.project)
        body = _body(reply, odd["body"])
        yield Answer(
            reply,
            bool(odd["status"]),
            tuple(_headers(reply, odd["header"])),
            tuple((name, value) for name, value in reply.came.headers if name not in HEADERS),
            body[: _cut(body)],
            _cut(body) < len(body),
            sent.guessed.get(reply.project) if sent else None,
        )


def _odd(differences: Iterable[Difference], project: str) -> Mapping[str, Collection[str]]:
    """Return by part the names of what an app has otherwise than most of the others."""
    found: dict[str, set[str]] = {"status": set(), "header": set(), "body": set()}
    for each in differences:
        values = list(each.values.values())
        if project in each.values and values.count(each.values[project]) * 2 <= len(values):
            found[each.part].add(each.name)
    return found


def _headers(reply: Reply, differing: Collection[str]) -> Iterator[tuple[str, str, bool]]:
    for name in HEADERS:
        value = main_header(reply.came, name)
        if value or name in differing:
            yield name, value, name in differing


def _body(reply: Reply, differing: Collection[str]) -> tuple[Line, ...]:
    tree = json_of(reply.came)
    if tree is None:
        marked = "body" in differing
        return tuple(Line(line, marked) for line in reply.came.text.splitlines())
    return tuple(_lines(tree.value, "", differing))


def _lines(value: Any, path: str, differing: Collection[str], lead: str = "") -> Iterator[Line]:
    """Yield JSON as `json.dumps` indents it, each line with the name of its place looked up."""
    depth = (len(lead) - len(lead.lstrip(" "))) // 2
    if isinstance(value, dict) and value and depth < _DEEPEST:
        items = cast("dict[str, Any]", value).items()
        parts = [
            (f"{path}.{key}" if path else key, f"{json.dumps(key)}: ", each) for key, each in items
        ]
        signs = "{}"
    elif isinstance(value, list) and value and depth < _DEEPEST:
        parts = [(f"{path}[{at}]", "", each) for at, each in enumerate(cast("list[Any]", value))]
        signs = "[]"
    else:
        yield Line(
            lead + json.dumps(value, ensure_ascii=False), (path or "(all of it)") in differing
        )
        return
    yield Line(lead + signs[0])
    space = " " * (2 * depth + 2)
    for number, (place, name, each) in enumerate(parts):
        inner = [*_lines(each, place, differing, space + name)]
        comma = "," if number < len(parts) - 1 else ""
        yield from inner[:-1]
        yield Line(inner[-1].text + comma, inner[-1].differs)
    yield Line(" " * (2 * depth) + signs[1])


def _cut(body: tuple[Line, ...]) -> int:
    """Return how many lines of a body a page has room for."""
    room = _LONGEST
    for number, line in enumerate(body):
        room -= len(line.text) + 1
        if room < 0:
            return max(number, 1)
    return len(body)
