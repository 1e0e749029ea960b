"""The page of one book, with its reviews."""

from flask import Blueprint, render_template

from .db import db, get_or_404
from .models import Book
from .reviews import reviews_of

bp = Blueprint("book_page", __name__)


@bp.get("/books/<id:book_id>")
def read_book(book_id: int) -> str:
    """Show a book and what its readers think of it."""
    book = get_or_404(Book, book_id)
    reviews = db.session.scalars(reviews_of(book))
    return render_template("book.html", book=book, reviews=reviews)
