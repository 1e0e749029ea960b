"""What checks do with books and reviews again and again, each step expecting success."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sandbox.contract.answer import Answer
from sandbox.contract.api import Api, Parameter
from sandbox.contract.expect import expect, expect_status
from sandbox.contract.failure import Failure
from sandbox.contract.shapes import (
    Book,
    Page,
    Review,
    book_of,
    book_page,
    review_of,
    review_page,
)

BOOKS = "/api/books"
SAMPLE_BOOKS = 12
LARGEST_ID = 2**63 - 1
MOST_BOOKS = 5_000
"""A shelf longer than this is not read to its end."""

Thing = TypeVar("Thing", Book, Review)


@dataclass(frozen=True, slots=True)
class Stock:
    """Books that a list with the parameters `query` must show, all of them and in this order."""

    query: Mapping[str, Parameter]
    books: tuple[Book, ...]


def make_book(api: Api, **fields: Any) -> Book:
    """Add a valid book with these fields; the rest is random."""
    return book_of(api, expect_status(api.post(BOOKS, api.samples.book(**fields)), 201))


def read_book(api: Api, number: int) -> Book:
    """Read one book by its id."""
    return book_of(api, expect_status(api.get(f"{BOOKS}/{number}"), 200))


def list_books(api: Api, **parameters: Parameter) -> Page[Book]:
    """Read one page of books."""
    return book_page(api, expect_status(api.get(BOOKS, parameters), 200))


def find_books(api: Api, mark: str) -> tuple[Book, ...]:
    """Return all books with a mark in title or author, in the order of the list."""
    return all_of(lambda window: list_books(api, q=mark, **window))


def all_books(api: Api) -> tuple[Book, ...]:
    """Return every book of the app, in the order of the list."""
    return all_of(lambda window: list_books(api, **window))


def make_stock(api: Api, count: int) -> Stock:
    """Have at least `count` books in a known order: new ones where the app can add, else its own.

    New ones have a mark, and only they are listed with it; without `validation` the app has its
    twelve sample books and nothing else.
    """
    if "validation" in api.features:
        mark = api.samples.mark()
        made = [make_book(api, title=f"{mark} {api.samples.word()}") for _ in range(count)]
        newest_first = "database" in api.features
        return Stock({"q": mark}, tuple(reversed(made) if newest_first else made))
    books = all_books(api)
    expect(
        len(books) >= min(count, SAMPLE_BOOKS),
        f"GET {BOOKS} lists {len(books)} books: expected the twelve sample books.",
    )
    return Stock({}, books)


def make_review(api: Api, book: Book, **fields: Any) -> Review:
    """Add a valid review of a book with these fields; the rest is random."""
    answer = api.post(reviews_of(book), api.samples.review(**fields))
    return review_of(api, expect_status(answer, 201))


def list_reviews(api: Api, book: Book, **parameters: Parameter) -> Page[Review]:
    """Read one page of a book's reviews."""
    return review_page(api, expect_status(api.get(reviews_of(book), parameters), 200))


def reviews_of(book: Book) -> str:
    """Return the address of a book's reviews."""
    return f"{book.path}/reviews"


def all_of(read: Callable[[Mapping[str, int]], Page[Thing]]) -> tuple[Thing, ...]:
    """Walk through a list in pages of a hundred and return all its things."""
    found: list[Thing] = []
    while True:
        page = read({"limit": 100, "offset": len(found)})
        found.extend(page.items)
        if len(found) >= min(page.total, MOST_BOOKS):
            return tuple(found)
        if not page.items:
            raise Failure(
                f"A list says it has {page.total} in all, but its pages end after {len(found)}: "
                "expected total to count what the pages show."
            )


def missing_id(api: Api) -> int:
    """Return the id of no book: far above the largest one listed."""
    return max((book.id for book in all_books(api)), default=0) + 1_000_003


def expect_nothing_stored(api: Api, mark: str, answer: Answer) -> None:
    """Expect that no book has the mark after a request that was refused."""
    count = len(find_books(api, mark))
    expect(
        count == 0,
        f"{answer.request} was refused with {answer.status}, but the book is in the list all the "
        "same: check the input before storing anything.",
    )
