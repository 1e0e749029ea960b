"""Books: list, read and add."""

from fastapi import APIRouter, HTTPException, Response

from app.dependencies import BookDep, BooksDep

#:- if cookiecutter.live +:#
from app.live import publish

#:- endif +:#
from app.parameters import Limit, Offset, Search
from app.schemas import BookCreate, BookPublic, BooksPublic
from app.strict_json import StrictJSONRoute

router = APIRouter(prefix="/api/books", tags=["books"], route_class=StrictJSONRoute)


@router.get("")
async def list_books(
    books: BooksDep,
    q: Search = "",
    limit: Limit = 20,
    offset: Offset = 0,
) -> BooksPublic:
    """List the books with `q` in title or author, a page at a time."""
    wanted = q.casefold()
    found = [
        book
        for book in books
        if wanted in book.title.casefold() or wanted in book.author.casefold()
    ]
    return BooksPublic(items=found[offset : offset + limit], total=len(found))


@router.get("/{book_id}")
async def read_book(book: BookDep) -> BookPublic:
    """Show one book."""
    return book


@router.post("", status_code=201)
async def create_book(
    sent: BookCreate,
    books: BooksDep,
    response: Response,
) -> BookPublic:
    """Add a book."""
    # Without an `await` in between, no other request gets between question and append.
    if sent.isbn and any(book.isbn == sent.isbn for book in books):
        raise HTTPException(status_code=409, detail="Another book has this ISBN.")
    book = BookPublic(id=len(books) + 1, **sent.model_dump())
    books.append(book)
    #: if cookiecutter.live :#
    publish(book)
    #: endif :#
    response.headers["Location"] = f"/api/books/{book.id}"
    return book
