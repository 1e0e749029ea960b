"""Pages for people: the list of books, the form that adds one, and errors."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException, NotFound

#: if cookiecutter.live :#
from app.live import publish

#: endif :#
from .books import in_title_or_author
from .db import db
from .errors import answer_in_json
from .forms import BookForm, csrf
from .models import Book

bp = Blueprint("pages", __name__)


@bp.get("/books")
def list_books() -> str:
    """List the books with `q` in title or author, ten a page, newest first."""
    q = request.args.get("q", "")
    # No database counts the rows before page 10**30.
    number = min(request.args.get("page", 1, type=int), 10**9)
    books = select(Book).where(in_title_or_author(q)).order_by(Book.id.desc())
    page = db.paginate(books, page=number, per_page=10)
    return render_template("books.html", page=page, q=q)


@bp.route("/books/new", methods=["GET", "POST"])
def new_book() -> ResponseReturnValue:
    """Show an empty form, or add the book that it brings."""
    form = BookForm()
    if form.validate_on_submit():
        book = Book(**form.values.model_dump())
        db.session.add(book)
        try:
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            form.isbn.errors = ["Another book already has this ISBN."]
        else:
            #: if cookiecutter.live :#
            publish(book.to_dict())
            #: endif :#
            flash(f"“{book.title}” is on the shelf now.")
            return redirect(url_for("book_page.read_book", book_id=book.id))
    return render_template("new_book.html", form=form), 422 if form.errors else 200


@bp.before_app_request
def check_csrf_token() -> None:
    """Refuse forms that were not sent from a page of ours; the API has no forms."""
    if not request.path.startswith("/api/"):
        csrf.protect(apply_exemptions=True)


@bp.app_errorhandler(CSRFError)
@bp.app_errorhandler(NotFound)
def show_error(error: HTTPException) -> ResponseReturnValue:
    """Show an error in the site's look; under /api it stays JSON."""
    if request.path.startswith("/api/"):
        return answer_in_json(error)
    return render_template("error.html", error=error), error.code or 500


@bp.app_context_processor
def name_site() -> dict[str, str]:
    """Hand the site's name to every template."""
    return {"site_name": "{{ cookiecutter.project_name }}"}
