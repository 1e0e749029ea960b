"""What the API accepts, checked by Pydantic."""

from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    StringConstraints,
    ValidationError,
)

from .errors import InvalidInput


def _text(longest: int) -> StringConstraints:
    """Strip and measure; NUL is refused because not every database can keep it."""
    return StringConstraints(
        strip_whitespace=True,
        min_length=1,
        max_length=longest,
        pattern=r"^[^\x00]*$",
    )


def _check_isbn(isbn: str) -> str | None:
    """Accept 13 digits of which the last fits the others; no text means no ISBN."""
    if not isbn:
        return None
    if not (len(isbn) == 13 and isbn.isascii() and isbn.isdigit()):
        raise ValueError("an ISBN has 13 digits and nothing else")
    if sum(int(d) * weight for d, weight in zip(isbn, [1, 3] * 7, strict=False)) % 10:
        raise ValueError("the last digit does not fit the others")
    return isbn


def _check_year(year: int) -> int:
    """Accept books that are announced for next year; the limit moves with the clock."""
    if year > datetime.now(UTC).year + 1:
        raise ValueError("the year is later than next year")
    return year


Name = Annotated[str, _text(200)]
Isbn = Annotated[
    str, StringConstraints(strip_whitespace=True), AfterValidator(_check_isbn)
]
Year = Annotated[int, Field(ge=-3000), AfterValidator(_check_year)]


class BookInput(BaseModel):
    """A new book. Fields that are not listed here, such as `id`, are ignored."""

    title: Name
    author: Name
    isbn: Isbn | None = None
    year: Year | None = None


#: if cookiecutter.database :#
class BookChanges(BookInput):
    """Changes to a book: what is left out keeps its value, so no default is used."""

    title: Name = ""
    author: Name = ""


class ReviewInput(BaseModel):
    """A new review."""

    rating: Annotated[int, Field(ge=1, le=5)]
    text: Annotated[str, _text(2000)]


class ReviewChanges(ReviewInput):
    """Changes to a review: what is left out keeps its value."""

    rating: Annotated[int, Field(ge=1, le=5)] = 1
    text: Annotated[str, _text(2000)] = ""


#: endif :#
#: if cookiecutter.model :#
class ScoreInput(BaseModel):
    """A text to be scored."""

    text: Annotated[str, _text(2000)]


#: endif :#
#: if cookiecutter.auth :#
def _check_username(username: str) -> str:
    if not all(sign.isalnum() or sign in ".@+-_" for sign in username):
        raise ValueError("use only letters, digits and . @ + - _")
    return username


class MemberInput(BaseModel):
    """Someone who signs up."""

    username: Annotated[str, _text(150), AfterValidator(_check_username)]
    password: Annotated[str, Field(min_length=8)]


#: endif :#
Model = TypeVar("Model", bound=BaseModel)


def check(model: type[Model], values: Any) -> Model:
    """Build the model from untrusted values, or say of each field what is wrong."""
    try:
        return model.model_validate(values)
    except ValidationError as invalid:
        errors: dict[str, str] = {}
        for error in invalid.errors():
            name = str(error["loc"][0]) if error["loc"] else "body"
            errors[name] = error["msg"].removeprefix("Value error, ")
        raise InvalidInput(errors) from None
