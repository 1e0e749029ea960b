"""Books: the list, the page of one book, and the form that adds one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
#: if cookiecutter.auth :#
from flask_login import current_user, login_required
#: endif :#
from sqlalchemy import select

from ..db import db
#: if not cookiecutter.auth :#
from ..models import Book
from ..shelf import IsbnTaken, add_book, in_title_or_author
from .forms import BookForm
#: endif :#
#: if cookiecutter.auth :#
from ..models import Book, Review
from ..shelf import IsbnTaken, add_book, add_review, get_own_review, in_title_or_author
from .forms import BookForm, ReviewForm
#: endif :#

bp = Blueprint("pages", __name__)


@bp.get("/books")
def list_books() -> str:
    """List the books with `q` in title or author, ten a page, newest first."""
    q = request.args.get("q", "")
    # No database counts the rows before page 10**30.
    number = min(request.args.get("page", 1, type=int), 10**9)
    books = select(Book).where(in_title_or_author(q)).order_by(Book.id.desc())
    page = db.paginate(books, page=number, per_page=10)
    return render_template("pages/books.html", page=page, q=q)


#: if not cookiecutter.auth :#
@bp.get("/books/<id:book_id>")
#: endif :#
#: if cookiecutter.auth :#
@bp.route("/books/<id:book_id>", methods=["GET", "POST"])
#: endif :#
def read_book(book_id: int) -> ResponseReturnValue:
    """Show a book and what its readers think of it."""
    book = db.get_or_404(Book, book_id)
    #: if cookiecutter.auth :#
    form = ReviewForm()
    if form.validate_on_submit():
        review = Review()
        form.populate_obj(review)
        review.author_id = current_user.id
        add_review(book, review)
        flash("Thank you for your review.")
        return redirect(url_for(".read_book", book_id=book_id))
    #: endif :#
    reviews = db.session.scalars(book.shown_reviews())
    #: if cookiecutter.auth :#
    page = render_template("pages/book.html", book=book, reviews=reviews, form=form)
    return page, 422 if form.errors else 200
    #: endif :#
    #: if not cookiecutter.auth :#
    return render_template("pages/book.html", book=book, reviews=reviews)
    #: endif :#


#: if cookiecutter.auth :#
@bp.post("/reviews/<id:review_id>/delete")
def delete_review(review_id: int) -> ResponseReturnValue:
    """Delete a review that the member has written."""
    review = get_own_review(review_id)
    db.session.delete(review)
    db.session.commit()
    flash("Your review is gone.")
    return redirect(url_for(".read_book", book_id=review.book_id))


#: endif :#
@bp.route("/books/new", methods=["GET", "POST"])
#: if cookiecutter.auth :#
@login_required
#: endif :#
def new_book() -> ResponseReturnValue:
    """Show an empty form, or add the book that it brings."""
    form = BookForm()
    if form.validate_on_submit():
        book = Book()
        form.populate_obj(book)
        try:
            add_book(book)
        except IsbnTaken as taken:
            form.isbn.errors = [str(taken.description)]
        else:
            flash(f"“{book.title}” is on the shelf now.")
            return redirect(url_for(".read_book", book_id=book.id))
    page = render_template("pages/new_book.html", form=form)
    return page, 422 if form.errors else 200
