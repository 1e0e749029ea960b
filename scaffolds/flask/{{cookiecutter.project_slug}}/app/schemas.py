"""What the API takes and what it returns, as Pydantic models."""

from datetime import UTC, datetime
#: if cookiecutter.jobs or cookiecutter.model :#
from typing import Annotated, Any, Literal, TypeVar
#: else :#
from typing import Annotated, Any, TypeVar
#: endif :#

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from .errors import InvalidInput

Model = TypeVar("Model", bound=BaseModel)


def check(model: type[Model], values: Any) -> Model:
    """Build the model from untrusted values, or say of each field what is wrong."""
    try:
        return model.model_validate(values)
    except ValidationError as invalid:
        errors: dict[str, str] = {}
        for error in invalid.errors():
            name = str(error["loc"][0]) if error["loc"] else "body"
            errors.setdefault(name, error["msg"].removeprefix("Value error, "))
        raise InvalidInput(errors) from None


def check_text(text: str) -> str:
    """Refuse the character NUL, which not every database can keep."""
    if "\0" in text:
        raise ValueError("A text cannot hold the character NUL.")
    return text


def check_isbn(isbn: str) -> str | None:
    """Accept 13 digits of which the last fits the others; no text means no ISBN."""
    if not isbn:
        return None
    if not (len(isbn) == 13 and isbn.isascii() and isbn.isdigit()):
        raise ValueError("An ISBN has 13 digits and nothing else.")
    if sum(int(d) * weight for d, weight in zip(isbn, [1, 3] * 7, strict=False)) % 10:
        raise ValueError("The last digit does not fit the others.")
    return isbn


def check_year(year: int) -> int:
    """Accept books that are announced for next year; the limit moves with the clock."""
    if not -3000 <= year <= datetime.now(UTC).year + 1:
        raise ValueError("Give a year from -3000 to next year.")
    return year


Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(check_text)]
Isbn = Annotated[str, AfterValidator(check_isbn)]
Year = Annotated[int, AfterValidator(check_year)]
#: if cookiecutter.database or cookiecutter.model :#
Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(check_text)]
#: endif :#
#: if cookiecutter.database :#
Rating = Annotated[int, Field(ge=1, le=5)]
#: endif :#


#: if cookiecutter.api_docs :#
def with_example(**fields: Any) -> ConfigDict:
    """Configure a model so that the documentation shows these fields."""
    return ConfigDict(json_schema_extra={"example": fields})


#: endif :#
class Input(BaseModel):
    """What a request brings; its texts lose the spaces around them."""

    model_config = ConfigDict(str_strip_whitespace=True)


class BookInput(Input):
    """A new book. Fields that are not listed here, such as `id`, are ignored."""

    #: if cookiecutter.api_docs :#
    model_config = with_example(title="Emma", author="Jane Austen", year=1815)
    #: endif :#
    title: Name
    author: Name
    isbn: Isbn | None = None
    year: Year | None = None


#: if cookiecutter.database :#
class BookChanges(BookInput):
    """Changes to a book: what is left out keeps its value, so no default is used."""

    title: Name = ""
    author: Name = ""


class ReviewInput(Input):
    #: if cookiecutter.api_docs :#
    model_config = with_example(rating=5, text="Read it twice.")
    #: endif :#
    rating: Rating
    text: Text


class ReviewChanges(ReviewInput):
    rating: Rating = 1
    text: Text = ""


#: endif :#
#: if cookiecutter.model :#
class ScoreInput(Input):
    #: if cookiecutter.api_docs :#
    model_config = with_example(text="A wonderful book, I loved it.")
    #: endif :#
    text: Text


#: endif :#
class Output(BaseModel):
    """What the API returns: read off an object or a dictionary, field by field."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def dump(cls, source: Any) -> dict[str, Any]:
        """Return the model's fields of `source`, as JSON has them, and no others."""
        return cls.model_validate(source).model_dump(mode="json")


#: if cookiecutter.database :#
def _add_offset(time: datetime) -> datetime:
    """Say that a time is UTC, which all of ours are; SQLite drops the offset."""
    return time if time.tzinfo else time.replace(tzinfo=UTC)


Time = Annotated[datetime, AfterValidator(_add_offset)]


#: endif :#
class BookOut(Output):
    id: int
    title: str
    author: str
    isbn: str | None
    year: int | None
    #: if cookiecutter.database :#
    created_at: Time
    review_count: int
    average_rating: float | None
    #: endif :#


class BookList(Output):
    items: list[BookOut]
    total: int
#: if cookiecutter.database :#


class ReviewOut(Output):
    id: int
    book_id: int
    #: if cookiecutter.auth :#
    author: str | None
    #: endif :#
    rating: int
    text: str
    created_at: Time


class ReviewList(Output):
    items: list[ReviewOut]
    total: int
#: endif :#
#: if cookiecutter.async :#


class Offer(Output):
    shop: str
    price: float


class Failure(Output):
    shop: str
    reason: str


class OfferList(Output):
    offers: list[Offer]
    failed: list[Failure]
#: endif :#
#: if cookiecutter.jobs :#


class LineError(Output):
    """What is wrong with a line; the header is line 1."""

    line: int
    msg: str


class ImportOut(Output):
    id: int
    status: Literal["queued", "running", "done"]
    created: int
    skipped: int
    errors: list[LineError]
#: endif :#
#: if cookiecutter.model :#


class Score(Output):
    score: float
    label: Literal["positive", "negative"]
#: endif :#
