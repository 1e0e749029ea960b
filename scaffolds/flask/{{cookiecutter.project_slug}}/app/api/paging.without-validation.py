"""Read `limit` and `offset` by hand: a URL is text, and the checks are ours."""

from typing import NamedTuple

from flask import request

from ..errors import InvalidInput


class Page(NamedTuple):
    """Which part of a list to show."""

    limit: int
    offset: int


def read_page() -> Page:
    """Read the page that the URL asks for, or refuse it by parameter name."""
    return Page(
        limit=_number("limit", default=20, allowed=range(1, 101)),
        offset=_number("offset", default=0, allowed=range(2**63)),
    )


def _number(name: str, *, default: int, allowed: range) -> int:
    text = request.args.get(name, str(default))
    # 19 digits are enough for any allowed number; Python refuses to read thousands.
    if text.isascii() and text.isdigit() and len(text) < 20 and int(text) in allowed:
        return int(text)
    raise InvalidInput(
        {name: f"Give a whole number from {allowed[0]} to {allowed[-1]}."}
    )
