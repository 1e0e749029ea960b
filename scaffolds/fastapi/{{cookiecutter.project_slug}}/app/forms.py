"""Read a form by hand, and check it with the class that also checks JSON."""

from typing import Annotated, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError

from app.csrf import check_csrf_token

Schema = TypeVar("Schema", bound=BaseModel)


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form that came from one of our own pages."""
    async with request.form() as form:
        fields = {name: text for name, text in form.items() if isinstance(text, str)}
    check_csrf_token(request, fields.pop("csrf_token", ""))
    return fields


FormDep = Annotated[dict[str, str], Depends(read_form)]


def check_form(
    schema: type[Schema],
    fields: dict[str, str],
) -> tuple[Schema | None, dict[str, str]]:
    """Return what was sent, or a sentence for each field that is wrong.

    A form sends every field, an empty one as empty text: to a schema it is left out.
    """
    filled = {name: text for name, text in fields.items() if text.strip()}
    try:
        return schema.model_validate(filled), {}
    except ValidationError as error:
        return None, {
            str(problem["loc"][0]): problem["msg"].removeprefix("Value error, ")
            for problem in error.errors()
        }
