"""The shape of what the API answers, as pydantic models."""

from pydantic import BaseModel


class BookPublic(BaseModel):
    id: int
    title: str
    author: str
    isbn: str | None
    year: int | None


class BooksPublic(BaseModel):
    items: list[BookPublic]
    total: int
