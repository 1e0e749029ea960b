"""Books: list and read."""

from typing import Any

from flask import Blueprint, Response, abort, jsonify, request

from ..models import BOOKS, Book
from .paging import read_page

bp = Blueprint("books", __name__)


@bp.get("/books")
def list_books() -> dict[str, Any]:
    """List the books with `q` in title or author, a page at a time."""
    q = request.args.get("q", "").casefold()
    page = read_page()
    found = [
        book
        for book in BOOKS
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


def find_book(book_id: int) -> Book:
    """Find a book by its id, or respond with 404."""
    book = next((book for book in BOOKS if book.id == book_id), None)
    if book is None:
        abort(404, "There is no such book.")
    return book
