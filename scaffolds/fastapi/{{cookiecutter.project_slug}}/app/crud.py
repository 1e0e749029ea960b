"""Create, read, update and delete: what JSON, forms and imports all do to the tables."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

#: if cookiecutter.live :#
from .events import publish
#: endif :#
#: if cookiecutter.auth :#
from .models import Book, Member, Review
#: else :#
from .models import Book, Review
#: endif :#
from .schemas import BookCreate, BookUpdate, ReviewCreate, ReviewUpdate

Row = TypeVar("Row", Book, #: if cookiecutter.auth :#Member, #: endif :#Review)


class IsbnTaken(Exception):
    """Another book has this ISBN."""


class Gone(Exception):
    """The row was deleted a moment ago, or what it belongs to."""
#: if cookiecutter.auth :#


class UsernameTaken(Exception):
    """Another member has this name."""
#: endif :#


def list_books(
    session: Session, q: str, limit: int, offset: int
) -> tuple[Sequence[Book], int]:
    """Return a page of the books with `q` in title or author, and how many there are."""
    found = or_(
        Book.title.icontains(q, autoescape=True),
        Book.author.icontains(q, autoescape=True),
    )
    newest_first = select(Book).where(found).order_by(Book.id.desc())
    page = session.scalars(newest_first.limit(limit).offset(offset)).all()
    total = session.scalar(select(func.count()).select_from(Book).where(found))
    return page, total or 0


def create_book(session: Session, sent: BookCreate) -> Book:
    #: if cookiecutter.live :#
    book = save(session, Book(**sent.model_dump()))
    publish(book)
    return book
    #: else :#
    return save(session, Book(**sent.model_dump()))
    #: endif :#


def list_reviews(
    session: Session, book: Book, limit: int, offset: int = 0
) -> Sequence[Review]:
    of_book = select(Review).where(Review.book_id == book.id#: if cookiecutter.admin :#, ~Review.hidden#: endif :#)
    page = of_book.order_by(Review.id.desc()).limit(limit).offset(offset)
    return session.scalars(page).all()


#: if cookiecutter.auth :#
def create_review(
    session: Session, sent: ReviewCreate, book: Book, member: Member
) -> Review:
    review = Review(book_id=book.id, author_id=member.id, **sent.model_dump())
    return save(session, review)
#: else :#
def create_review(session: Session, sent: ReviewCreate, book: Book) -> Review:
    return save(session, Review(book_id=book.id, **sent.model_dump()))
#: endif :#


def update(session: Session, row: Row, sent: BookUpdate | ReviewUpdate) -> Row:
    """Change the fields that were sent, and no others."""
    for field, value in sent.model_dump().items():
        setattr(row, field, value)
    return save(session, row)


def delete(session: Session, row: Book | Review) -> None:
    """Delete a row; the database deletes the reviews of a book."""
    session.delete(row)
    session.commit()


def save(session: Session, row: Row) -> Row:
    """Write a row, read back what the database computes, then commit.

    After the commit another request may delete the row. And only the unique index knows
    whether an ISBN is free: two requests that ask at the same moment would both hear yes.
    """
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:
        session.rollback()
        if is_broken("unique", "isbn", error):
            raise IsbnTaken from None
        #: if cookiecutter.auth :#
        if is_broken("unique", "username", error):
            raise UsernameTaken from None
        #: endif :#
        if is_broken("foreign key", "", error):
            raise Gone from None
        raise
    except StaleDataError:
        raise Gone from None
    stored = session.get(type(row), row.id, populate_existing=True)
    if stored is None:
        raise Gone
    session.commit()
    return stored


def is_broken(kind: str, column: str, error: IntegrityError) -> bool:
    """Tell which constraint the database names in its refusal."""
    refusal = str(error.orig).lower()
    return kind in refusal and column in refusal
#: if cookiecutter.auth :#


def find_member(session: Session, username: str) -> Member | None:
    """Return the member with this name, in capitals or not: ADA is no other than ada."""
    same = func.lower(Member.username) == func.lower(username)
    return session.scalar(select(Member).where(same))


def create_member(session: Session, username: str, password_hash: str) -> Member:
    if find_member(session, username) is not None:
        raise UsernameTaken
    return save(session, Member(username=username, password_hash=password_hash))
#: endif :#
