"""What is done with books and reviews, whoever asks: the API, a page or an import."""

#: if cookiecutter.auth :#
from flask import abort
from flask_login import current_user
#: endif :#
from sqlalchemy import ColumnElement, false, or_
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import Conflict

from .db import db
#: if cookiecutter.live :#
from .live import publish
#: endif :#
from .models import Book, Review
#: if cookiecutter.live :#
from .schemas import BookOut
#: endif :#


class IsbnTaken(Conflict):
    """Refuse the second of two books with one ISBN; the database knows the first."""

    description = "Another book already has this ISBN."


def add_book(book: Book) -> None:
    """Store a new book."""
    db.session.add(book)
    commit_book()
    #: if cookiecutter.live :#
    publish(BookOut.dump(book))
    #: endif :#


def commit_book() -> None:
    """Store what was changed, or raise IsbnTaken if that is what the database says."""
    try:
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        if "isbn" not in str(error.orig):
            raise
        raise IsbnTaken from None


def add_review(book: Book, review: Review) -> None:
    """Store a new review, unless its book was deleted in the meantime: then it is 404."""
    book_id = book.id
    book.reviews.add(review)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        db.get_or_404(Book, book_id)
        raise


#: if cookiecutter.auth :#
def get_own_review(review_id: int) -> Review:
    """Find a review that the member who asks has written, or respond with 404 or 403."""
    review = db.get_or_404(Review, review_id)
    #: if cookiecutter.admin :#
    if review.hidden:
        abort(404)
    #: endif :#
    if review.author_id != current_user.id:
        abort(403, "Only its author can change or delete this review.")
    return review


#: endif :#
def in_title_or_author(q: str) -> ColumnElement[bool]:
    """Find `q` as it stands: `autoescape` makes % and _ ordinary characters."""
    # SQLite's LIKE stops at NUL and fails on very long text; no book has either.
    if "\0" in q or len(q) > 200:
        return false()
    return or_(
        Book.title.icontains(q, autoescape=True),
        Book.author.icontains(q, autoescape=True),
    )
