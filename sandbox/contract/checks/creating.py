"""Checks of `validation`: a good book is added."""

from __future__ import annotations

from urllib.parse import urlsplit

from sandbox.contract.api import Api
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_status
from sandbox.contract.shapes import book_of
from sandbox.contract.shelf import (
    BOOKS,
    all_books,
    find_books,
    list_books,
    make_book,
    read_book,
)


@check("validation", "POST /api/books answers 201 with the Book.")
def posting_answers_the_book(api: Api) -> None:
    sent = api.samples.book()
    book = book_of(api, expect_status(api.post(BOOKS, sent), 201))
    for name, value in sent.items():
        came = getattr(book, name)
        expect(
            came == value,
            f"POST {BOOKS} with {name} = {value!r} answered {name} = {came!r}: expected it back.",
        )


@check("validation", "POST /api/books answers Location: /api/books/{id}.")
def posting_answers_the_location(api: Api) -> None:
    answer = expect_status(api.post(BOOKS, api.samples.book()), 201)
    book = book_of(api, answer)
    location = answer.headers.get("location", "")
    expect(
        urlsplit(location).path == urlsplit(api.base_url).path + book.path
        or urlsplit(location).path == book.path,
        f"POST {BOOKS} answered 201 with Location {location!r}: expected {book.path}.",
    )


@check("validation", "A book that was added can be read.")
def a_new_book_can_be_read(api: Api) -> None:
    book = make_book(api)
    read = read_book(api, book.id)
    expect(read == book, f"GET {book.path} answered {read}: expected the book as added, {book}.")


@check("validation", "A book that was added is in the list, once.")
def a_new_book_is_listed(api: Api) -> None:
    before = list_books(api).total
    mark = api.samples.mark()
    book = make_book(api, author=mark)
    found = find_books(api, mark)
    expect(
        found == (book,),
        f"GET {BOOKS}?q={mark} lists {len(found)} books: expected just the one added.",
    )
    total = list_books(api).total
    expect(total == before + 1, f"Adding a book changed total from {before} to {total}.")


@check("validation", "isbn and year may be left out; they are null then.")
def isbn_and_year_are_optional(api: Api) -> None:
    whole = api.samples.book()
    sent = {"title": whole["title"], "author": whole["author"]}
    for body in (sent, {**sent, "isbn": None, "year": None}):
        book = book_of(api, expect_status(api.post(BOOKS, body), 201))
        expect(
            book.isbn is None and book.year is None,
            f"POST {BOOKS} without isbn and year answered {book.isbn!r} and {book.year!r}: "
            "expected null for both.",
        )


@check("validation", "Unknown and read-only fields are ignored.")
def unknown_and_read_only_fields_are_ignored(api: Api) -> None:
    taken = make_book(api)
    sent = api.samples.book(
        id=taken.id,
        created_at="1999-01-01T00:00:00Z",
        review_count=77,
        average_rating=4.5,
        nonsense={"deep": [1, None]},
        __class__="Book",
    )
    book = book_of(api, expect_status(api.post(BOOKS, sent), 201))
    expect(
        book.id != taken.id and read_book(api, taken.id) == taken,
        f"POST {BOOKS} took the id from the request: expected the app to choose it.",
    )
    expect(
        book.review_count in {None, 0}
        and book.average_rating is None
        and not (book.created_at or "").startswith("1999"),
        f"POST {BOOKS} took created_at, review_count or average_rating from the request: "
        "expected read-only fields to be ignored.",
    )


@check("validation", "Without `database` a new book comes last in the list.", unless="database")
def a_new_book_comes_last_in_memory(api: Api) -> None:
    books = [make_book(api), make_book(api)]
    expect(
        list(all_books(api)[-2:]) == books,
        f"GET {BOOKS} does not list the books just added at its end: expected insertion order.",
    )


@check("validation", "A charset after application/json is the right content type too.")
def a_charset_is_allowed(api: Api) -> None:
    text = f'{{"title": "{api.samples.mark()} é", "author": "A"}}'
    answer = api.send("POST", BOOKS, body=text, content_type="application/json; charset=utf-8")
    book = book_of(api, expect_status(answer, 201))
    expect(book.title.endswith(" é"), f"{answer.request} answered the title {book.title!r}.")
