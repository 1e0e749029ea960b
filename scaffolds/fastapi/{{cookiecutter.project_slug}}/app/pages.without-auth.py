"""Everything that makes a site for people of the app: its parts, put together."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.sessions import SessionMiddleware

from app.error_pages import add_error_pages
from app.routers import book_form, book_pages
from app.settings import HTTPS, SECRET_KEY

STATIC = Path(__file__).parent / "static"


def add_pages(app: FastAPI) -> None:
    # A cookie that visitors can read but not change: it is signed with the key.
    app.add_middleware(SessionMiddleware, secret_key=SECRET_KEY, https_only=HTTPS)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    # The form first: /books/new also looks like /books/{book_id}.
    app.include_router(book_form.router)
    app.include_router(book_pages.router)
    add_error_pages(app)
