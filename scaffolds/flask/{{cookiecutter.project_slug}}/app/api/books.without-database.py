"""Books: list, read and add."""

from threading import Lock
from typing import Any

from flask import Blueprint, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue

#: if cookiecutter.live :#
from ..live import publish
#: endif :#
from ..models import BOOKS, Book
from ..schemas import BookInput, BookList, BookOut, check
#: if cookiecutter.api_docs :#
from .docs import document
#: endif :#
from .paging import BookQuery

bp = Blueprint("books", __name__)
adding = Lock()


def get_shelf() -> list[Book]:
    """Return the books of this app: a list of its own, which lasts until it stops."""
    return current_app.extensions.setdefault("shelf", list(BOOKS))


def find_book(book_id: int) -> Book:
    """Find a book by its id, or respond with 404."""
    book = next((book for book in get_shelf() if book.id == book_id), None)
    if book is None:
        abort(404, "There is no such book.")
    return book


@bp.get("/books")
#: if cookiecutter.api_docs :#
@document(BookList, query=BookQuery)
#: endif :#
def list_books() -> dict[str, Any]:
    """List the books with `q` in title or author, a page at a time."""
    query = check(BookQuery, request.args.to_dict())
    q = query.q.casefold()
    found = [
        book
        for book in get_shelf()
        if q in book.title.casefold() or q in book.author.casefold()
    ]
    items = found[query.offset : query.offset + query.limit]
    return BookList.dump({"items": items, "total": len(found)})


@bp.get("/books/<int:book_id>")
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
    shelf = get_shelf()
    # Requests run in several threads: two must not take one ISBN.
    with adding:
        if values.isbn and any(book.isbn == values.isbn for book in shelf):
            abort(409, "Another book already has this ISBN.")
        book = Book(id=len(shelf) + 1, **values.model_dump())
        shelf.append(book)
        #: if cookiecutter.live :#
        publish(BookOut.dump(book))
        #: endif :#
    location = url_for(".read_book", book_id=book.id)
    return BookOut.dump(book), 201, {"Location": location}
