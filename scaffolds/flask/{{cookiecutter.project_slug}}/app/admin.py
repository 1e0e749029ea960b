"""The back office at /admin/, where staff look after books and reviews."""

from typing import Any

from flask import Flask, abort
from flask.typing import ResponseReturnValue
from flask_admin import Admin, AdminIndexView
from flask_admin.contrib.sqla import ModelView
from flask_admin.menu import MenuLink
from flask_login import current_user

from .auth import ask_to_sign_in
from .db import db
from .forms import BookForm
from .models import Book, Review


class ForStaff:
    """Keep everybody but staff out of a view."""

    def is_accessible(self) -> bool:
        """Tell Flask-Admin whether the visitor may come in."""
        return current_user.is_authenticated and current_user.is_staff

    def inaccessible_callback(self, name: str, **_: Any) -> ResponseReturnValue:
        """Answer who may not: strangers can sign in, other members cannot help it."""
        if current_user.is_authenticated:
            abort(403, "Only staff may come in here.")
        return ask_to_sign_in()


class StaffIndex(ForStaff, AdminIndexView):
    """The first page."""


class BookAdmin(ForStaff, ModelView):
    """Find books, correct and delete them."""

    can_create = False
    column_list = ("id", "title", "author", "isbn", "year", "review_count")
    column_searchable_list = ("title", "author", "isbn")
    column_default_sort = ("id", True)
    form = BookForm

    def on_model_change(self, form: Any, model: Any, is_created: bool) -> None:
        """Store what the form has checked instead of the text that was typed."""
        for field, value in form.values:
            setattr(model, field, value)


class ReviewAdmin(ForStaff, ModelView):
    """Find reviews, hide and show them: nobody rewrites what a member has said."""

    can_create = False
    column_list = ("id", "book.title", "author.username", "rating", "text", "hidden")
    column_searchable_list = ("text", "book.title", "author.username")
    column_filters = ("hidden",)
    column_default_sort = ("id", True)
    form_columns = ("hidden",)


def init_app(app: Flask) -> None:
    """Give an app its back office; the CSRF check of the pages guards these forms too."""
    admin = Admin(app, name="{{ cookiecutter.project_name }}", index_view=StaffIndex())
    admin.add_view(BookAdmin(Book, db))
    admin.add_view(ReviewAdmin(Review, db))
    admin.add_link(MenuLink("Back to the site", endpoint="pages.list_books"))
