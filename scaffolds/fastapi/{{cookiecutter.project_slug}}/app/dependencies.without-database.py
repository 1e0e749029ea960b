"""What routes ask for by type: FastAPI makes it, or answers for them."""

from typing import Annotated

from fastapi import Depends, HTTPException

from app.parameters import Id
from app.sample_books import SAMPLE_BOOKS
from app.schemas import BookPublic

# Kept in memory: a restart brings back the sample books.
BOOKS = [
    BookPublic(id=number, title=title, author=author, isbn=isbn, year=year)
    for number, (title, author, isbn, year) in enumerate(SAMPLE_BOOKS, start=1)
]


async def get_books() -> list[BookPublic]:
    return BOOKS


BooksDep = Annotated[list[BookPublic], Depends(get_books)]


async def get_book(book_id: Id, books: BooksDep) -> BookPublic:
    for book in books:
        if book.id == book_id:
            return book
    raise HTTPException(status_code=404, detail=f"There is no book {book_id}.")


BookDep = Annotated[BookPublic, Depends(get_book)]
