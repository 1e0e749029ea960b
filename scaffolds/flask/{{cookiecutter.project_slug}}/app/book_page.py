"""The page of one book, with its reviews; members write and delete their own."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import NotFound

from .db import db, get_or_404
from .member_forms import ReviewForm
from .models import Book, Review
from .pages import show_error
from .reviews import find_own_review, reviews_of

bp = Blueprint("book_page", __name__)


@bp.get("/books/<id:book_id>")
def read_book(book_id: int) -> str:
    """Show a book and what its readers think of it."""
    return _show(get_or_404(Book, book_id), ReviewForm())


@bp.post("/books/<id:book_id>")
@login_required
def write_review(book_id: int) -> ResponseReturnValue:
    """Add a member's review."""
    book = get_or_404(Book, book_id)
    form = ReviewForm()
    if not form.validate():
        return _show(book, form), 422
    review = Review(**form.values.model_dump())
    review.book_id = book.id
    review.author_id = current_user.id
    db.session.add(review)
    db.session.commit()
    flash("Thank you for your review.")
    return redirect(url_for(".read_book", book_id=book_id))


@bp.post("/reviews/<id:review_id>/delete")
@login_required
def delete_review(review_id: int) -> ResponseReturnValue:
    """Delete a review that the member has written."""
    review = find_own_review(review_id)
    db.session.delete(review)
    db.session.commit()
    flash("Your review is gone.")
    return redirect(url_for(".read_book", book_id=review.book_id))


def _show(book: Book, form: ReviewForm) -> str:
    reviews = db.session.scalars(reviews_of(book))
    return render_template("book.html", book=book, reviews=reviews, form=form)


@bp.errorhandler(IntegrityError)
def book_is_gone(_error: IntegrityError) -> ResponseReturnValue:
    """Answer who reviewed a book that someone else was just deleting."""
    db.session.rollback()
    return show_error(NotFound("There is no such book."))
