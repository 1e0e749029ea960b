"""Books: list, read and add."""

from threading import Lock
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

#: if cookiecutter.live :#
from app.live import publish

#: endif :#
from .models import BOOKS, Book
from .paging import read_page
from .schemas import BookInput, check

bp = Blueprint("books", __name__, url_prefix="/api")
adding = Lock()


@bp.record
def fill_shelf(state: BlueprintSetupState) -> None:
    """Give each app a list of its own, which lasts until the app stops."""
    state.app.extensions["shelf"] = list(BOOKS)


def get_shelf() -> list[Book]:
    """Find the books of the app that is answering."""
    return current_app.extensions["shelf"]


def find_book(book_id: int) -> Book:
    """Find a book by its id, or answer 404."""
    book = next((book for book in get_shelf() if book.id == book_id), None)
    if book is None:
        abort(404, "There is no such book.")
    return book


@bp.get("/books")
def list_books() -> dict[str, Any]:
    """List the books with `q` in title or author, a page at a time."""
    q = request.args.get("q", "").casefold()
    page = read_page()
    found = [
        book
        for book in get_shelf()
        if q in book.title.casefold() or q in book.author.casefold()
    ]
    return {
        "items": found[page.offset : page.offset + page.limit],
        "total": len(found),
    }


@bp.get("/books/<int:book_id>")
def read_book(book_id: int) -> Response:
    """Show one book."""
    return jsonify(find_book(book_id))


@bp.post("/books")
def create_book() -> ResponseReturnValue:
    """Add a book."""
    values = check(BookInput, request.get_json())
    shelf = get_shelf()
    # Requests are answered in several threads: two must not take one ISBN.
    with adding:
        if values.isbn and any(book.isbn == values.isbn for book in shelf):
            abort(409, "Another book already has this ISBN.")
        book = Book(id=len(shelf) + 1, **values.model_dump())
        shelf.append(book)
        #: if cookiecutter.live :#
        publish(book)
        #: endif :#
    return jsonify(book), 201, {"Location": url_for(".read_book", book_id=book.id)}
