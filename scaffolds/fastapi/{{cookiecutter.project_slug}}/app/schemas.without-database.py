"""The shape of what the API takes and answers, as pydantic models."""

from pydantic import BaseModel

from app.fields import Isbn, Name, Year


class BookCreate(BaseModel):
    title: Name
    author: Name
    isbn: Isbn = None
    year: Year | None = None


class BookPublic(BaseModel):
    id: int
    title: str
    author: str
    isbn: str | None
    year: int | None


class BooksPublic(BaseModel):
    items: list[BookPublic]
    total: int
