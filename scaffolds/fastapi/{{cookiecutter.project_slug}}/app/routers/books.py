"""Books: list, read, add, change and delete."""

from typing import Any

from fastapi import APIRouter, Request, Response

from .. import crud
#: if cookiecutter.auth :#
from ..auth import SIGN_IN
#: endif :#
from ..dependencies import NOT_FOUND, TAKEN, BookDep, Limit, Offset, Search, SessionDep
from ..schemas import BookCreate, BookPublic, BooksPublic, BookUpdate

router = APIRouter(prefix="/api/books", tags=["books"])


@router.get("", response_model=BooksPublic)
def list_books(
    session: SessionDep, q: Search = "", limit: Limit = 20, offset: Offset = 0
) -> Any:
    """List the books with `q` in title or author, a page at a time, newest first."""
    items, total = crud.list_books(session, q, limit, offset)
    return {"items": items, "total": total}


@router.get("/{book_id}", response_model=BookPublic, responses=NOT_FOUND)
def read_book(book: BookDep) -> Any:
    """Show one book."""
    return book


#: if cookiecutter.auth :#
@router.post("", status_code=201, response_model=BookPublic, responses=SIGN_IN | TAKEN)
#: else :#
@router.post("", status_code=201, response_model=BookPublic, responses=TAKEN)
#: endif :#
def create_book(
    sent: BookCreate, session: SessionDep, request: Request, response: Response
) -> Any:
    """Add a book."""
    book = crud.create_book(session, sent)
    response.headers["Location"] = request.url_for("read_book", book_id=book.id).path
    return book


#: if cookiecutter.auth :#
@router.patch(
    "/{book_id}", response_model=BookPublic, responses=SIGN_IN | NOT_FOUND | TAKEN
)
#: else :#
@router.patch("/{book_id}", response_model=BookPublic, responses=NOT_FOUND | TAKEN)
#: endif :#
def update_book(sent: BookUpdate, book: BookDep, session: SessionDep) -> Any:
    """Change the fields that were sent, and no others."""
    return crud.update(session, book, sent)


#: if cookiecutter.auth :#
@router.delete("/{book_id}", status_code=204, responses=SIGN_IN | NOT_FOUND)
#: else :#
@router.delete("/{book_id}", status_code=204, responses=NOT_FOUND)
#: endif :#
def delete_book(book: BookDep, session: SessionDep) -> None:
    """Delete a book and its reviews."""
    crud.delete(session, book)
