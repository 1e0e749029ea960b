"""Who asks, and for which book or review: what pages and API both have to know."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.exceptions import HTTPException
from starlette.requests import Request

from tests.contract.starlette_shelf.checked import MAX_INTEGER, Wrong
from tests.contract.starlette_shelf.store import Row, Store, Taken

COOKIE = "shelf_session"


def store(request: Request) -> Store:
    return request.app.state.store


def visitor(request: Request) -> Row | None:
    """Return the user who is signed in."""
    return store(request).signed_in(request.cookies.get(COOKIE, ""))


def member(request: Request) -> Row:
    user = visitor(request)
    if user is None:
        raise HTTPException(401, "Sign in first.")
    return user


def number(request: Request) -> int:
    """Return the id of the address; what is no id is missing."""
    text = request.path_params["id"]
    if not re.fullmatch("[0-9]{1,19}", text) or int(text) > MAX_INTEGER:
        raise HTTPException(404, "There is no such thing here.")
    return int(text)


def there(found: Row | None, what: str) -> Row:
    if found is None:
        raise HTTPException(404, f"There is no such {what}.")
    return found


def book_of(request: Request) -> Row:
    return there(store(request).book(number(request)), "book")


def review_of(request: Request) -> Row:
    """Return the review of the address, which has to be the member's own."""
    user = member(request)
    found = there(store(request).review(number(request)), "review")
    if found["author"] != user["username"]:
        raise HTTPException(403, "Only its author changes a review.")
    return found


def add_book(request: Request, values: Row) -> int:
    with free_isbn():
        return store(request).add_dated("books", values)


def change_book(request: Request, id: int, values: Row) -> None:
    with free_isbn():
        store(request).change("books", id, values)


@contextmanager
def free_isbn() -> Iterator[None]:
    try:
        yield
    except Taken:
        raise Wrong({"isbn": "Another book has this ISBN."}, status=400) from None


def add_review(request: Request, user: Row, book: Row, values: Row) -> int:
    try:
        row = {**values, "book_id": book["id"], "user_id": user["id"]}
        return store(request).add_dated("reviews", row)
    except Taken:
        raise HTTPException(404, "There is no such book.") from None
