"""Every failure as one sentence and what to do about it: a page, or JSON for programs."""

from flask import Flask, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from sandbox import wire
from sandbox.errors import (
    DataError,
    LessonError,
    SandboxError,
    ScaffoldError,
    ServerError,
    WorkspaceError,
)
from sandbox.web.endpoint import as_json
from sandbox.web.typed import in_own_words

_STATUS: dict[type[SandboxError], int] = {
    DataError: 500,
    ScaffoldError: 500,
    LessonError: 404,
    WorkspaceError: 409,
    ServerError: 502,
}
_TITLES = {
    400: "That does not work as asked",
    403: "This needs your own link",
    404: "There is nothing at this address",
    405: "This address does not take that",
    409: "Nothing was changed",
    413: "That is too much at once",
    500: "Something broke here",
}
_KEPT_HEADERS = frozenset({"Allow", "Retry-After"})
_SENTENCES = {
    404: ("No page lives here.", "Check the address, or begin at the start."),
    405: ("This address cannot be used in that way.", "Open it as a page, or use its form."),
    413: ("What was sent is larger than 2 MB.", "Send less; nothing was changed."),
    500: ("The server met a fault of its own.", "Try again; the terminal shows what happened."),
}
_START = ("start.page", "Back to the start")
_ROOMS = {
    "advisor": ("advisor.page", "Back to the questions"),
    "builder": ("builder.page", "Back to the builder"),
    "compare": ("compare.page", "Back to the comparison"),
    "lab": ("lab.page", "Back to the Lab"),
    "learn": ("learn.page", "Back to the lessons"),
    "library": ("library.frameworks", "Back to the library"),
}


def register(app: Flask) -> None:
    """Answer every failure in the app's own words."""
    app.register_error_handler(SandboxError, _sandbox_error)
    app.register_error_handler(HTTPException, _http_error)


def _sandbox_error(error: SandboxError) -> ResponseReturnValue:
    if isinstance(error, WorkspaceError) and request.method in ("GET", "HEAD"):
        return _answer(error, 404, "That project cannot be shown")
    return _answer(error, _STATUS.get(type(error), 400))


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    sentence, hint = _SENTENCES.get(error.code, (error.description or error.name, ""))
    said = SandboxError(sentence, str(getattr(error, "hint", hint)))
    response = make_response(_answer(said, error.code))
    response.headers.extend(
        (name, value) for name, value in error.get_headers() if name in _KEPT_HEADERS
    )
    return response


def _answer(error: SandboxError, status: int, title: str = "") -> ResponseReturnValue:
    if f"{request.path}/".startswith("/api/"):
        return as_json(wire.error(error), status)
    page = render_template(
        "errors/page.html",
        status=status,
        title=title or _TITLES.get(status, _TITLES[400]),
        error=SandboxError(error.message, in_own_words(error.hint)),
        back=_way_back(),
    )
    return page, status


def _way_back() -> dict[str, str]:
    endpoint, label = _ROOMS.get(request.blueprint or "", _START)
    return {"href": url_for(endpoint), "label": label}
