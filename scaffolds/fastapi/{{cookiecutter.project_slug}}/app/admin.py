"""The back office at /admin/, where staff look after books and hide reviews."""

import re
from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from sqladmin import Admin, ModelView
from sqladmin.authentication import AuthenticationBackend
from sqlalchemy import Select
from sqlalchemy.exc import IntegrityError
from starlette.datastructures import UploadFile

from . import crud
from .auth import read_member
from .database import SessionLocal
from .models import Book, Review
from .schemas import BookCreate, explain


class NewestFirst(ModelView):
    can_create = False  # the site has forms for that
    column_default_sort = ("id", True)

    def search_query(self, stmt: Select[Any], term: str) -> Select[Any]:
        # Nothing is longer, and SQLite gives up on a search of 50,000 letters.
        return super().search_query(stmt, term[:2000])


class BookAdmin(NewestFirst, model=Book):
    column_list = ("id", "title", "author", "isbn", "review_count")
    column_searchable_list = ("title", "author", "isbn")
    form_columns = ("title", "author", "isbn", "year")

    async def update_model(self, request: Request, pk: str, data: Any) -> Any:
        """Keep the rules of the API; SQLAdmin shows what an error says above its form."""
        try:
            book = BookCreate.model_validate(data).model_dump()
            return await super().update_model(request, pk, book)
        except ValidationError as error:
            reasons = [f"{name}: {text}" for name, text in explain(error).items()]
            raise ValueError(" ".join(reasons)) from None
        except IntegrityError as error:
            if crud.is_broken("unique", "isbn", error):
                raise crud.IsbnTaken("Another book has this ISBN.") from None
            raise


class ReviewAdmin(NewestFirst, model=Review):
    column_list = ("id", "book_id", "author", "rating", "text", "hidden")
    column_searchable_list = ("text",)
    form_columns = ("hidden",)


class StaffOnly(AuthenticationBackend):
    """Let staff in who have signed in on the site; there is no second login."""

    def __init__(self) -> None:
        # SQLAdmin would add a session cookie of its own here.
        self.middlewares = []

    async def authenticate(self, request: Request) -> Response | bool:
        member = await run_in_threadpool(read_member, request)
        if member is None:
            return await self.login(request)
        if not member.is_staff:
            raise HTTPException(status_code=403, detail="This is for staff.")
        if not re.fullmatch("[0-9]{1,18}", request.path_params.get("pk", "1")):
            raise HTTPException(status_code=404)
        if request.method == "POST":
            await check_form(request)
        return True

    async def login(self, request: Request) -> Response:
        login, here = request.url_for("show_log_in"), request.url_for("admin:index")
        return RedirectResponse(f"{login.path}?next={here.path}", status_code=303)

    async def logout(self, request: Request) -> Response:
        # Reached by a link, which anybody may write; the site has a form for that.
        return RedirectResponse(request.url_for("show_books").path, status_code=303)


async def check_form(request: Request) -> None:
    """Refuse a form from another site, and one with a file; no field here takes any.

    SQLAdmin's forms carry no token, but a browser says which site a form stands on.
    """
    origin = request.headers.get("Origin")
    if origin and origin.partition("://")[2] != request.headers.get("Host"):
        raise HTTPException(status_code=403, detail="This form is not from here.")
    form = await request.form()
    if any(isinstance(value, UploadFile) for value in form.values()):
        raise HTTPException(status_code=400, detail="No file is wanted here.")


def add_admin(app: FastAPI) -> None:
    admin = Admin(
        app,
        session_maker=SessionLocal,
        title=f"{app.title} admin",
        authentication_backend=StaffOnly(),
    )
    admin.add_view(BookAdmin)
    admin.add_view(ReviewAdmin)
