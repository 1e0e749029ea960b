"""The front page, and a route for machines that ask whether the app is up."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

bp = Blueprint("hello", __name__)


@bp.get("/")
def index() -> ResponseReturnValue:
    """Lead to the books."""
    return redirect(url_for("pages.list_books"))


@bp.get("/health")
def health() -> dict[str, str]:
    """Tell a machine that the app is up; Flask turns the dictionary into JSON."""
    return {"status": "ok"}
