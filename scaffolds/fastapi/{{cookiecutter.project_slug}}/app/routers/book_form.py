"""The form for a new book: shown empty, and again with what was wrong."""

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from app.dependencies import SessionDep
from app.error_pages import PageRoute
from app.forms import FormDep, check_form
from app.routers import books
from app.schemas import BookCreate
from app.templating import templates

router = APIRouter(
    prefix="/books/new",
    include_in_schema=False,
    route_class=PageRoute,
)


@router.get("")
def show_form(request: Request) -> Response:
    context = {"fields": {}, "errors": {}}
    return templates.TemplateResponse(request, "book_form.html", context)


@router.post("")
def add_book(request: Request, fields: FormDep, session: SessionDep) -> Response:
    """Store the book and go to its page, or show the form with what was sent."""
    sent, errors = check_form(BookCreate, fields)
    if sent:
        try:
            book = books.create_book(sent, session, Response())
        except HTTPException as refusal:
            session.rollback()
            errors = {"isbn": refusal.detail}
        else:
            request.session["message"] = "The book was added."
            # 303: fetch that page with GET. The usual 307 would post the form again.
            return RedirectResponse(f"/books/{book.id}", status_code=303)
    context = {"fields": fields, "errors": errors}
    return templates.TemplateResponse(
        request,
        "book_form.html",
        context,
        status_code=422,
    )
