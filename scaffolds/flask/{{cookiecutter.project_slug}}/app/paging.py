"""Read `limit` and `offset` from an address."""

from flask import request
from pydantic import BaseModel, Field

from .schemas import check


class Page(BaseModel):
    """Which part of a list to show; the last offset is the last that fits a database."""

    limit: int = Field(default=20, ge=1, le=100)
    offset: int = Field(default=0, ge=0, lt=2**63)


def read_page() -> Page:
    """Read the page that the address asks for, or refuse it by parameter name."""
    return check(Page, request.args.to_dict())
