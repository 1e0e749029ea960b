"""The public site: no workspace, no processes, and every page follows from its address alone."""

from collections.abc import Callable
from functools import wraps
from threading import Lock

from flask import Flask, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from sandbox.web.security import SAFE_METHODS

_KEPT_FOR = 600  # seconds; a new release shows itself within ten minutes
_LOCAL_PARAMETERS = frozenset({"made", "project", "token"})
_RENDERING = ("/build", "/compare", "/api/tree", "/api/zip", "/api/diff", "/api/compare")

View = Callable[..., ResponseReturnValue]


def publish(app: Flask) -> None:
    """Refuse what would work with a workspace, and let caches keep the rest.

    Answers are sent as they are: the web server in front compresses what it has cached.
    """
    app.before_request(_refuse_what_is_local)
    app.after_request(_let_caches_keep)


def take_turns(app: Flask) -> None:
    """Let one request at a time render projects; call this when every view is registered.

    Threads share one interpreter, so that it takes all of them as long either way; a page that
    costs little then shares it with one that costs much, and not with all who wait for one.
    """
    turn = Lock()
    rules = app.url_map.iter_rules()
    for endpoint in {each.endpoint for each in rules if each.rule.startswith(_RENDERING)}:
        app.view_functions[endpoint] = _in_turn(turn, app.ensure_sync(app.view_functions[endpoint]))


def _in_turn(turn: Lock, view: View) -> View:
    @wraps(view)
    def waiting(**arguments: object) -> ResponseReturnValue:
        with turn:
            return view(**arguments)

    return waiting


def _refuse_what_is_local() -> None:
    if request.method not in SAFE_METHODS or not _LOCAL_PARAMETERS.isdisjoint(request.args):
        raise NotFound


def _let_caches_keep(response: Response) -> Response:
    if request.endpoint == "static":
        return response
    if response.status_code != 200:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = f"public, max-age={_KEPT_FOR}"
    response.add_etag()
    return response.make_conditional(request)
