"""Who may ask, and for what: Host, origin, token and the headers that keep other pages out.

Every web page the learner has open is treated as hostile, including pages of their own projects
on another port of the same host.
"""

import hmac
import secrets
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast
from urllib.parse import quote, urlencode, urlsplit

from flask import Flask, current_app, g, redirect, request
from werkzeug.exceptions import BadRequest, Forbidden, NotFound, RequestEntityTooLarge
from werkzeug.wrappers import Response

from sandbox.web.settings import OWN_HOSTS, OWN_NAME, Settings

BODY_LIMIT = 2 * 1024 * 1024
SETTINGS = "SANDBOX_SETTINGS"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE = frozenset({"same-origin", "none"})
POLICY = "Content-Security-Policy"
OWN_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""What the pages may load: their own, and nothing from elsewhere."""

_HEADERS = {
    POLICY: OWN_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class ForeignHost(BadRequest):
    """The request asks for a host name that is not ours, as after DNS rebinding."""

    description = "This server does not answer for that host name."
    hint = (
        "Open the address printed in your terminal. If this name is yours, start the server with "
        "--allow-host and the name."
    )


class ForeignOrigin(Forbidden):
    """A page that is not ours tried to change something."""

    description = "Another website tried to change something here, so it was refused."
    hint = "Open this page from its own address and try again; nothing was changed."


class WrongToken(Forbidden):
    """The link or the header carries a token that this server did not print."""

    description = "This link belongs to an earlier start of the server."
    hint = "Open the newest link printed in your terminal."


class TokenNeeded(Forbidden):
    """The page touches the learner's folder and the browser has not shown the token yet."""

    description = "This page works with the projects on your computer, so it needs your link once."
    hint = "Open the link printed in your terminal; after that this page opens by itself."


def secure(app: Flask, settings: Settings) -> None:
    """Put the rules in front of every route and the headers on every response."""
    app.config[SETTINGS] = settings
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.before_request(_admit)
    app.after_request(_add_headers)


def needs_token(view: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Let a view run only for who has shown the token; raises `TokenNeeded`.

    On a public site there is nothing of the kind: raises `NotFound`.
    """

    @wraps(view)
    def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        if is_public():
            raise NotFound
        if not is_trusted():
            raise TokenNeeded
        return view(*args, **kwargs)

    return guarded


def is_public() -> bool:
    """Tell whether this is a public site, which has no workspace and starts no process."""
    return cast("Settings", current_app.config[SETTINGS]).public


def is_trusted() -> bool:
    """Tell whether this request may touch the learner's workspace."""
    return bool(g.get("trusted", False))


def _admit() -> Response | None:
    settings = cast("Settings", current_app.config[SETTINGS])
    # Flask's TRUSTED_HOSTS cannot express [::1] and would leave the sentence to us anyway.
    if not _is_ours(request.headers.get("Host", ""), settings):
        raise ForeignHost
    bearer = _bearer(settings)
    if request.method not in SAFE_METHODS and not bearer and not _from_own_page():
        raise ForeignOrigin
    if (request.content_length or 0) > BODY_LIMIT:
        raise RequestEntityTooLarge
    open_to_all = settings.token is None and not settings.public
    g.trusted = open_to_all or bearer or _has_cookie(settings)
    if "token" in request.args and request.method == "GET":
        return _exchange(settings)
    return None


def _is_ours(host: str, settings: Settings) -> bool:
    # A file is reached by no name: whoever may open it stands in front of us on purpose.
    return settings.unix_socket is not None or _host_name(host) in settings.hosts


def _host_name(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).lower()


def _bearer(settings: Settings) -> bool:
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if settings.token is None or scheme.lower() != "bearer":
        return False
    if not _same(value.strip(), settings.token):
        raise WrongToken
    return True


def _from_own_page() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in _OWN_SITE
    try:
        origin = urlsplit(request.headers.get("Origin", ""))
    except ValueError:  # such as "http://["
        return False
    return bool(origin.netloc) and origin.netloc.lower() == request.host.lower()


def _cookie_name(settings: Settings) -> str:
    """Name the cookie by port, since browsers share cookies between the ports of one host."""
    port = request.host.rpartition(":")[2]
    return f"sandbox_{port if port.isdecimal() else settings.port}"


def _our_cookies(settings: Settings) -> list[str]:
    """Return the names of cookies that are ours, or that other ports have set as if they were."""
    name = _cookie_name(settings)
    return [each for each in request.cookies if each == name or each.startswith(f"{name}_")]


def _has_cookie(settings: Settings) -> bool:
    shown = (value for name in _our_cookies(settings) for value in request.cookies.getlist(name))
    return any(_same(value, settings.cookie_value) for value in shown)


def _exchange(settings: Settings) -> Response:
    """Trade the token in the address for a cookie and go on to the clean address."""
    if settings.token is not None and not _same(request.args["token"], settings.token):
        raise WrongToken
    if _belongs_to_the_apps(settings):
        port = request.host.rpartition(":")[2]
        return redirect(f"http://{OWN_NAME}:{port}{_clean_address(token=True)}", 303)
    response = redirect(_clean_address(), 303)
    if settings.token is not None:
        _set_cookie(response, settings)
    return response


def _set_cookie(response: Response, settings: Settings) -> None:
    """Set our cookie; where a foreign one stands that may refuse to go, another beside it."""
    name, path = _cookie_name(settings), f"{settings.prefix}/"
    there = [] if _has_cookie(settings) else _our_cookies(settings)
    for each in there:
        response.delete_cookie(each, path=path)
    for each in [name, f"{name}_{secrets.token_hex(4)}"] if there else [name]:
        response.set_cookie(
            each, settings.cookie_value, path=path, httponly=True, samesite="Strict"
        )


def _belongs_to_the_apps(settings: Settings) -> bool:
    """Tell whether a cookie set here would reach the learner's apps, and we have another name."""
    host, colon, _ = request.host.rpartition(":")
    ours = settings.own_host == OWN_NAME and not settings.prefix
    return ours and bool(colon) and host in OWN_HOSTS - {OWN_NAME}


def _clean_address(*, token: bool = False) -> str:
    """Return this address in a form that leads nowhere else, and without the token unless kept."""
    kept = [(key, each) for key, each in request.args.items(multi=True) if key != "token" or token]
    path = quote(f"{request.script_root}{request.path}".lstrip("/"), safe="/@:+~,")
    return f"/{path}?{urlencode(kept)}".rstrip("?")


def _same(shown: str, expected: str) -> bool:
    return bool(expected) and hmac.compare_digest(shown.encode(), expected.encode())


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    elif response.status_code in (200, 304):
        response.cache_control.immutable = True
    return response
