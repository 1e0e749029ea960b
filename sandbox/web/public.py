"""The public site: no workspace, no processes, and every page follows from its address alone."""

from flask import Flask, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from sandbox.web.security import SAFE_METHODS

_KEPT_FOR = 600  # seconds; a new release shows itself within ten minutes
_LOCAL_PARAMETERS = frozenset({"made", "project", "token"})


def publish(app: Flask) -> None:
    """Refuse what would work with a workspace, and let caches keep the rest.

    Answers are sent as they are: the web server in front compresses what it has cached.
    """
    app.before_request(_refuse_what_is_local)
    app.after_request(_let_caches_keep)


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
