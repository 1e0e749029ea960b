"""Put the sample books on an empty shelf: `python -m app.seed`."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import engine
from app.models import Book
from app.sample_books import SAMPLE_BOOKS


def add_sample_books(session: Session) -> int:
    """Return how many books were added: none if there are books already."""
    if session.scalar(select(Book.id).limit(1)) is not None:
        return 0
    session.add_all(
        Book(title=title, author=author, isbn=isbn, year=year)
        for title, author, isbn, year in SAMPLE_BOOKS
    )
    session.commit()
    return len(SAMPLE_BOOKS)


if __name__ == "__main__":
    with Session(engine) as session:
        print(f"Added {add_sample_books(session)} books.")
