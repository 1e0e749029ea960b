"""One address of the API: routed, described and its parameters read in one place."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from sandbox import wire
from sandbox.errors import RequestError
from sandbox.names import say_what_exists
from sandbox.web.query import Asked
from sandbox.web.security import TokenNeeded, is_public, is_trusted

ANY_NAME = "*"
_EXAMPLE = 'Write it like {"framework": "flask", "features": ["database"]}.'

Answer = wire.Json | Response
View = Callable[..., Answer]


class ApiTokenNeeded(TokenNeeded):
    """A program asked for what touches the learner's folder without showing the token."""

    description = "This address works with the projects on your computer, so it needs your token."
    hint = "Send the token of the link in your terminal as the header “Authorization: Bearer …”."


@dataclass(frozen=True)
class Endpoint:
    """One address of the API, as the capability document shows it.

    The parameter `*` stands for names that the data define; `token` says whether one is needed.
    """

    method: str
    path: str
    what: str
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])
    token: bool = False


class Api:
    """The addresses of a blueprint, each described by the docstring of its view."""

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        self.endpoints: list[Endpoint] = []

    def offered(self) -> list[Endpoint]:
        """Return the addresses that there are here: a public site has no workspace."""
        return [each for each in self.endpoints if not (each.token and is_public())]

    def at(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, str] | None = None,
        *,
        token: bool = False,
    ) -> Callable[[View], View]:
        """Route the view below to `path`, for these parameters."""

        def added(view: View) -> View:
            self.add(Endpoint(method, path, view.__doc__ or "", parameters or {}, token), view)
            return view

        return added

    def add(self, endpoint: Endpoint, view: View) -> None:
        """Route a view, which gets `parameter → values` as asked, and the parts of the path.

        POST reads its parameters from a JSON object. A parameter that is not described is refused,
        because a misspelt one would otherwise give another result than the one meant.
        """

        def answer(**place: str) -> Response:
            if endpoint.token and is_public():
                raise NotFound
            if endpoint.token and not is_trusted():
                raise ApiTokenNeeded
            given = view(_asked(endpoint.parameters), **place)
            return given if isinstance(given, Response) else as_json(given)

        self.endpoints.append(endpoint)
        self._blueprint.add_url_rule(
            endpoint.path.removeprefix(self._blueprint.url_prefix or ""),
            view.__name__,
            answer,
            methods=[endpoint.method],
        )


def as_json(value: wire.Json, status: int = 200) -> Response:
    """Answer JSON with its keys in the order of the data, which `jsonify` would sort."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    # Half of a surrogate pair, which JSON can carry and UTF-8 cannot, stays the escape it was.
    body = f"{text}\n".encode(errors="backslashreplace")
    return Response(body, status, mimetype="application/json")


def _asked(known: Mapping[str, str]) -> Asked:
    asked = _query() if request.method == "GET" else _body()
    for name in asked:
        if name not in known and ANY_NAME not in known:
            raise RequestError(
                name, f"There is no parameter {name[:60]!a} here.", say_what_exists(name, known)
            )
    return asked


def _query() -> Asked:
    return {name: values for name, values in request.args.lists() if name != ANY_NAME}


def _body() -> Asked:
    try:
        data: object = request.get_json(silent=True)
    except RecursionError:  # brackets nested ten thousand deep
        data = None
    if not isinstance(data, dict):
        raise RequestError(
            "body",
            "The request has no JSON object.",
            f"Send it as application/json. {_EXAMPLE}",
        )
    entries = cast("dict[str, object]", data)
    return {name: _texts(name, value) for name, value in entries.items()}


def _texts(name: str, value: object) -> Sequence[str]:
    listed = cast("list[object]", value if isinstance(value, list) else [value])
    texts = [each for each in listed if isinstance(each, str)]
    if len(texts) != len(listed):
        raise RequestError(name, f"{name[:60]!a} must be a text or a list of texts.", _EXAMPLE)
    return texts
