"""What path operations ask for by type: FastAPI makes it, or answers for them."""

from typing import Annotated

from fastapi import Depends, HTTPException, Path, Query
from sqlalchemy.orm import Session

from .database import get_session
from .models import Book, Review
from .schemas import Problem, Responses

# A database counts its rows in 64 bits, and fails when asked for a larger number.
LARGEST = 2**63 - 1

Id = Annotated[int, Path(ge=1, le=LARGEST)]
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=LARGEST)]
# As long as the longest title; SQLite would stop reading at a NUL character.
Search = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]
NOT_FOUND: Responses = {404: {"model": Problem, "description": "No such id"}}
TAKEN: Responses = {409: {"model": Problem, "description": "This ISBN is taken"}}

# "function": its connection is given back before the response goes out, however long
# a stream may be.
SessionDep = Annotated[Session, Depends(get_session, scope="function")]


def get_book(book_id: Id, session: SessionDep) -> Book:
    book = session.get(Book, book_id)
    if book is None:
        raise HTTPException(status_code=404, detail=f"There is no book {book_id}.")
    return book


BookDep = Annotated[Book, Depends(get_book)]


def get_review(review_id: Id, session: SessionDep) -> Review:
    review = session.get(Review, review_id)
    #: if cookiecutter.admin :#
    if review is None or review.hidden:
    #: else :#
    if review is None:
    #: endif :#
        raise HTTPException(status_code=404, detail=f"There is no review {review_id}.")
    return review


ReviewDep = Annotated[Review, Depends(get_review)]
