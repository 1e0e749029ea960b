"""What a book is, and the sample books in memory."""

from dataclasses import dataclass

from .samples import SAMPLE_BOOKS


@dataclass(frozen=True)
class Book:
    """One book; Flask's JSON writer knows how to turn a dataclass into an object."""

    id: int
    title: str
    author: str
    isbn: str | None
    year: int | None


BOOKS = [Book(id=number, **book) for number, book in enumerate(SAMPLE_BOOKS, start=1)]
