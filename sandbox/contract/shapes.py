"""What the contract says a book, a review and a page look like, read strictly out of JSON."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeGuard, TypeVar

from sandbox.contract.answer import Answer, Json, excerpt
from sandbox.contract.api import Api
from sandbox.contract.failure import Failure

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")
_ISBN = re.compile(r"[0-9]{13}")

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Book:
    """A book as an app answers it; the last three are there with `database`."""

    id: int
    title: str
    author: str
    isbn: str | None
    year: int | None
    created_at: str | None = None
    review_count: int | None = None
    average_rating: float | None = None

    @property
    def path(self) -> str:
        """Return the book's own address."""
        return f"/api/books/{self.id}"


@dataclass(frozen=True, slots=True)
class Review:
    """A review as an app answers it; the last is there with `auth`."""

    id: int
    book_id: int
    rating: int
    text: str
    created_at: str
    author: str | None = None

    @property
    def path(self) -> str:
        """Return the review's own address."""
        return f"/api/reviews/{self.id}"


@dataclass(frozen=True, slots=True)
class Page(Generic[Thing]):
    """One page of a list, and how many things the whole list has."""

    items: tuple[Thing, ...]
    total: int


def book_of(api: Api, answer: Answer) -> Book:
    """Read the one book of an answer."""
    return _book(api, answer, answer.json())


def review_of(api: Api, answer: Answer) -> Review:
    """Read the one review of an answer."""
    return _review(api, answer, answer.json())


def book_page(api: Api, answer: Answer) -> Page[Book]:
    """Read a page of books."""
    return _page(api, answer, _book)


def review_page(api: Api, answer: Answer) -> Page[Review]:
    """Read a page of reviews."""
    return _page(api, answer, _review)


def object_of(answer: Answer, value: Json, keys: set[str], what: str) -> dict[str, Json]:
    """Return the JSON object with exactly these keys, or tell which are missing or too many."""
    if not isinstance(value, dict):
        raise Failure(
            f"{answer.request} answered {excerpt(answer.text)}: expected {what} as a JSON object.",
            step=answer.step,
        )
    missing, extra = sorted(keys - value.keys()), sorted(value.keys() - keys)
    if missing or extra:
        parts = [f"without {', '.join(missing)}"] if missing else []
        parts += [f"with {', '.join(extra)}, which does not belong there"] if extra else []
        raise Failure(f"{answer.request} answered {what} {' and '.join(parts)}.", step=answer.step)
    return value


def _page(api: Api, answer: Answer, read: Callable[[Api, Answer, Json], Thing]) -> Page[Thing]:
    fields = object_of(answer, answer.json(), {"items", "total"}, "a list")
    items, total = fields["items"], fields["total"]
    if not isinstance(items, list):
        raise _wrong(answer, "items", items, "a list")
    if not _is_integer(total) or total < 0:
        raise _wrong(answer, "total", total, "how many there are in all, a whole number")
    return Page(tuple(read(api, answer, item) for item in items), total)


def _book(api: Api, answer: Answer, value: Json) -> Book:
    keys = {"id", "title", "author", "isbn", "year"}
    stored = {"created_at", "review_count", "average_rating"}
    has_database = "database" in api.features
    fields = object_of(answer, value, keys | stored if has_database else keys, "a book")
    isbn, year = fields["isbn"], fields["year"]
    if isbn is not None and not (isinstance(isbn, str) and _ISBN.fullmatch(isbn)):
        raise _wrong(answer, "isbn", isbn, "13 digits as a text, or null")
    if year is not None and not _is_integer(year):
        raise _wrong(answer, "year", year, "a whole number or null")
    book = Book(
        _integer(answer, fields, "id"),
        _text(answer, fields, "title"),
        _text(answer, fields, "author"),
        isbn,
        year,
    )
    return _with_stored(answer, book, fields) if has_database else book


def _with_stored(answer: Answer, book: Book, fields: dict[str, Json]) -> Book:
    average = fields["average_rating"]
    if average is not None and (isinstance(average, bool) or not isinstance(average, (int, float))):
        raise _wrong(answer, "average_rating", average, "a number or null")
    return Book(
        book.id,
        book.title,
        book.author,
        book.isbn,
        book.year,
        _time(answer, fields),
        _integer(answer, fields, "review_count"),
        average,
    )


def _review(api: Api, answer: Answer, value: Json) -> Review:
    keys = {"id", "book_id", "rating", "text", "created_at"}
    if "auth" in api.features:
        keys.add("author")
    fields = object_of(answer, value, keys, "a review")
    return Review(
        _integer(answer, fields, "id"),
        _integer(answer, fields, "book_id"),
        _integer(answer, fields, "rating"),
        _text(answer, fields, "text"),
        _time(answer, fields),
        _author(answer, fields) if "auth" in api.features else None,
    )


def _author(answer: Answer, fields: dict[str, Json]) -> str | None:
    # Reviews from before there were members have none.
    return None if fields["author"] is None else _text(answer, fields, "author")


def _integer(answer: Answer, fields: dict[str, Json], name: str) -> int:
    value = fields[name]
    if not _is_integer(value):
        raise _wrong(answer, name, value, "a whole number")
    return value


def _is_integer(value: Json) -> TypeGuard[int]:
    # Python counts true as the integer 1; JSON does not.
    return isinstance(value, int) and not isinstance(value, bool)


def _text(answer: Answer, fields: dict[str, Json], name: str) -> str:
    value = fields[name]
    if not isinstance(value, str):
        raise _wrong(answer, name, value, "a text")
    return value


def _time(answer: Answer, fields: dict[str, Json]) -> str:
    value = fields["created_at"]
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        expected = "a time with its UTC offset, like 2026-01-31T09:30:00Z"
        raise _wrong(answer, "created_at", value, expected)
    return value


def _wrong(answer: Answer, name: str, value: Json, expected: str) -> Failure:
    return Failure(
        f"{answer.request} answered {name} = {excerpt(repr(value), 80)}: expected {expected}.",
        step=answer.step,
    )
