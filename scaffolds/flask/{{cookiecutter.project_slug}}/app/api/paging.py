"""Which part of a list a URL asks for."""

#: if cookiecutter.database :#
from typing import Any

#: endif :#
from pydantic import BaseModel, Field
#: if cookiecutter.database :#
from sqlalchemy import Select, func

from ..db import db
#: endif :#


class Page(BaseModel):
    """Which part of a list to show; the last offset is the last that fits a database."""

    limit: int = Field(default=20, ge=1, le=100)
    offset: int = Field(default=0, ge=0, lt=2**63)


class BookQuery(Page):
    q: str = ""
#: if cookiecutter.database :#


def read_rows(rows: Select[Any], page: Page) -> dict[str, Any]:
    """Read one page of the selected rows, and how many there are in all."""
    total = rows.with_only_columns(func.count(), maintain_column_froms=True)
    return {
        "items": db.session.scalars(rows.limit(page.limit).offset(page.offset)).all(),
        "total": db.session.scalar(total.order_by(None)),
    }
#: endif :#
