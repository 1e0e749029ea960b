"""Reviews: list and add those of a book, change and delete one."""

from typing import Any

from fastapi import APIRouter, HTTPException
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.dependencies import BookDep, SessionDep
from app.models import Review
from app.parameters import Limit, Offset
from app.permissions import MembersWrite, OwnReviewDep, SignedInDep
from app.schemas import ReviewCreate, ReviewPublic, ReviewsPublic, ReviewUpdate
from app.strict_json import StrictJSONRoute

router = APIRouter(
    prefix="/api",
    tags=["reviews"],
    route_class=StrictJSONRoute,
    dependencies=[MembersWrite],
)


@router.get("/books/{book_id}/reviews", response_model=ReviewsPublic)
def list_reviews(
    book: BookDep,
    session: SessionDep,
    limit: Limit = 20,
    offset: Offset = 0,
) -> dict[str, Any]:
    """List the reviews of a book, a page at a time, newest first."""
    of_book = select(Review).where(Review.book_id == book.id)
    #: if cookiecutter.admin :#
    of_book = of_book.where(~Review.hidden)
    #: endif :#
    page = of_book.order_by(Review.id.desc()).limit(limit).offset(offset)
    return {"items": session.scalars(page).all(), "total": book.review_count}


@router.post("/books/{book_id}/reviews", status_code=201, response_model=ReviewPublic)
def create_review(
    sent: ReviewCreate,
    book: BookDep,
    member: SignedInDep,
    session: SessionDep,
) -> Review:
    """Add a review to a book."""
    review = Review(book_id=book.id, author_id=member.id, **sent.model_dump())
    save(review, session)
    return review


@router.patch("/reviews/{review_id}", response_model=ReviewPublic)
def update_review(
    sent: ReviewUpdate,
    review: OwnReviewDep,
    session: SessionDep,
) -> Review:
    """Change the fields that were sent, and no others."""
    for field, value in sent.model_dump().items():
        setattr(review, field, value)
    save(review, session)
    return review


@router.delete("/reviews/{review_id}", status_code=204)
def delete_review(review: OwnReviewDep, session: SessionDep) -> None:
    """Delete a review."""
    session.delete(review)
    session.commit()


def save(review: Review, session: Session) -> None:
    """Store a review, unless its book or the review itself was just deleted."""
    session.add(review)
    try:
        session.commit()
    except (IntegrityError, StaleDataError):
        gone = "This book or review was deleted a moment ago."
        raise HTTPException(status_code=404, detail=gone) from None
