"""The front page, and a route for machines that ask whether the app is up."""

from flask import Blueprint

bp = Blueprint("hello", __name__)


@bp.get("/")
def index() -> str:
    """Greet a person in a browser."""
    return "<h1>Hello from {{ cookiecutter.project_name }}</h1>"


@bp.get("/health")
def health() -> dict[str, str]:
    """Tell a machine that the app is up; Flask turns the dictionary into JSON."""
    return {"status": "ok"}
