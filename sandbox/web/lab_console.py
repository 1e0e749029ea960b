"""The request console: compose one request, predict, send it to all running apps, and compare."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import render_template, request
from flask.typing import ResponseReturnValue

from sandbox.errors import RequestError
from sandbox.knowledge.console import Example
from sandbox.run.console import Replies, request_of
from sandbox.run.console_request import (
    KINDS,
    METHODS,
    ConsoleRequest,
    as_curl,
    as_httpie,
    from_query,
    kind_of,
    read_headers,
)
from sandbox.run.console_send import phrase
from sandbox.web.current import current_workshop
from sandbox.web.lab_answer import Answer, answers
from sandbox.web.security import needs_token
from sandbox.workshop import Why
from sandbox.workspace import Project

GUESS = "guess:"
_START = ConsoleRequest("GET", "/")
# What our apps answer, in the order of the numbers: enough to choose from, few enough to read.
STATUSES = (
    *(200, 201, 202, 204, 301, 302, 303, 307, 308),
    *(400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500),
)


@dataclass(frozen=True)
class Fault:
    """What is wrong with the request that was composed, and at which field."""

    field: str
    message: str
    hint: str


@dataclass(frozen=True)
class Sent:
    """One round of the console: the answers, and what differs, each with its reason."""

    replies: Replies
    answers: tuple[Answer, ...]
    reasons: tuple[tuple[Why, tuple[str, ...]], ...]
    commands: tuple[tuple[str, str], ...]


@needs_token
def console() -> ResponseReturnValue:
    """Show the console, filled in as the address says; nothing is sent."""
    try:
        composed = from_query(request.query_string.decode("utf-8", "replace")) or _START
    except RequestError as error:
        return _page(_START, fault=Fault(error.field, error.message, error.hint)), 400
    return _page(composed)


@needs_token
def send() -> ResponseReturnValue:
    """Send what was composed, and show the answers below it; what cannot be sent is said there."""
    composed = _START
    try:
        composed = _composed()
        apps = running()
        chosen = {name: apps[name] for name in request.form.getlist("app") if name in apps}
        guessed = _guesses(chosen)
        replies = current_workshop().console.send(chosen, composed, guessed=guessed)
    except RequestError as error:
        return _page(composed, fault=Fault(error.field, error.message, error.hint)), 400
    return _page(composed, _sent(replies))


def _page(composed: ConsoleRequest, sent: Sent | None = None, fault: Fault | None = None) -> str:
    workshop = current_workshop()
    apps = running()
    projects = _projects(apps)
    return render_template(
        "lab/console.html",
        composed=composed,
        form=request.form,
        running=apps,
        projects=projects,
        examples=_examples(tuple(projects.values())),
        link=_link,
        sent=sent,
        fault=fault,
        history=workshop.console.history(),
        methods=METHODS,
        kinds=KINDS,
        statuses=STATUSES,
        phrase=phrase,
    )


def running() -> Mapping[str, str]:
    """Return project → address of the apps that run, as the Lab shows them."""
    workshop = current_workshop()
    order = list(workshop.scaffolds)
    states = workshop.lab.states()
    found = sorted(workshop.projects(), key=lambda each: order.index(each.framework))
    return {
        each.folder.name: address
        for each in found
        if (state := states.get(each.folder.name)) and state.phase == "running"
        if (address := state.address)
    }


def _projects(names: Mapping[str, str]) -> Mapping[str, Project]:
    found = {each.folder.name: each for each in current_workshop().projects()}
    return {name: found[name] for name in names if name in found}


def _examples(projects: Sequence[Project]) -> Mapping[str, Sequence[Example]]:
    """Return the examples that a running app can answer, or all, under their features' names."""
    workshop = current_workshop()
    there = {name for each in projects for name in each.features}
    found: dict[str, list[Example]] = {}
    for each in workshop.console_knowledge.examples.values():
        if not projects or each.feature in there:
            title = workshop.knowledge.features[each.feature].label
            found.setdefault(title, []).append(each)
    return found


def _link(example: Example) -> str:
    return request_of(example).query()


def _composed() -> ConsoleRequest:
    """Return the request that the form holds; raises `RequestError` naming the field."""
    form = request.form
    kind = kind_of(form.get("kind", "none"))
    text = form.get("text", "").replace("\r\n", "\n")
    return ConsoleRequest(
        form.get("method", "GET"),
        form.get("path", "/"),
        read_headers(form.get("headers", "").splitlines()),
        kind,
        text if kind in ("json", "text") else "",
        fields(text) if kind == "form" else (),
        form.get("page", ""),
        form.get("token", "") != "no",
    )


def fields(text: str) -> tuple[tuple[str, str], ...]:
    """Return a form's fields, typed as `name=value` a line or as one line joined by `&`."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) == 1 and "&" in lines[0]:
        return tuple(parse_qsl(lines[0], keep_blank_values=True))
    for line in lines:
        if "=" not in line:
            raise RequestError(
                "body",
                f"The line {line[:60]!a} of the form has no “=”.",
                "Write a field a line, as in title=Emma.",
            )
    pairs = (line.partition("=") for line in lines)
    return tuple((name.strip(), value) for name, _, value in pairs)


def _guesses(chosen: Mapping[str, str]) -> Mapping[str, int]:
    typed = {name: request.form.get(f"{GUESS}{name}", "") for name in chosen}
    return {name: int(value) for name, value in typed.items() if value.isdecimal()}


def _sent(replies: Replies) -> Sent:
    projects = _projects({each.project: each.address for each in replies.replies})
    address = replies.replies[0].address
    return Sent(
        replies,
        tuple(answers(replies)),
        tuple(_reasons(replies, tuple(projects.values()))),
        (
            ("curl", as_curl(replies.request, address)),
            ("HTTPie", as_httpie(replies.request, address)),
        ),
    )


def _reasons(
    replies: Replies, projects: Sequence[Project]
) -> Iterator[tuple[Why, tuple[str, ...]]]:
    """Yield each reason once, with the names of the differences that it explains."""
    workshop = current_workshop()
    found: dict[str, list[str]] = {}
    for each in replies.differences:
        found.setdefault(each.reason, []).append(each.name)
    for each in replies.differences:
        names = found.pop(each.reason, None)
        why = workshop.explain(each, projects)
        if names and why:
            yield why, tuple(names)
