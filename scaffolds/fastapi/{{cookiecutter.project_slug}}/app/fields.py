"""The fields a client may send: pydantic cleans and checks them before a route runs."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints


def check_no_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("not every database can keep a NUL character")
    return text


def check_last_digit(isbn: str) -> str:
    digits = [int(digit) for digit in isbn]
    if (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10:
        raise ValueError("the last digit of this ISBN does not fit the others")
    return isbn


def empty_to_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def check_not_far_ahead(year: int) -> int:
    next_year = datetime.now(UTC).year + 1
    if year > next_year:
        raise ValueError(f"the year must not be after {next_year}")
    return year


Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(check_no_nul),
]
ThirteenDigits = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern="^[0-9]{13}$"),
    AfterValidator(check_last_digit),
]
Isbn = Annotated[ThirteenDigits | None, BeforeValidator(empty_to_none)]
Year = Annotated[int, Field(ge=-3000), AfterValidator(check_not_far_ahead)]
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
