"""Books: list, read and add."""

from fastapi import APIRouter, HTTPException, Request, Response

from ..dependencies import NOT_FOUND, TAKEN, BookDep, BooksDep, Limit, Offset, Search
#: if cookiecutter.live :#
from ..events import publish
#: endif :#
from ..schemas import BookCreate, BookPublic, BooksPublic

router = APIRouter(prefix="/api/books", tags=["books"])


@router.get("")
async def list_books(
    books: BooksDep, q: Search = "", limit: Limit = 20, offset: Offset = 0
) -> BooksPublic:
    """List the books with `q` in title or author, a page at a time."""
    wanted = q.casefold()
    found = [
        book
        for book in books
        if wanted in book.title.casefold() or wanted in book.author.casefold()
    ]
    return BooksPublic(items=found[offset : offset + limit], total=len(found))


@router.get("/{book_id}", responses=NOT_FOUND)
async def read_book(book: BookDep) -> BookPublic:
    """Show one book."""
    return book


@router.post("", status_code=201, responses=TAKEN)
async def create_book(
    sent: BookCreate, books: BooksDep, request: Request, response: Response
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
    response.headers["Location"] = request.url_for("read_book", book_id=book.id).path
    return book
