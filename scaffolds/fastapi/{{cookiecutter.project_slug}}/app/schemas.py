"""The shape of what the API takes and answers, as pydantic models."""

from datetime import datetime

from pydantic import MISSING, BaseModel

from app.fields import Isbn, Name, Rating, ReviewText, Year


class BookCreate(BaseModel):
    title: Name
    author: Name
    isbn: Isbn = None
    year: Year | None = None


class BookUpdate(BaseModel):
    """What a change may carry: a field left out stays `MISSING` and is not touched.

    `None` would not do as the default: it is a value that a client may send, and then
    means "clear this field" for isbn and year and an error for title and author.
    """

    title: Name | MISSING = MISSING
    author: Name | MISSING = MISSING
    isbn: Isbn | MISSING = MISSING
    year: Year | MISSING | None = MISSING


class BookPublic(BaseModel):
    id: int
    title: str
    author: str
    isbn: str | None
    year: int | None
    created_at: datetime
    review_count: int
    average_rating: float | None


class BooksPublic(BaseModel):
    items: list[BookPublic]
    total: int


class ReviewCreate(BaseModel):
    rating: Rating
    text: ReviewText


class ReviewUpdate(BaseModel):
    rating: Rating | MISSING = MISSING
    text: ReviewText | MISSING = MISSING


class ReviewPublic(BaseModel):
    id: int
    book_id: int
    #: if cookiecutter.auth :#
    author: str | None
    #: endif :#
    rating: int
    text: str
    created_at: datetime


class ReviewsPublic(BaseModel):
    items: list[ReviewPublic]
    total: int
