"""Books: list, read, add, change and delete."""

from typing import Any

from fastapi import APIRouter, HTTPException, Response
from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError, InvalidRequestError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.dependencies import BookDep, SessionDep

#:- if cookiecutter.live +:#
from app.live import publish

#:- endif +:#
from app.models import Book
from app.parameters import Limit, Offset, Search

#:- if cookiecutter.auth +:#
from app.permissions import MembersWrite

#:- endif +:#
from app.schemas import BookCreate, BookPublic, BooksPublic, BookUpdate
from app.strict_json import StrictJSONRoute

router = APIRouter(
    prefix="/api/books",
    tags=["books"],
    route_class=StrictJSONRoute,
    #: if cookiecutter.auth :#
    dependencies=[MembersWrite],
    #: endif :#
)


@router.get("", response_model=BooksPublic)
def list_books(
    session: SessionDep,
    q: Search = "",
    limit: Limit = 20,
    offset: Offset = 0,
) -> dict[str, Any]:
    """List the books with `q` in title or author, a page at a time, newest first."""
    found = or_(
        Book.title.icontains(q, autoescape=True),
        Book.author.icontains(q, autoescape=True),
    )
    newest_first = select(Book).where(found).order_by(Book.id.desc())
    count = select(func.count()).select_from(Book).where(found)
    return {
        "items": session.scalars(newest_first.limit(limit).offset(offset)).all(),
        "total": session.scalar(count),
    }


@router.get("/{book_id}", response_model=BookPublic)
def read_book(book: BookDep) -> Book:
    """Show one book."""
    return book


@router.post("", status_code=201, response_model=BookPublic)
def create_book(sent: BookCreate, session: SessionDep, response: Response) -> Book:
    """Add a book."""
    book = Book(**sent.model_dump())
    save(book, session)
    #: if cookiecutter.live :#
    publish(book)
    #: endif :#
    response.headers["Location"] = f"/api/books/{book.id}"
    return book


@router.patch("/{book_id}", response_model=BookPublic)
def update_book(sent: BookUpdate, book: BookDep, session: SessionDep) -> Book:
    """Change the fields that were sent, and no others."""
    for field, value in sent.model_dump().items():
        setattr(book, field, value)
    save(book, session)
    return book


@router.delete("/{book_id}", status_code=204)
def delete_book(book: BookDep, session: SessionDep) -> None:
    """Delete a book; the database deletes its reviews."""
    session.delete(book)
    session.commit()


def save(book: Book, session: Session) -> None:
    """Store a book and read back what the database computes; answer if it refuses.

    The unique index on isbn decides: asking first whether an ISBN is free would let two
    requests at the same moment both hear yes.
    """
    session.add(book)
    try:
        session.flush()
        session.refresh(book)
    except IntegrityError:
        taken = "Another book has this ISBN."
        raise HTTPException(status_code=409, detail=taken) from None
    except (StaleDataError, InvalidRequestError):  # no row to change, or to read again
        gone = "This book was deleted a moment ago."
        raise HTTPException(status_code=404, detail=gone) from None
    session.commit()
