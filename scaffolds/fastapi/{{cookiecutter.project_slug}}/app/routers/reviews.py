"""Reviews: list and add those of a book, change and delete one."""

from typing import Any

from fastapi import APIRouter

from .. import crud
#: if cookiecutter.auth :#
from ..auth import NOT_YOURS, SIGN_IN, OwnReviewDep, SignedInDep
from ..dependencies import NOT_FOUND, BookDep, Limit, Offset, SessionDep
#: else :#
from ..dependencies import NOT_FOUND, BookDep, Limit, Offset, ReviewDep, SessionDep
#: endif :#
from ..schemas import ReviewCreate, ReviewPublic, ReviewsPublic, ReviewUpdate

router = APIRouter(prefix="/api", tags=["reviews"], responses=NOT_FOUND)


@router.get("/books/{book_id}/reviews", response_model=ReviewsPublic)
def list_reviews(
    book: BookDep, session: SessionDep, limit: Limit = 20, offset: Offset = 0
) -> Any:
    """List the reviews of a book, a page at a time, newest first."""
    items = crud.list_reviews(session, book, limit, offset)
    return {"items": items, "total": book.review_count}


@router.post(
    "/books/{book_id}/reviews",
    status_code=201,
    response_model=ReviewPublic,
    #: if cookiecutter.auth :#
    responses=SIGN_IN,
    #: endif :#
)
#: if cookiecutter.auth :#
def create_review(
    sent: ReviewCreate, book: BookDep, member: SignedInDep, session: SessionDep
) -> Any:
    """Add a review to a book."""
    return crud.create_review(session, sent, book, member)
#: else :#
def create_review(sent: ReviewCreate, book: BookDep, session: SessionDep) -> Any:
    """Add a review to a book."""
    return crud.create_review(session, sent, book)
#: endif :#


#: if cookiecutter.auth :#
@router.patch("/reviews/{review_id}", response_model=ReviewPublic, responses=NOT_YOURS)
def update_review(sent: ReviewUpdate, review: OwnReviewDep, session: SessionDep) -> Any:
#: else :#
@router.patch("/reviews/{review_id}", response_model=ReviewPublic)
def update_review(sent: ReviewUpdate, review: ReviewDep, session: SessionDep) -> Any:
#: endif :#
    """Change the fields that were sent, and no others."""
    return crud.update(session, review, sent)


#: if cookiecutter.auth :#
@router.delete("/reviews/{review_id}", status_code=204, responses=NOT_YOURS)
def delete_review(review: OwnReviewDep, session: SessionDep) -> None:
#: else :#
@router.delete("/reviews/{review_id}", status_code=204)
def delete_review(review: ReviewDep, session: SessionDep) -> None:
#: endif :#
    """Delete a review."""
    crud.delete(session, review)
