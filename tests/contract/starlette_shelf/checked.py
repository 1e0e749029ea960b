"""Input, checked: each function returns clean values, or raises `Wrong` with a sentence a field."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

MAX_INTEGER = 2**63 - 1


class Wrong(Exception):  # noqa: N818 - said of what came in, not of this code
    """Input at fault: `errors` has a sentence for each field."""

    def __init__(self, errors: Mapping[str, str], status: int = 422) -> None:
        super().__init__(errors)
        self.errors = dict(errors)
        self.status = status


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        raise ValueError("Give a text.")
    value = value.strip()
    if not 1 <= len(value) <= longest:
        raise ValueError(f"Give 1 to {longest} characters.")
    if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise ValueError("Leave out characters that are no text.")
    return value


def _whole(value: Any, lowest: int, highest: int) -> int:
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,19}", value.strip()):
        value = int(value)
    if type(value) is not int or not lowest <= value <= highest:
        raise ValueError(f"Give a whole number from {lowest} to {highest}.")
    return value


def _year(value: Any) -> int | None:
    if value is None or value == "":
        return None
    return _whole(value, -3000, datetime.now(UTC).year + 1)


def _isbn(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError("Give the ISBN as a text.")
    value = value.strip()
    if not value:
        return None
    if not re.fullmatch("[0-9]{13}", value):
        raise ValueError("Give 13 digits without hyphens.")
    if sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(value)) % 10:
        raise ValueError("The last digit of this ISBN is wrong.")
    return value


def _username(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9.@+_-]{1,150}", value):
        raise ValueError("Give 1 to 150 letters, digits or any of .@+-_")
    return value


def _password(value: Any) -> str:
    if not isinstance(value, str) or len(value) < 8:
        raise ValueError("Give 8 characters at least.")
    return value


BOOK = {
    "title": lambda value: _text(value, 200),
    "author": lambda value: _text(value, 200),
    "isbn": _isbn,
    "year": _year,
}
REVIEW = {
    "rating": lambda value: _whole(value, 1, 5),
    "text": lambda value: _text(value, 2000),
}
ACCOUNT = {"username": _username, "password": _password}


def whole(rules: Mapping[str, Any], sent: Mapping[str, Any]) -> dict[str, Any]:
    """Check every field; one that is left out counts as null."""
    return changes(rules, {name: sent.get(name) for name in rules})


def changes(rules: Mapping[str, Any], sent: Mapping[str, Any]) -> dict[str, Any]:
    """Check the fields that are sent, and pass over those without a rule."""
    clean, errors = {}, {}
    for name in rules.keys() & sent.keys():
        try:
            clean[name] = rules[name](sent[name])
        except ValueError as error:
            errors[name] = str(error)
    if errors:
        raise Wrong(errors)
    return clean


def window(query: Mapping[str, str]) -> tuple[int, int]:
    """Return limit and offset."""
    rules = {
        "limit": lambda value: _whole(value, 1, 100),
        "offset": lambda value: _whole(value, 0, MAX_INTEGER),
    }
    asked = changes(rules, query)
    return asked.get("limit", 20), asked.get("offset", 0)
