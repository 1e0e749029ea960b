"""Read what a page's address or form asks for."""

from collections.abc import Sequence

from flask import request

from sandbox.errors import RequestError


def several(name: str) -> tuple[str, ...]:
    """Return each value of a parameter once; forms repeat the name, links use commas."""
    parts = (part.strip() for value in request.values.getlist(name) for part in value.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def one_of(name: str, allowed: Sequence[str], default: str) -> str:
    """Return the value of a parameter that is one of `allowed`; raises `RequestError`."""
    value = request.values.get(name) or default
    if value not in allowed:
        raise RequestError(
            name,
            f"{value[:60]!a} is not one of the choices for {name!r}.",
            f"Choose {', '.join(allowed)}.",
        )
    return value
