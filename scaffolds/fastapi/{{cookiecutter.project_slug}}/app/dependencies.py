"""What routes ask for by type: FastAPI makes it, or answers for them."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, HTTPException
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import database
from app.models import Book, Review
from app.parameters import Id


def get_engine() -> Engine:
    return database.engine


def get_session(engine: Annotated[Engine, Depends(get_engine)]) -> Iterator[Session]:
    """Open a session for one request and close it after the answer."""
    with Session(engine, expire_on_commit=False) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]


def get_book(book_id: Id, session: SessionDep) -> Book:
    book = session.get(Book, book_id)
    if book is None:
        raise HTTPException(status_code=404, detail=f"There is no book {book_id}.")
    return book


BookDep = Annotated[Book, Depends(get_book)]


def get_review(review_id: Id, session: SessionDep) -> Review:
    review = session.get(Review, review_id)
    #: if cookiecutter.admin :#
    if review and review.hidden:
        review = None
    #: endif :#
    if review is None:
        raise HTTPException(status_code=404, detail=f"There is no review {review_id}.")
    return review


ReviewDep = Annotated[Review, Depends(get_review)]
