"""Reviews: list, write, change and delete."""

from typing import Any

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError

from .db import db, get_or_404
from .models import Book, Review
from .paging import read_page
from .schemas import ReviewChanges, ReviewInput, check

bp = Blueprint("reviews", __name__, url_prefix="/api")


@bp.get("/books/<id:book_id>/reviews")
def list_reviews(book_id: int) -> dict[str, Any]:
    """List the reviews of a book, a page at a time, newest first."""
    reviews = reviews_of(get_or_404(Book, book_id))
    page = read_page()
    shown = db.session.scalars(reviews.limit(page.limit).offset(page.offset))
    total = select(func.count()).select_from(reviews.subquery())
    return {
        "items": [review.to_dict() for review in shown],
        "total": db.session.scalar(total),
    }


@bp.post("/books/<id:book_id>/reviews")
def create_review(book_id: int) -> ResponseReturnValue:
    """Write a review of a book."""
    book = get_or_404(Book, book_id)
    values = check(ReviewInput, request.get_json())
    review = Review(**values.model_dump())
    review.book_id = book.id
    review.author_id = current_user.id
    db.session.add(review)
    db.session.commit()
    return review.to_dict(), 201


@bp.patch("/reviews/<id:review_id>")
def change_review(review_id: int) -> dict[str, Any]:
    """Change the fields that were sent, and no others."""
    review = find_own_review(review_id)
    changes = check(ReviewChanges, request.get_json())
    for field, value in changes.model_dump(exclude_unset=True).items():
        setattr(review, field, value)
    db.session.commit()
    return review.to_dict()


@bp.delete("/reviews/<id:review_id>")
def delete_review(review_id: int) -> ResponseReturnValue:
    """Delete a review."""
    db.session.delete(find_own_review(review_id))
    db.session.commit()
    return "", 204


def reviews_of(book: Book) -> Select[Review]:
    """Select the reviews of a book, newest first."""
    reviews = select(Review).where(Review.book_id == book.id)
    #: if cookiecutter.admin :#
    reviews = reviews.where(~Review.hidden)
    #: endif :#
    return reviews.order_by(Review.id.desc())


def find_own_review(review_id: int) -> Review:
    """Find a review that the member who asks has written, or answer 404 or 403."""
    review = get_or_404(Review, review_id)
    #: if cookiecutter.admin :#
    if review.hidden:
        abort(404, "There is no such review.")
    #: endif :#
    if review.author_id != current_user.id:
        abort(403, "Only its author can change or delete this review.")
    return review


@bp.errorhandler(IntegrityError)
def book_is_gone(_error: IntegrityError) -> ResponseReturnValue:
    """Answer who reviewed a book that someone else was just deleting."""
    return {"detail": "There is no such book."}, 404
