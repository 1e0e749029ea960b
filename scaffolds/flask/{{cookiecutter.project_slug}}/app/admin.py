"""The admin at /admin/, where staff look after books and reviews."""

import re
from typing import Any

from flask import Flask, abort, flash
from flask.typing import ResponseReturnValue
from flask_admin import Admin, AdminIndexView
from flask_admin.contrib.sqla import ModelView
from flask_admin.menu import MenuLink
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from .auth import ask_to_sign_in
from .db import RowId, db
from .models import Book, Review
from .pages.forms import BookForm
from .shelf import IsbnTaken


class ForStaff:
    """Keep everybody but staff out of a view."""

    def is_accessible(self) -> bool:
        return current_user.is_authenticated and current_user.is_staff

    def inaccessible_callback(self, name: str, **_: Any) -> ResponseReturnValue:
        """Refuse who may not: a visitor can sign in, another member cannot help it."""
        if current_user.is_authenticated:
            abort(403, "Only staff may come in here.")
        return ask_to_sign_in()


class StaffIndex(ForStaff, AdminIndexView):
    """The first page."""


class TableView(ForStaff, ModelView):
    """The list of a table, newest first, which stays calm whatever a URL says."""

    can_create = False
    # Flask-Admin looks for the ticked rows by ids as text, which PostgreSQL refuses.
    action_disallowed_list = ("delete",)
    column_default_sort = ("id", True)

    def get_list(
        self, page: Any, sort: Any, desc: Any, search: Any, *more: Any, **options: Any
    ) -> Any:
        """Leave out what databases refuse: page 10**30, a search for a novel or NUL."""
        page = min(page or 0, 10**9)
        search = (search or "")[:200].replace("\0", "")
        return super().get_list(page, sort, desc, search, *more, **options)

    def get_one(self, id: Any) -> Any:
        """Find a row by an id that may be anything, because a request brings it."""
        return super().get_one(id) if re.fullmatch(RowId.regex, str(id)) else None


class BookAdmin(TableView):
    """Find books, correct and delete them."""

    column_list = ("id", "title", "author", "isbn", "year", "review_count")
    column_searchable_list = ("title", "author", "isbn")
    form = BookForm

    def handle_view_exception(self, exc: Exception) -> bool:
        """Say in words what the database refuses: an ISBN that is taken."""
        if isinstance(exc, IntegrityError) and "isbn" in str(exc.orig):
            flash(str(IsbnTaken.description), "error")
            return True
        return super().handle_view_exception(exc)


class ReviewAdmin(TableView):
    """Find reviews, hide and show them: nobody rewrites what a member has said."""

    column_list = ("id", "book.title", "member.username", "rating", "text", "hidden")
    column_labels = {"book.title": "Book", "member.username": "Member"}
    column_searchable_list = ("text", "book.title", "member.username")
    column_filters = ("hidden",)
    form_columns = ("hidden",)


def init_app(app: Flask) -> None:
    """Give an app its admin; the CSRF check of the pages guards these forms too."""
    admin = Admin(app, name=app.config["SITE_NAME"], index_view=StaffIndex())
    admin.add_view(BookAdmin(Book, db))
    admin.add_view(ReviewAdmin(Review, db))
    admin.add_link(MenuLink("Back to the site", endpoint="pages.list_books"))
