"""The pages about books, for people: the list, a book, and the forms."""

from math import ceil
from typing import Annotated

#: if cookiecutter.auth :#
from fastapi import APIRouter, Depends, Form, Query, Request, Response
#: else :#
from fastapi import APIRouter, Form, Query, Request, Response
#: endif :#
from fastapi.responses import RedirectResponse
from pydantic import BaseModel
#: if cookiecutter.auth :#
from sqlalchemy.orm import Session
#: endif :#

from .. import crud
#: if cookiecutter.auth :#
from ..auth import OwnReviewDep, SignedInDep, require_member
#: endif :#
from ..dependencies import BookDep, Search, SessionDep
from ..forms import check_form
#: if cookiecutter.auth :#
from ..models import Book
from ..schemas import BookCreate, ReviewCreate
#: else :#
from ..schemas import BookCreate
#: endif :#
from ..templating import show_form, templates

PAGE_SIZE = 10
Page = Annotated[int, Query(ge=1, le=10**9)]

router = APIRouter(include_in_schema=False)


class BookForm(BaseModel):
    """The form as it was filled in, so that it can be shown again."""

    title: str = ""
    author: str = ""
    isbn: str = ""
    year: str = ""


#: if cookiecutter.auth :#
class ReviewForm(BaseModel):
    rating: str = ""
    text: str = ""


#: endif :#
@router.get("/")
async def go_to_books(request: Request) -> Response:
    return RedirectResponse(request.url_for("show_books").path, status_code=303)


@router.get("/books")
def show_books(
    request: Request, session: SessionDep, q: Search = "", page: Page = 1
) -> Response:
    books, total = crud.list_books(session, q, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    last_page = ceil(total / PAGE_SIZE)
    context = {"books": books, "q": q, "page": page, "last_page": last_page}
    return templates.TemplateResponse(request, "books.html", context)


# Before /books/{book_id}, which would take "new" for an id.
#: if cookiecutter.auth :#
@router.get("/books/new", dependencies=[Depends(require_member)])
#: else :#
@router.get("/books/new")
#: endif :#
def show_book_form(request: Request) -> Response:
    return show_form(request, "book_form.html", BookForm(), {})


@router.post("/books/new")
def add_book(
    request: Request, form: Annotated[BookForm, Form()], session: SessionDep
) -> Response:
    """Store the book and go to its page, or show the form with what was sent."""
    sent, errors = check_form(BookCreate, form)
    if sent is None:
        return show_form(request, "book_form.html", form, errors)
    try:
        book = crud.create_book(session, sent)
    except crud.IsbnTaken:
        errors = {"isbn": "Another book has this ISBN."}
        return show_form(request, "book_form.html", form, errors)
    request.session["message"] = "The book was added."
    page = request.url_for("show_book", book_id=book.id)
    # 303: fetch that page with GET. The usual 307 would post the form again.
    return RedirectResponse(page.path, status_code=303)


@router.get("/books/{book_id}")
def show_book(request: Request, book: BookDep, session: SessionDep) -> Response:
    #: if cookiecutter.auth :#
    context = {"form": ReviewForm(), "errors": {}, **book_context(book, session)}
    #: else :#
    context = {"book": book, "reviews": crud.list_reviews(session, book, limit=100)}
    #: endif :#
    return templates.TemplateResponse(request, "book.html", context)
#: if cookiecutter.auth :#


def book_context(book: Book, session: Session) -> dict[str, object]:
    return {"book": book, "reviews": crud.list_reviews(session, book, limit=100)}


@router.post("/books/{book_id}/reviews")
def add_review(
    request: Request,
    form: Annotated[ReviewForm, Form()],
    book: BookDep,
    member: SignedInDep,
    session: SessionDep,
) -> Response:
    sent, errors = check_form(ReviewCreate, form)
    if sent is None:
        context = {"form": form, "errors": errors, **book_context(book, session)}
        return templates.TemplateResponse(request, "book.html", context, 422)
    crud.create_review(session, sent, book, member)
    request.session["message"] = "Your review was added."
    page = request.url_for("show_book", book_id=book.id)
    return RedirectResponse(page.path, status_code=303)


@router.post("/reviews/{review_id}/delete")
def remove_review(
    request: Request, review: OwnReviewDep, session: SessionDep
) -> Response:
    crud.delete(session, review)
    request.session["message"] = "Your review was deleted."
    page = request.url_for("show_book", book_id=review.book_id)
    return RedirectResponse(page.path, status_code=303)
#: endif :#
