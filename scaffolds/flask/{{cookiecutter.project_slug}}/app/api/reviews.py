"""Reviews: list, write, change and delete."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
#: if cookiecutter.auth :#
from flask_login import current_user
#: endif :#

from ..db import db
from ..models import Book, Review
from ..schemas import ReviewChanges, ReviewInput, ReviewList, ReviewOut, check
#: if not cookiecutter.auth :#
from ..shelf import add_review
#: endif :#
#: if cookiecutter.auth :#
from ..shelf import add_review, get_own_review
#: endif :#
#: if cookiecutter.api_docs :#
from .docs import document
#: endif :#
from .paging import Page, read_rows

bp = Blueprint("reviews", __name__)


@bp.get("/books/<id:book_id>/reviews")
#: if cookiecutter.api_docs :#
@document(ReviewList, query=Page)
#: endif :#
def list_reviews(book_id: int) -> dict[str, Any]:
    """List the reviews of a book, a page at a time, newest first."""
    book = db.get_or_404(Book, book_id)
    page = check(Page, request.args.to_dict())
    return ReviewList.dump(read_rows(book.shown_reviews(), page))


@bp.post("/books/<id:book_id>/reviews")
#: if cookiecutter.api_docs :#
@document(ReviewOut, status=201, body=ReviewInput)
#: endif :#
def create_review(book_id: int) -> ResponseReturnValue:
    """Write a review of a book."""
    book = db.get_or_404(Book, book_id)
    values = check(ReviewInput, request.get_json())
    review = Review(**values.model_dump())
    #: if cookiecutter.auth :#
    review.author_id = current_user.id
    #: endif :#
    add_review(book, review)
    return ReviewOut.dump(db.get_or_404(Review, review.id)), 201


@bp.patch("/reviews/<id:review_id>")
#: if cookiecutter.api_docs :#
@document(ReviewOut, body=ReviewChanges)
#: endif :#
def change_review(review_id: int) -> dict[str, Any]:
    """Change the fields that were sent, and no others."""
    #: if not cookiecutter.auth :#
    review = db.get_or_404(Review, review_id)
    #: endif :#
    #: if cookiecutter.auth :#
    review = get_own_review(review_id)
    #: endif :#
    changes = check(ReviewChanges, request.get_json())
    for field, value in changes.model_dump(exclude_unset=True).items():
        setattr(review, field, value)
    db.session.commit()
    return ReviewOut.dump(db.get_or_404(Review, review_id))


@bp.delete("/reviews/<id:review_id>")
#: if cookiecutter.api_docs :#
@document(status=204)
#: endif :#
def delete_review(review_id: int) -> ResponseReturnValue:
    """Delete a review."""
    #: if not cookiecutter.auth :#
    review = db.get_or_404(Review, review_id)
    #: endif :#
    #: if cookiecutter.auth :#
    review = get_own_review(review_id)
    #: endif :#
    db.session.delete(review)
    db.session.commit()
    return "", 204
