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
        limit=_number("limit", default=20, least=1, most=100),
        offset=_number("offset", default=0, least=0, most=2**63 - 1),
    )


def _number(name: str, *, default: int, least: int, most: int) -> int:
    text = request.args.get(name, str(default))
    # 19 digits are enough for any allowed number; Python refuses to read thousands.
    if text.isascii() and text.isdigit() and len(text) < 20:
        number = int(text)
        if least <= number <= most:
            return number
    raise InvalidInput({name: f"Give a whole number from {least} to {most}."})
