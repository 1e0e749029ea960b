"""Read what a request asks for: one reader for pages and the API."""

from collections.abc import Mapping, Sequence

from flask import request

from sandbox.errors import RequestError
from sandbox.generate import ProjectRequest
from sandbox.names import each_once
from sandbox.web.current import current_workshop

Asked = Mapping[str, Sequence[str]]


def asked() -> Asked:
    """Return the filled-in fields of a page's address or form, each with its values."""
    given = request.form if request.method == "POST" else request.args
    filled = {name: [each for each in values if each] for name, values in given.lists()}
    return {name: values for name, values in filled.items() if values}


def one(wanted: Asked, name: str, default: str) -> str:
    """Return the one value of a parameter; raises `RequestError` if there are several."""
    values = wanted.get(name) or [default]
    if len(values) > 1:
        raise RequestError(name, f"{name!a} is given {len(values)} times.", "Give it once.")
    return values[0]


def several(wanted: Asked, name: str) -> tuple[str, ...]:
    """Return each value of a parameter once; forms repeat the name, links use commas."""
    return each_once(wanted.get(name, ()))


def one_of(wanted: Asked, name: str, allowed: Sequence[str], default: str) -> str:
    """Return the value of a parameter that is one of `allowed`; raises `RequestError`."""
    value = one(wanted, name, default)
    if value not in allowed:
        raise RequestError(
            name,
            f"{value[:60]!a} is not one of the choices for {name!r}.",
            f"Choose {', '.join(allowed)}.",
        )
    return value


def in_order(frameworks: Sequence[str]) -> tuple[str, ...]:
    """Return every framework that can be made, as usual unless the reader chose another order."""
    usual = tuple(current_workshop().scaffolds)
    if tuple(each for each in usual if each in frameworks) == tuple(frameworks):
        return usual
    return tuple(dict.fromkeys((*frameworks, *usual)))


def requests(wanted: Asked, named: Sequence[str]) -> tuple[ProjectRequest, ...]:
    """Return a request for each framework named, or for every one; raises `RequestError`."""
    return current_workshop().requests(
        named,
        features=several(wanted, "features"),
        name=one(wanted, "name", "Shelf").strip(" "),  # a space too many is no wish
        slug=one(wanted, "slug", "") or None,
    )
