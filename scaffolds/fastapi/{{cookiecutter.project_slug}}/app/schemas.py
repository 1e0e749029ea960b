#: if cookiecutter.validation :#
"""What the API takes and answers, as Pydantic models."""

#: else :#
"""What the API answers, as Pydantic models."""

#: endif :#
#: if cookiecutter.validation :#
import re
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    #: if cookiecutter.database :#
    MISSING,
    #: endif :#
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    #: if cookiecutter.pages or cookiecutter.jobs :#
    ValidationError,
    #: endif :#
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError
#: else :#
from typing import Any

from pydantic import BaseModel
#: endif :#
#: if cookiecutter.validation :#


def check_no_nul(text: str) -> str:
    if "\0" in text:
        raise PydanticCustomError("nul", "A NUL character cannot be stored.")
    return text


def check_isbn(isbn: str) -> str:
    if not re.fullmatch("[0-9]{13}", isbn):
        raise PydanticCustomError("isbn", "An ISBN has 13 digits and nothing else.")
    digits = [int(digit) for digit in isbn]
    if (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10:
        raise PydanticCustomError("isbn", "The last digit does not fit the others.")
    return isbn


def empty_to_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def check_year(year: int) -> int:
    next_year = datetime.now(UTC).year + 1
    if year > next_year:
        raise PydanticCustomError(
            "year", "The year must not be after {latest}.", {"latest": next_year}
        )
    return year


Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(check_no_nul),
]
Isbn = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    AfterValidator(check_isbn),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{13}$"}),
]
OptionalIsbn = Annotated[Isbn | None, BeforeValidator(empty_to_none)]
Year = Annotated[int, Field(ge=-3000), AfterValidator(check_year)]
#: if cookiecutter.database :#
Rating = Annotated[int, Field(ge=1, le=5)]
#: endif :#
#: if cookiecutter.database or cookiecutter.model :#
ReviewText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    AfterValidator(check_no_nul),
]
#: endif :#
#: endif :#


class Problem(BaseModel):
    detail: str


# What `responses=` of a path operation takes.
Responses = dict[int | str, dict[str, Any]]


#: if cookiecutter.validation :#
EXAMPLE = {"title": "Emma", "author": "Jane Austen", "year": 1815}


class BookCreate(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    title: Name
    author: Name
    isbn: OptionalIsbn = None
    year: Year | None = None


#: endif :#
#: if cookiecutter.database :#
class BookUpdate(BaseModel):
    """What a change may carry: a field left out stays `MISSING` and is not touched.

    `None` would not do as the default: it is a value that a client may send, and then
    means "clear this field" for isbn and year and an error for title and author.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    title: Name | MISSING = MISSING
    author: Name | MISSING = MISSING
    isbn: OptionalIsbn | MISSING = MISSING
    year: Year | MISSING | None = MISSING


#: endif :#
class BookPublic(BaseModel):
    id: int
    title: str
    author: str
    isbn: str | None
    year: int | None
    #: if cookiecutter.database :#
    created_at: datetime
    review_count: int
    average_rating: float | None
    #: endif :#


class BooksPublic(BaseModel):
    items: list[BookPublic]
    total: int
#: if cookiecutter.database :#


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
#: endif :#
#: if cookiecutter.pages or cookiecutter.jobs :#


# What Pydantic says to programs, in words for people.
SENTENCES = {
    "missing": "Please fill this in.",
    "string_too_short": "At least {min_length} characters, please.",
    "string_too_long": "At most {max_length} characters, please.",
    "int_parsing": "A whole number, please.",
    "greater_than_equal": "At least {ge}, please.",
    "less_than_equal": "At most {le}, please.",
}


def explain(error: ValidationError) -> dict[str, str]:
    """Return a sentence for people about each field that is wrong."""
    sentences: dict[str, str] = {}
    for problem in error.errors():
        field = ".".join(str(part) for part in problem["loc"])
        sentence = SENTENCES.get(problem["type"])
        details = problem.get("ctx", {})
        sentences[field] = sentence.format(**details) if sentence else problem["msg"]
    return sentences
#: endif :#
