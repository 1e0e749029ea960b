"""The request console: one request to all running apps at once, and their answers side by side."""

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sandbox.contract.exchange import Address
from sandbox.errors import RequestError
from sandbox.knowledge.console import Example, Reason
from sandbox.run.console_compare import Difference, compare_answers
from sandbox.run.console_cookies import Cookie, after, header_for, read_jar, write_jar
from sandbox.run.console_record import History, Sent, note, read_history
from sandbox.run.console_request import (
    ConsoleRequest,
    checked,
    kind_of,
    read_headers,
    target_of,
)
from sandbox.run.console_send import SECONDS, Came, loopback, send_one
from sandbox.run.console_token import HEADER, Token, fetch_token
from sandbox.workspace.record import UnusableRecordError

_PAGE = "text/html,application/xhtml+xml,*/*;q=0.8"
_API = "application/json, */*;q=0.5"
_NAME = "sandbox-console"


@dataclass(frozen=True)
class Reply:
    """What one app answered: `came` is the answer, `token` what a browser sent along.

    `cookies` are the names of those that went with the request.
    """

    project: str
    address: str
    came: Came
    token: Token | None = None
    cookies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Replies:
    """All answers to one request, in the order of the apps, and what differs between them.

    `sent` is the entry in the record; where that could not be written, `problem` says why.
    """

    request: ConsoleRequest
    replies: tuple[Reply, ...]
    differences: tuple[Difference, ...]
    sent: Sent | None = None
    problem: str = ""


@dataclass(frozen=True)
class Console:
    """Send requests to running apps; cookies and history lie in `folder`, cookies by project.

    An answer has `seconds` to come whole.
    """

    folder: Path
    reasons: Sequence[Reason] = ()
    seconds: float = SECONDS

    def send(
        self,
        apps: Mapping[str, str],
        request: ConsoleRequest,
        *,
        guessed: Mapping[str, int] | None = None,
    ) -> Replies:
        """Send a request to the apps, given as project → address, and record it.

        `guessed` maps projects to the status that the learner predicts. An app that does not
        answer is a reply with a problem. Raises `ServerError` for an address that is none of
        ours, and `RequestError` without an app or for what cannot be sent.
        """
        if not apps:
            raise RequestError("apps", "No app is running to send this to.", "Start one first.")
        at = datetime.now(UTC).replace(microsecond=0)
        places = {project: loopback(address) for project, address in apps.items()}
        ready = checked(request)
        with ThreadPoolExecutor(len(places)) as pool:
            asked = [pool.submit(self._ask, *pair, ready) for pair in places.items()]
        replies = tuple(each.result() for each in asked)
        came = {each.project: each.came for each in replies}
        differences = compare_answers(request, came, self.reasons)
        try:
            sent = note(
                self.folder,
                request,
                at=at,
                answered={project: each.status for project, each in came.items()},
                guessed={name: each for name, each in (guessed or {}).items() if name in came},
            )
        except (OSError, UnusableRecordError) as fault:
            problem = f"The record of requests cannot be kept: {_reason(fault)}."
            return Replies(request, replies, differences, problem=problem)
        return Replies(request, replies, differences, sent)

    def history(self) -> History:
        """Return what was sent before, the newest first, and the score of predictions."""
        return read_history(self.folder)

    def cookies(self, project: str) -> tuple[Cookie, ...]:
        """Return the cookies that a project's app has set."""
        return read_jar(self.folder / project)

    def forget_cookies(self, project: str) -> None:
        """Be a new visitor of a project's app; raises `OSError`."""
        if self.cookies(project):
            write_jar(self.folder / project, ())

    def _ask(self, project: str, place: Address, request: ConsoleRequest) -> Reply:
        visitor = _Visitor(place, read_jar(self.folder / project), self.seconds)
        before = visitor.jar
        token = fetch_token(request, visitor.open, known=bool(visitor.jar))
        names = tuple(each.name for each in visitor.jar)
        came = visitor.send(request, token)
        if visitor.jar != before:
            _keep(self.folder / project, visitor.jar)
        return Reply(project, place.origin, came, token, names)


def request_of(example: Example) -> ConsoleRequest:
    """Return an example as a request that can be sent or changed first."""
    bodies = {"json": example.json, "text": example.text, "form": example.form}
    kinds = [kind for kind, body in bodies.items() if body is not None]
    return checked(
        ConsoleRequest(
            example.method,
            example.path,
            read_headers(example.headers),
            kind_of(kinds[0]) if kinds else "none",
            example.json or example.text or "",
            example.form or (),
            example.page,
        )
    )


class _Visitor:
    """A browser's part of one request to one app: it has the cookies, and no time to waste."""

    def __init__(self, place: Address, jar: tuple[Cookie, ...], seconds: float) -> None:
        self.place = place
        self.jar = jar
        self.until = time.monotonic() + seconds

    def open(self, path: str) -> Came:
        return self._send("GET", path, [("Accept", _PAGE)])

    def send(self, request: ConsoleRequest, token: Token | None) -> Came:
        """Send the request with what a page gave along; a header of the learner's own wins."""
        given = {"Accept": _PAGE if request.kind == "form" else _API}
        if request.content_type is not None:
            given["Content-Type"] = request.content_type
        if token is not None and token.header:
            given[HEADER] = token.header
        if token is not None or (request.kind == "form" and request.token):
            given["Origin"] = self.place.origin
            given["Referer"] = self.place.origin + target_of(token.page if token else request.path)
        own = {name.lower() for name, _ in request.headers}
        headers = [(name, value) for name, value in given.items() if name.lower() not in own]
        content = request.content(token.fields if token is not None else ())
        return self._send(request.method, request.path, [*headers, *request.headers], content)

    def _send(
        self, method: str, path: str, headers: list[tuple[str, str]], content: bytes = b""
    ) -> Came:
        names = {name.lower() for name, _ in headers}
        if "user-agent" not in names:
            headers = [*headers, ("User-Agent", _NAME)]
        cookie = header_for(self.jar, path)
        if cookie and "cookie" not in names:
            headers = [*headers, ("Cookie", cookie)]
        came = send_one(
            self.place,
            method,
            target_of(path),
            headers=headers,
            content=content,
            seconds=max(self.until - time.monotonic(), 0.001),
        )
        self.jar = after(self.jar, came.cookie_lines)
        return came


def _keep(folder: Path, jar: tuple[Cookie, ...]) -> None:
    try:
        write_jar(folder, jar)
    except OSError:  # the answer matters more; the next request shows that the visitor is new
        return


def _reason(fault: OSError | UnusableRecordError) -> str:
    if isinstance(fault, UnusableRecordError):
        return f"{fault}; mend or rename requests.json"
    return (fault.strerror or "the system refuses").lower()
