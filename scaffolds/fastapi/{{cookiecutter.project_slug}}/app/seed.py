"""Put the sample books on an empty shelf: `python -m app.seed`."""

import json
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from .database import SessionLocal
from .models import Book

SAMPLE_BOOKS = Path(__file__).with_name("sample_books.json")


def add_sample_books(session: Session) -> int:
    """Return how many books were added: none if there are books already."""
    if session.scalar(select(Book.id).limit(1)) is not None:
        return 0
    books = [Book(**book) for book in json.loads(SAMPLE_BOOKS.read_text("utf-8"))]
    session.add_all(books)
    session.commit()
    return len(books)


if __name__ == "__main__":
    with SessionLocal() as session:
        print(f"Added {add_sample_books(session)} books.")
