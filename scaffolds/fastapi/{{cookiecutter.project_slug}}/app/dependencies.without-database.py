"""What path operations ask for by type: FastAPI makes it, or answers for them."""

import json
from pathlib import Path as FilePath
from typing import Annotated

from fastapi import Depends, HTTPException, Path, Query

from .schemas import BookPublic, Problem, Responses

LARGEST = 2**63 - 1

Id = Annotated[int, Path(ge=1, le=LARGEST)]
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=LARGEST)]
Search = Annotated[str, Query(max_length=200)]
NOT_FOUND: Responses = {404: {"model": Problem, "description": "No such id"}}
#: if cookiecutter.validation :#
TAKEN: Responses = {409: {"model": Problem, "description": "This ISBN is taken"}}
#: endif :#

# Kept in memory: a restart brings back the sample books.
SAMPLE = FilePath(__file__).with_name("sample_books.json").read_text("utf-8")
BOOKS = [BookPublic(id=id, **book) for id, book in enumerate(json.loads(SAMPLE), 1)]


async def get_books() -> list[BookPublic]:
    return BOOKS


BooksDep = Annotated[list[BookPublic], Depends(get_books)]


async def get_book(book_id: Id, books: BooksDep) -> BookPublic:
    for book in books:
        if book.id == book_id:
            return book
    raise HTTPException(status_code=404, detail=f"There is no book {book_id}.")


BookDep = Annotated[BookPublic, Depends(get_book)]
