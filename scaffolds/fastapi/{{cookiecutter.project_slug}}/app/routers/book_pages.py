"""Pages that show books: the list and a single one."""

from math import ceil
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from app.dependencies import BookDep, SessionDep
from app.error_pages import PageRoute
from app.models import Book
from app.parameters import Search
from app.routers import books, reviews
from app.templating import templates

PAGE_SIZE = 10
Page = Annotated[int, Query(ge=1, le=10**9)]

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.get("/")
async def go_to_books() -> Response:
    return RedirectResponse("/books", status_code=303)


@router.get("/books")
def show_books(
    request: Request,
    session: SessionDep,
    q: Search = "",
    page: Page = 1,
) -> Response:
    # A route is an ordinary function: the page asks the one that also serves the API.
    offset = (page - 1) * PAGE_SIZE
    found = books.list_books(session, q=q, limit=PAGE_SIZE, offset=offset)
    last_page = ceil(found["total"] / PAGE_SIZE)
    context = {**found, "q": q, "page": page, "last_page": last_page}
    return templates.TemplateResponse(request, "books.html", context)


@router.get("/books/{book_id}")
def show_book(request: Request, book: BookDep, session: SessionDep) -> Response:
    context = book_context(book, session)
    return templates.TemplateResponse(request, "book.html", context)


def book_context(book: Book, session: Session) -> dict[str, Any]:
    newest = reviews.list_reviews(book, session, limit=100)
    return {"book": book, "reviews": newest["items"]}
