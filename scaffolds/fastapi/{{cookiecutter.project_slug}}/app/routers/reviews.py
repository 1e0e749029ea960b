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

router = APIRouter(prefix="/api", tags=["reviews"])


@router.get(
    "/books/{book_id}/reviews", response_model=ReviewsPublic, responses=NOT_FOUND
)
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
    responses=SIGN_IN | NOT_FOUND,
    #: else :#
    responses=NOT_FOUND,
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
@router.patch(
    "/reviews/{review_id}",
    response_model=ReviewPublic,
    responses=SIGN_IN | NOT_YOURS | NOT_FOUND,
)
#: else :#
@router.patch("/reviews/{review_id}", response_model=ReviewPublic, responses=NOT_FOUND)
#: endif :#
#: if cookiecutter.auth :#
def update_review(sent: ReviewUpdate, review: OwnReviewDep, session: SessionDep) -> Any:
#: else :#
def update_review(sent: ReviewUpdate, review: ReviewDep, session: SessionDep) -> Any:
#: endif :#
    """Change the fields that were sent, and no others."""
    return crud.update(session, review, sent)


#: if cookiecutter.auth :#
@router.delete(
    "/reviews/{review_id}", status_code=204, responses=SIGN_IN | NOT_YOURS | NOT_FOUND
)
#: else :#
@router.delete("/reviews/{review_id}", status_code=204, responses=NOT_FOUND)
#: endif :#
#: if cookiecutter.auth :#
def delete_review(review: OwnReviewDep, session: SessionDep) -> None:
#: else :#
def delete_review(review: ReviewDep, session: SessionDep) -> None:
#: endif :#
    """Delete a review."""
    crud.delete(session, review)
