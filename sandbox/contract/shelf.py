"""The addresses and numbers of the API, and walking through a list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sandbox.contract.failure import Failure
from sandbox.contract.shapes import Book, Page, Review

BOOKS = "/api/books"
SAMPLE_BOOKS = 12
LARGEST_ID = 2**63 - 1
IMPOSSIBLE_IDS = (str(LARGEST_ID + 1), str(10**30), "9" * 5000)
MOST_BOOKS = 5_000
"""A shelf longer than this is not read to its end."""

Thing = TypeVar("Thing", Book, Review)


@dataclass(frozen=True, slots=True)
class Stock:
    """Books that a list with the parameters `query` must show, all of them and in this order."""

    query: Mapping[str, str | int]
    books: tuple[Book, ...]


def all_of(read: Callable[[Mapping[str, int]], Page[Thing]]) -> tuple[Thing, ...]:
    """Walk through a list in pages of a hundred and return all its things."""
    found: list[Thing] = []
    while True:
        page = read({"limit": 100, "offset": len(found)})
        due = min(100, page.total - len(found))
        found.extend(page.items)
        if len(found) >= min(page.total, MOST_BOOKS):
            return tuple(found)
        if len(page.items) < due:
            raise Failure(
                f"A list says it has {page.total} in all, but a page of it shows "
                f"{len(page.items)} of the {due} that limit=100 has room for "
                f"({len(found)} of {page.total} so far): expected pages to be full, and total to "
                "count what they show."
            )
