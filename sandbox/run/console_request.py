"""A request of the console: checked before it is sent, and written as curl and httpie type it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args
from urllib.parse import parse_qsl, quote, urlencode

from sandbox.errors import RequestError
from sandbox.names import say_what_exists
from sandbox.program import as_line

Kind: TypeAlias = Literal["none", "json", "form", "text"]
Pairs: TypeAlias = tuple[tuple[str, str], ...]

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
KINDS: tuple[Kind, ...] = get_args(Kind)
LARGEST_BODY = 2 * 1024 * 1024
_LONGEST_PATH = 4_000
_MOST_HEADERS = 30
_LONGEST_HEADER = 4_000
_MEDIA_TYPES: Mapping[Kind, str] = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "text": "text/plain; charset=utf-8",
}
_AS_IT_STANDS = "/?&=%+:@,;!$'()*~-._[]"
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_OURS = ("host", "content-length", "transfer-encoding", "connection", "accept-encoding")


@dataclass(frozen=True)
class ConsoleRequest:
    """What to send: `kind` says how `text` (JSON or plain) or `form` becomes the body.

    With `token` a form or an API call takes along the token against forgery, as a browser does;
    `page` is where the form stands if not at `path`. It may be sent as soon as it is `checked`.
    """

    method: str
    path: str
    headers: Pairs = ()
    kind: Kind = "none"
    text: str = ""
    form: Pairs = ()
    page: str = ""
    token: bool = True

    @property
    def is_safe(self) -> bool:
        """Tell whether the method promises to change nothing."""
        return self.method in SAFE_METHODS

    @property
    def target(self) -> str:
        """Return the path as it is sent."""
        return target_of(self.path)

    @property
    def content_type(self) -> str | None:
        """Return the body's content type, the learner's own where they gave one."""
        own = [value for name, value in self.headers if name.lower() == "content-type"]
        return own[0] if own else _MEDIA_TYPES.get(self.kind)

    def content(self, hidden: Pairs = ()) -> bytes:
        """Return the body's bytes, the fields that a page hides in its form among them."""
        if self.kind == "form":
            own = {name for name, _ in self.form}
            return urlencode(
                [*self.form, *(each for each in hidden if each[0] not in own)]
            ).encode()
        return self.text.encode() if self.kind in {"json", "text"} else b""

    def query(self) -> str:
        """Return the query string of a link that fills this request in; see `from_query`."""
        pairs = [("method", self.method), ("path", self.path)]
        pairs += [("header", f"{name}: {value}") for name, value in self.headers]
        if self.kind != "none":
            pairs.append(("kind", self.kind))
        if self.kind in {"json", "text"}:
            pairs.append(("text", self.text))
        if self.kind == "form":
            pairs.append(("form", urlencode(self.form)))
        pairs += [("page", self.page)] if self.page else []
        pairs += [] if self.token else [("token", "no")]
        return urlencode(pairs)


def target_of(path: str) -> str:
    """Return a path as it is sent: every sign that HTTP does not know, percent-encoded."""
    return quote(path, safe=_AS_IT_STANDS)


def checked(request: ConsoleRequest) -> ConsoleRequest:
    """Return a request ready to send; raises `RequestError` with field, reason and what to do.

    JSON is sent as it was typed, also where it is not valid: an app must say no to that itself.
    """
    made = replace(
        request,
        method=_method(request.method),
        path=_path(request.path.strip(), "path"),
        headers=_headers(request.headers),
        page=_path(request.page.strip(), "page") if request.page.strip() else "",
    )
    if made.kind != "none" and made.method in {"GET", "HEAD"}:
        raise RequestError(
            "body",
            f"{made.method} only asks: it has no body.",
            "Choose POST or PATCH, or leave the body out.",
        )
    _check_body(made)
    return made


def from_query(query: str) -> ConsoleRequest | None:
    """Return the request that a link fills in, `None` where it names none; `RequestError`."""
    pairs = parse_qsl(query, keep_blank_values=True)
    first = dict(reversed(pairs))
    if "path" not in first:
        return None
    return checked(
        ConsoleRequest(
            first.get("method", "GET"),
            first["path"],
            read_headers([value for name, value in pairs if name == "header"]),
            kind_of(first.get("kind", "none")),
            first.get("text", ""),
            tuple(parse_qsl(first.get("form", ""), keep_blank_values=True)),
            first.get("page", ""),
            first.get("token") != "no",
        )
    )


def kind_of(word: str) -> Kind:
    """Return a kind of body by its name; raises `RequestError` for one there is not."""
    for kind in KINDS:
        if kind == word:
            return kind
    raise RequestError(
        "kind", f"There is no body called {word[:40]!a}.", say_what_exists(word, KINDS)
    )


def read_headers(lines: Sequence[str]) -> Pairs:
    """Return headers written as `Name: value`, empty lines left out; raises `RequestError`."""
    found: list[tuple[str, str]] = []
    for line in lines:
        name, colon, value = line.partition(":")
        if not line.strip():
            continue
        if not colon:
            raise RequestError(
                "headers", f"The header {line[:60]!a} has no “:”.", "Write it as Name: value."
            )
        found.append((name.strip(), value.strip()))
    return tuple(found)


def as_curl(request: ConsoleRequest, address: str) -> str:
    """Return the line that sends the same with curl, without the console's cookies."""
    words = ["curl", "-i"]
    if request.method == "HEAD":
        words = ["curl", "-I"]
    elif request.method != ("POST" if request.kind != "none" else "GET"):
        words += ["-X", request.method]
    for name, value in _all_headers(request):
        words += ["-H", f"{name}: {value}"]
    if request.kind == "form":
        for name, value in request.form:
            words += ["--data-urlencode", f"{quote(name, safe='')}={value}"]
    elif request.kind != "none":
        words += ["--data-raw", request.text]
    return as_line(*words, address.rstrip("/") + request.target)


def as_httpie(request: ConsoleRequest, address: str) -> str:
    """Return the line that sends the same with httpie, without the console's cookies."""
    words = ["http", *(["--form"] if request.kind == "form" else [])]
    if request.kind in {"json", "text"}:
        words += ["--raw", request.text]
    words += [request.method, address.rstrip("/") + request.target]
    if request.kind == "form":
        words += [f"{_as_a_mere_name(name)}={value}" for name, value in request.form]
    words += [f"{name}:{value}" for name, value in _all_headers(request)]
    return as_line(*words)


def _as_a_mere_name(name: str) -> str:
    """Mark the signs that httpie would take for its own."""
    return re.sub(r"([:=@;\\])", r"\\\1", name)


def _all_headers(request: ConsoleRequest) -> Pairs:
    own = {name.lower() for name, _ in request.headers}
    kind = request.content_type
    if kind is None or request.kind == "form" or "content-type" in own:
        return request.headers
    return (("Content-Type", kind), *request.headers)


def _method(method: str) -> str:
    wanted = method.strip().upper()
    if wanted not in METHODS:
        raise RequestError(
            "method",
            f"The console does not send {method[:40]!a}.",
            f"Choose one of {', '.join(METHODS)}.",
        )
    return wanted


def _path(path: str, field: str) -> str:
    if not path.startswith("/"):
        raise RequestError(
            field,
            f"{path[:60]!a} is no path of an app.",
            "Begin it with /, as in /api/books: the console adds each app's address.",
        )
    if "#" in path or not path.isprintable() or "\\" in path:
        raise RequestError(
            field,
            f"The path {path[:60]!a} has a sign that no address has.",
            "Leave out #, backslashes and invisible signs.",
        )
    if len(path) > _LONGEST_PATH:
        raise RequestError(field, "The path is too long.", f"Stay below {_LONGEST_PATH} signs.")
    return path


def _headers(headers: Sequence[tuple[str, str]]) -> Pairs:
    for name, value in headers:
        if not _HEADER_NAME.fullmatch(name) or not value.isprintable() or not value.isascii():
            raise RequestError(
                "headers",
                f"{name[:40]!a} cannot be sent as a header.",
                "Use letters, digits and hyphens in its name, and plain signs in its value.",
            )
        if name.lower() in _OURS:
            raise RequestError(
                "headers", f"The console sets {name} itself.", "Leave this header out."
            )
    if len(headers) > _MOST_HEADERS or any(len(value) > _LONGEST_HEADER for _, value in headers):
        raise RequestError("headers", "These headers are too many or too long.", "Send fewer.")
    return tuple(headers)


def _check_body(request: ConsoleRequest) -> None:
    try:
        size = len(request.content())
    except UnicodeEncodeError:
        raise RequestError(
            "body", "The body holds half a character.", "Copy the text into the field again."
        ) from None
    if size > LARGEST_BODY:
        raise RequestError(
            "body", "The body is larger than 2 MB.", "Shorten it, or send it with curl."
        )
