"""What the API answers, as Pydantic models: for the documentation and its test."""

#: if cookiecutter.database :#
from datetime import datetime

#: endif :#
from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """An answer with just the fields that it lists."""

    model_config = ConfigDict(extra="forbid")


class Problem(Answer):
    """What went wrong, and with bad input, which field and why."""

    detail: str
    errors: dict[str, str] = {}


class BookAnswer(Answer):
    """A book."""

    id: int
    title: str
    author: str
    isbn: str | None
    year: int | None
    #: if cookiecutter.database :#
    created_at: datetime
    review_count: int
    average_rating: float | None


class ReviewList(Answer):
    """A page of reviews, and how many there are in all."""

    items: list["ReviewAnswer"]
    total: int


class ReviewAnswer(Answer):
    """A review."""

    id: int
    book_id: int
    rating: int
    text: str
    created_at: datetime
    #: endif :#
    #: if cookiecutter.auth :#
    author: str | None
    #: endif :#


#: if cookiecutter.async :#
class Offer(Answer):
    """What a shop asks for a book."""

    shop: str
    price: float


class Failure(Answer):
    """Why a shop has no offer."""

    shop: str
    reason: str


class OfferList(Answer):
    """The offers, cheapest first, and the shops that have none."""

    offers: list[Offer]
    failed: list[Failure]


#: endif :#
#: if cookiecutter.model :#
class Score(Answer):
    """How likely a text is positive, from 0 to 1; the label is that in a word."""

    score: float
    label: str


#: endif :#
#: if cookiecutter.jobs :#
class LineError(Answer):
    """What is wrong with a line; the header is line 1."""

    line: int
    msg: str


class ImportAnswer(Answer):
    """How far an import has come; `status` is queued, running or done."""

    id: int
    status: str
    created: int
    skipped: int
    errors: list[LineError]


#: endif :#
class BookList(Answer):
    """A page of books, and how many there are in all."""

    items: list[BookAnswer]
    total: int
