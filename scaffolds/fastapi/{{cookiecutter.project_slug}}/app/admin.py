"""The back office at /admin/, where staff look after books and hide reviews."""

from collections.abc import Callable
from typing import Any, ClassVar
from urllib.parse import urlsplit

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from pydantic import TypeAdapter, ValidationError
from sqladmin import Admin, ModelView
from sqladmin.authentication import AuthenticationBackend
from sqlalchemy import Select
from sqlalchemy.orm import Session, sessionmaker
from wtforms import Field, Form
from wtforms.validators import StopValidation

from app import database
from app.fields import Isbn, Name, Year
from app.members import Member
from app.models import Book, Review
from app.permissions import get_member


def by_rule(rule: Any) -> Callable[[Form, Field], None]:
    """Make a validator for SQLAdmin's forms of a rule that the API has for a field."""
    adapter = TypeAdapter[Any](rule)

    def validate(form: Form, field: Field) -> None:
        try:
            field.data = adapter.validate_python(field.data)
        except ValidationError as error:
            raise StopValidation(error.errors()[0]["msg"]) from None

    return validate


class NewestFirst(ModelView):
    can_create = False  # the site has forms for that
    column_default_sort = ("id", True)

    def search_query(self, stmt: Select[Any], term: str) -> Select[Any]:
        # Nothing is longer, and SQLite gives up on a search of 50,000 letters.
        return super().search_query(stmt, term[:2000])


class BookAdmin(NewestFirst, model=Book):
    column_list = (Book.id, Book.title, Book.author, Book.isbn, Book.review_count)
    column_searchable_list = (Book.title, Book.author, Book.isbn)
    form_columns = (Book.title, Book.author, Book.isbn, Book.year)

    form_args: ClassVar[dict[str, Any]] = {
        "title": {"validators": [by_rule(Name)]},
        "author": {"validators": [by_rule(Name)]},
        "isbn": {"validators": [by_rule(Isbn)]},
        "year": {"validators": [by_rule(Year | None)]},
    }


class ReviewAdmin(NewestFirst, model=Review):
    column_list = (
        Review.id,
        Review.book_id,
        Review.author,
        Review.rating,
        Review.text,
        Review.hidden,
    )
    column_searchable_list = (Review.text,)
    form_columns = (Review.hidden,)


class StaffOnly(AuthenticationBackend):
    """Let staff in who have signed in on the site; there is no second login."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        # SQLAdmin would add a session cookie of its own here.
        self.middlewares = []
        self.sessions = sessions

    async def authenticate(self, request: Request) -> Response | bool:
        member = await run_in_threadpool(self.find_member, request)
        if member is None:
            return RedirectResponse("/login?next=/admin/", status_code=303)
        if not member.is_staff:
            raise HTTPException(status_code=403, detail="This is for staff.")
        # Its forms carry no token. A browser says which site a form stands on.
        origin = request.headers.get("Origin")
        if origin and urlsplit(origin).netloc != request.headers.get("Host"):
            raise HTTPException(status_code=403, detail="This form is not from here.")
        return True

    def find_member(self, request: Request) -> Member | None:
        with self.sessions() as session:
            return get_member(request, session)

    async def login(self, request: Request) -> Response:
        return RedirectResponse("/login?next=/admin/", status_code=303)

    async def logout(self, request: Request) -> Response:
        # Reached by a link, which anybody may write; signing out takes a form.
        request.session["message"] = "Sign out with the button above."
        return RedirectResponse("/books", status_code=303)


def add_admin(app: FastAPI) -> None:
    sessions = sessionmaker(database.engine, expire_on_commit=False)
    admin = Admin(
        app,
        session_maker=sessions,
        title=f"{app.title} admin",
        authentication_backend=StaffOnly(sessions),
    )
    admin.add_view(BookAdmin)
    admin.add_view(ReviewAdmin)
    # It looks for the row that an address names, also for the row "first".
    for error in (ValueError, OverflowError):
        admin.admin.add_exception_handler(error, show_nothing_found)


async def show_nothing_found(request: Request, error: Exception) -> Response:
    return Response("There is nothing at this address.", status_code=404)
