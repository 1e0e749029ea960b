"""What a book is, and the sample books in memory."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Book:
    """One book; Flask's JSON writer knows how to turn a dataclass into an object."""

    id: int
    title: str
    author: str
    isbn: str | None
    year: int | None


_SAMPLES = json.loads(Path(__file__).with_name("samples.json").read_text("utf-8"))
BOOKS = [Book(id=number, **book) for number, book in enumerate(_SAMPLES, start=1)]
