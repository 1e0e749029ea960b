"""Books: list, read, add, change and delete."""

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from ..db import db
from ..models import Book
from ..schemas import BookChanges, BookInput, BookList, BookOut, check
from ..shelf import add_book, commit_book, in_title_or_author
#: if cookiecutter.api_docs :#
from .docs import document
#: endif :#
from .paging import BookQuery, read_rows

bp = Blueprint("books", __name__)


def find_book(book_id: int) -> Book:
    """Find a book by its id, or respond with 404."""
    return db.get_or_404(Book, book_id)


@bp.get("/books")
#: if cookiecutter.api_docs :#
@document(BookList, query=BookQuery)
#: endif :#
def list_books() -> dict[str, Any]:
    """List the books with `q` in title or author, a page at a time, newest first."""
    query = check(BookQuery, request.args.to_dict())
    books = select(Book).where(in_title_or_author(query.q)).order_by(Book.id.desc())
    return BookList.dump(read_rows(books, query))


@bp.get("/books/<id:book_id>")
#: if cookiecutter.api_docs :#
@document(BookOut)
#: endif :#
def read_book(book_id: int) -> dict[str, Any]:
    """Show one book."""
    return BookOut.dump(find_book(book_id))


@bp.post("/books")
#: if cookiecutter.api_docs :#
@document(BookOut, status=201, body=BookInput)
#: endif :#
def create_book() -> ResponseReturnValue:
    """Add a book."""
    values = check(BookInput, request.get_json())
    book = Book(**values.model_dump())
    add_book(book)
    location = url_for(".read_book", book_id=book.id)
    return BookOut.dump(book), 201, {"Location": location}


@bp.patch("/books/<id:book_id>")
#: if cookiecutter.api_docs :#
@document(BookOut, body=BookChanges)
#: endif :#
def change_book(book_id: int) -> dict[str, Any]:
    """Change the fields that were sent, and no others."""
    book = find_book(book_id)
    changes = check(BookChanges, request.get_json())
    for field, value in changes.model_dump(exclude_unset=True).items():
        setattr(book, field, value)
    commit_book()
    return BookOut.dump(find_book(book_id))


@bp.delete("/books/<id:book_id>")
#: if cookiecutter.api_docs :#
@document(status=204)
#: endif :#
def delete_book(book_id: int) -> ResponseReturnValue:
    """Delete a book; the database deletes its reviews."""
    db.session.delete(find_book(book_id))
    db.session.commit()
    return "", 204
