"""How the answers of several apps to one request read on a terminal."""

import json
from collections.abc import Sequence
from contextlib import suppress

import click

from sandbox.cli import show
from sandbox.contract.document import read_document
from sandbox.run.console import Replies, Reply
from sandbox.run.console_send import phrase
from sandbox.workshop import Why, Workshop
from sandbox.workspace import Project

_LINES = 25  # of each body
_ROWS = 12  # of the differences between bodies
_SEEN = 400  # signs of a page's text
_LARGEST_PAGE = 256 * 1024


def tell_replies(
    workshop: Workshop, found: Replies, projects: Sequence[Project], *, full: bool
) -> None:
    """Print the answers side by side, where they differ and why; bodies whole if `full`."""
    show.table(
        ("project", "status", "ms", "content type", "bytes"),
        [_row(each) for each in found.replies],
    )
    for each in found.replies:
        if each.token is not None:
            show.line(f"{each.project}: {each.token.found}")
        if each.came.problem:
            show.line(f"{each.project}: {each.came.problem} {each.came.hint}".rstrip())
    _tell_differences(workshop, found, projects)
    for each in found.replies:
        if each.came.body:
            show.heading(each.project)
            _tell_body(each, full=full)
    _tell_guesses(workshop, found)
    if found.problem:
        show.note(found.problem)


def _row(reply: Reply) -> tuple[object, ...]:
    came = reply.came
    if came.status is None:
        return (reply.project, "no answer", "", "", "")
    status = f"{came.status} {phrase(came.status)}".strip()
    return (reply.project, status, f"{came.milliseconds:.0f}", came.media_type, len(came.body))


def _tell_differences(workshop: Workshop, found: Replies, projects: Sequence[Project]) -> None:
    if len(found.replies) < 2:
        return
    if not found.differences:
        show.line("The answers are the same in status, headers that matter, and body.")
        return
    names = [each.project for each in found.replies]
    show.heading("What differs")
    rows = [
        (each.name, *(each.values.get(name) or "-" for name in names))
        for each in found.differences[:_ROWS]
    ]
    show.table(("", *names), rows)
    if (left := len(found.differences) - _ROWS) > 0:
        show.line(f"… and {left} places more.")
    _tell_reasons(workshop, found, projects)


def _tell_reasons(workshop: Workshop, found: Replies, projects: Sequence[Project]) -> None:
    """Say why, concept by concept: our sentences, then what each project's notes say of it."""
    by_concept: dict[str, list[Why]] = {}
    for each in found.differences:
        why = workshop.explain(each, projects)
        if why is not None:
            by_concept.setdefault(why.concept.id, []).append(why)
    for whys in by_concept.values():
        show.heading(f"Why: {whys[0].concept.title}")
        for sentence in dict.fromkeys(each.sentence for each in whys):
            show.line(sentence)
        for name, note in whys[0].notes.items():
            show.line(f"{name}: {note}", indent=2)


def _tell_body(reply: Reply, *, full: bool) -> None:
    text = reply.came.text
    if reply.came.media_type == "text/html" and not full:
        seen = read_document(text[:_LARGEST_PAGE]).text
        show.line(f"A page that says: {seen[:_SEEN]}{'…' if len(seen) > _SEEN else ''}", indent=2)
        return
    if reply.came.media_type.endswith("json"):
        with suppress(ValueError, RecursionError):  # then it is shown as it came
            text = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    lines = text.splitlines()
    for line in lines if full else lines[:_LINES]:
        click.echo(f"  {show.plain(line)}")
    if not full and len(lines) > _LINES:
        show.note(f"  … {len(lines) - _LINES} lines more: add --full")


def _tell_guesses(workshop: Workshop, found: Replies) -> None:
    if found.sent is None or not found.sent.guessed:
        return
    right, guessed = len(found.sent.right), len(found.sent.guessed)
    score = workshop.console.history().score
    show.heading("Your prediction")
    show.line(f"{right} of {guessed} right; {score.right} of {score.guessed} in all.")
