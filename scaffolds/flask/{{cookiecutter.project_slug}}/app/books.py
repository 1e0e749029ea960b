"""Books: list, read, add, change and delete."""

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

#: if cookiecutter.live :#
from app.live import publish

#: endif :#
from .db import db, get_or_404
from .models import Book
from .paging import read_page
from .schemas import BookChanges, BookInput, check

bp = Blueprint("books", __name__, url_prefix="/api")


@bp.get("/books")
def list_books() -> dict[str, Any]:
    """List the books with `q` in title or author, a page at a time, newest first."""
    wanted = in_title_or_author(request.args.get("q", ""))
    page = read_page()
    books = db.session.scalars(
        select(Book)
        .where(wanted)
        .order_by(Book.id.desc())
        .limit(page.limit)
        .offset(page.offset)
    )
    return {
        "items": [book.to_dict() for book in books],
        "total": db.session.scalar(select(func.count(Book.id)).where(wanted)),
    }


@bp.get("/books/<id:book_id>")
def read_book(book_id: int) -> dict[str, Any]:
    """Show one book."""
    return find_book(book_id).to_dict()


@bp.post("/books")
def create_book() -> ResponseReturnValue:
    """Add a book."""
    values = check(BookInput, request.get_json())
    book = Book(**values.model_dump())
    db.session.add(book)
    db.session.commit()
    #: if cookiecutter.live :#
    publish(book.to_dict())
    #: endif :#
    return book.to_dict(), 201, {"Location": url_for(".read_book", book_id=book.id)}


@bp.patch("/books/<id:book_id>")
def change_book(book_id: int) -> dict[str, Any]:
    """Change the fields that were sent, and no others."""
    book = find_book(book_id)
    changes = check(BookChanges, request.get_json())
    for field, value in changes.model_dump(exclude_unset=True).items():
        setattr(book, field, value)
    db.session.commit()
    return book.to_dict()


@bp.delete("/books/<id:book_id>")
def delete_book(book_id: int) -> ResponseReturnValue:
    """Delete a book; the database deletes its reviews."""
    db.session.delete(find_book(book_id))
    db.session.commit()
    return "", 204


def find_book(book_id: int) -> Book:
    """Find a book by its id, or answer 404."""
    return get_or_404(Book, book_id)


def in_title_or_author(q: str) -> ColumnElement[bool]:
    """Find `q` as it stands: `autoescape` makes % and _ ordinary characters."""
    # SQLite's LIKE stops at NUL and fails on very long text; no book has either.
    if "\0" in q or len(q) > 200:
        return false()
    return or_(
        Book.title.icontains(q, autoescape=True),
        Book.author.icontains(q, autoescape=True),
    )


@bp.errorhandler(IntegrityError)
def isbn_is_taken(_error: IntegrityError) -> ResponseReturnValue:
    """Answer the second of two books with one ISBN; the database knows the first."""
    return {"detail": "Another book already has this ISBN."}, 409


@bp.app_errorhandler(StaleDataError)
@bp.app_errorhandler(ObjectDeletedError)
def row_is_gone(_error: StaleDataError | ObjectDeletedError) -> ResponseReturnValue:
    """Answer who changed a book or review that someone else was just deleting."""
    return {"detail": "It was deleted in the meantime."}, 404
