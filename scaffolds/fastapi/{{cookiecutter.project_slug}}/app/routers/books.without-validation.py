"""Books: list and read."""

from fastapi import APIRouter

from ..dependencies import NOT_FOUND, BookDep, BooksDep, Limit, Offset, Search
from ..schemas import BookPublic, BooksPublic

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
