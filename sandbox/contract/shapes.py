"""What the contract says a book, a review and all other JSON look like, read strictly."""

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from sandbox.contract.answer import Answer, Json, excerpt
from sandbox.contract.failure import Failure

Thing = TypeVar("Thing")

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")
_ISBN = re.compile(r"[0-9]{13}")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of JSON value: what it is in words, and whether a value is of it."""

    words: str
    holds: Callable[[Json], bool]


def _is_integer(value: Json) -> bool:
    # Python counts true as the integer 1; JSON does not.
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Json) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_share(value: Json) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1


def _is_text(value: Json) -> bool:
    return isinstance(value, str)


def _one_of(*values: str) -> Kind:
    return Kind(" or ".join(f"`{each}`" for each in values), lambda value: value in values)


def _matches(pattern: re.Pattern[str]) -> Callable[[Json], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _or_null(words: str, holds: Callable[[Json], bool]) -> Kind:
    return Kind(f"{words}, or null", lambda value: value is None or holds(value))


INTEGER = Kind("a whole number", _is_integer)
COUNT = Kind("a whole number from 0", lambda value: isinstance(value, int) and value >= 0)
NUMBER = Kind("a number", _is_number)
TEXT = Kind("a text", _is_text)
WORDS = Kind("a sentence", lambda value: isinstance(value, str) and bool(value.strip()))
LIST = Kind("a list", lambda value: isinstance(value, list))
TIME = Kind("a time with its UTC offset, like 2026-01-31T09:30:00Z", _matches(_TIME))


@dataclass(frozen=True, slots=True)
class Part:
    """One key of a shape; with a feature it is there where the app has that."""

    name: str
    kind: Kind
    meaning: str = ""
    feature: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A JSON object with exactly these keys; `called` is how messages speak of one."""

    name: str
    called: str
    parts: tuple[Part, ...]

    def keys(self, features: Collection[str]) -> set[str]:
        """Return the keys that an app with these features answers."""
        return {each.name for each in self.parts if each.feature in {None, *features}}

    def read(self, answer: Answer, value: Json, features: Collection[str] = ()) -> dict[str, Any]:
        """Return the object's values, or tell which keys are missing, too many or wrong."""
        if not isinstance(value, dict):
            raise Failure(
                f"{answer.request} answered {excerpt(answer.text)}: expected {self.called} as a "
                "JSON object.",
                step=answer.step,
            )
        keys = self.keys(features)
        missing, extra = sorted(keys - value.keys()), sorted(value.keys() - keys)
        if missing or extra:
            parts = [f"without {', '.join(missing)}"] if missing else []
            parts += [f"with {', '.join(extra)}, which does not belong there"] if extra else []
            raise Failure(
                f"{answer.request} answered {self.called} {' and '.join(parts)}.", step=answer.step
            )
        for part in self.parts:
            if part.name in keys and not part.kind.holds(value[part.name]):
                shown = excerpt(repr(value[part.name]), 80)
                raise Failure(
                    f"{answer.request} answered {part.name} = {shown}: expected {part.kind.words}.",
                    step=answer.step,
                )
        return value


class Shown:
    """A value of a dataclass that messages show as an app answers it, as a JSON object."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return the JSON object, without keys that this app need not answer."""
        pairs = [(each, getattr(self, each.name)) for each in fields(self)]  # pyright: ignore[reportArgumentType]
        shown = {each.name: value for each, value in pairs if value is not each.default}
        return json.dumps(shown, ensure_ascii=False)


@dataclass(frozen=True, slots=True, repr=False)
class Book(Shown):
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
        """Return the book's own address in the API."""
        return f"/api/books/{self.id}"

    @property
    def reviews(self) -> str:
        """Return the address of the book's reviews in the API."""
        return f"{self.path}/reviews"

    @property
    def page(self) -> str:
        """Return the address of the book's page."""
        return f"/books/{self.id}"


@dataclass(frozen=True, slots=True, repr=False)
class Review(Shown):
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


BOOK = Shape(
    "Book",
    "a book",
    (
        Part("id", INTEGER, "chosen by the app, from 0 to 2^63-1"),
        Part("title", TEXT, "1 to 200 characters"),
        Part("author", TEXT, "1 to 200 characters"),
        Part(
            "isbn",
            _or_null("13 digits as a text", _matches(_ISBN)),
            "no hyphens, the last digit is the check digit of ISBN-13, no two books have the same",
        ),
        Part("year", _or_null("a whole number", _is_integer), "from -3000 to next year"),
        Part("created_at", TIME, "when the book was added", "database"),
        Part("review_count", INTEGER, "how many reviews it has", "database"),
        Part(
            "average_rating",
            _or_null("a number", _is_number),
            "the mean of their ratings, right to 0.05; null without reviews",
            "database",
        ),
    ),
)
REVIEW = Shape(
    "Review",
    "a review",
    (
        Part("id", INTEGER, "chosen by the app"),
        Part("book_id", INTEGER, "the id of its book"),
        Part("rating", INTEGER, "from 1 to 5"),
        Part("text", TEXT, "1 to 2000 characters"),
        Part("created_at", TIME, "when the review was added"),
        Part(
            "author",
            _or_null("a text", _is_text),
            "the username of whoever wrote it; null if that was before there were accounts",
            "auth",
        ),
    ),
)
LISTED = Shape(
    "List",
    "a list",
    (
        Part("items", LIST, "one page of books or reviews"),
        Part("total", COUNT, "how many there are in all, with the same `q`"),
    ),
)
OFFERS = Shape(
    "Offers",
    "the offers",
    (Part("offers", LIST, "of Offer, cheapest first"), Part("failed", LIST, "of FailedShop")),
)
OFFER = Shape(
    "Offer",
    "an offer",
    (
        Part("shop", TEXT, "the shop's base URL as it stands in `BOOKSHOPS`"),
        Part("price", NUMBER, "as the shop answered it"),
    ),
)
FAILED_SHOP = Shape(
    "FailedShop",
    "a failed shop",
    (Part("shop", TEXT, "the shop's base URL"), Part("reason", WORDS, "what went wrong")),
)
IMPORT = Shape(
    "Import",
    "an import",
    (
        Part("status", _one_of("queued", "running", "done")),
        Part("created", COUNT, "books added"),
        Part("skipped", COUNT, "lines whose ISBN was there already"),
        Part("errors", LIST, "of LineError, for the lines that are invalid"),
    ),
)
LINE_ERROR = Shape(
    "LineError",
    "an error",
    (
        Part("line", COUNT, "the number of the line in the file; the header is line 1"),
        Part("msg", WORDS, "what is wrong with it"),
    ),
)
SCORE = Shape(
    "Score",
    "a score",
    (
        Part("score", Kind("a number from 0 to 1", _is_share), "how positive the text sounds"),
        Part("label", _one_of("positive", "negative"), "`positive` from 0.5 on"),
    ),
)
SHAPES = (BOOK, REVIEW, LISTED, OFFERS, OFFER, FAILED_SHOP, IMPORT, LINE_ERROR, SCORE)


def read_page(
    answer: Answer, shape: Shape, make: Callable[..., Thing], features: Collection[str]
) -> Page[Thing]:
    """Read a page of a list whose items have this shape."""
    fields: Mapping[str, Any] = LISTED.read(answer, answer.json())
    items = (make(**shape.read(answer, item, features)) for item in fields["items"])
    return Page(tuple(items), fields["total"])
