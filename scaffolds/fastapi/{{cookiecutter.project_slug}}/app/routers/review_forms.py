"""The forms below a book: write a review, delete one's own."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.dependencies import BookDep, SessionDep
from app.error_pages import PageRoute
from app.forms import FormDep, check_form
from app.permissions import OwnReviewDep, SignedInDep
from app.routers import reviews
from app.routers.book_pages import book_context
from app.schemas import ReviewCreate
from app.templating import templates

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.post("/books/{book_id}/reviews")
def add_review(
    request: Request,
    fields: FormDep,
    book: BookDep,
    member: SignedInDep,
    session: SessionDep,
) -> Response:
    sent, errors = check_form(ReviewCreate, fields)
    if sent:
        reviews.create_review(sent, book, member, session)
        request.session["message"] = "Your review was added."
        return RedirectResponse(f"/books/{book.id}", status_code=303)
    context = book_context(book, session) | {"fields": fields, "errors": errors}
    return templates.TemplateResponse(request, "book.html", context, status_code=422)


@router.post("/reviews/{review_id}/delete")
def delete_review(
    request: Request,
    fields: FormDep,
    review: OwnReviewDep,
    session: SessionDep,
) -> Response:
    reviews.delete_review(review, session)
    request.session["message"] = "Your review was deleted."
    return RedirectResponse(f"/books/{review.book_id}", status_code=303)
