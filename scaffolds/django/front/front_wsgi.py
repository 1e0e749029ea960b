"""The site, for a server in front that says in X-Forwarded-Prefix below which path it shows it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from config.wsgi import application as site

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer below that path; whoever asks the app itself is answered without."""
    environ["SCRIPT_NAME"] = environ.get("HTTP_X_FORWARDED_PREFIX", "")
    return site(environ, start_response)
