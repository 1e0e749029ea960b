"""Checks of `validation`: a good book is added."""

from collections import Counter
from urllib.parse import urlsplit

from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_status
from sandbox.contract.shelf import BOOKS

ORDER = 60


@check("validation", "POST /api/books answers 201 with the Book.")
def posting_answers_the_book(me: Person) -> None:
    sent = me.samples.book()
    book = me.book_in(expect_status(me.post(BOOKS, sent), 201))
    for name, value in sent.items():
        came = getattr(book, name)
        expect(
            came == value,
            f"POST {BOOKS} with {name} = {value!r} answered {name} = {came!r}: expected it back.",
        )
    if "database" not in me.app.features:  # which gives out each id once by itself
        ids = [each.id for each in me.all_books()]
        twice = next((each for each, times in Counter(ids).items() if times > 1), None)
        expect(
            twice is None,
            f"GET {BOOKS} lists two books with the id {twice}: a new book needs one of its own.",
        )


@check("validation", "POST /api/books answers Location: /api/books/{id}.")
def posting_answers_the_location(me: Person) -> None:
    answer = expect_status(me.post(BOOKS, me.samples.book()), 201)
    book = me.book_in(answer)
    location = answer.headers.get("location", "")
    expect(
        urlsplit(location).path == urlsplit(me.base_url).path + book.path
        or urlsplit(location).path == book.path,
        f"POST {BOOKS} answered 201 with Location {location!r}: expected {book.path}.",
    )


@check("validation", "A book that was added can be read.")
def a_new_book_can_be_read(me: Person) -> None:
    book = me.make_book()
    read = me.read_book(book.id)
    expect(read == book, f"GET {book.path} answered {read}: expected the book as added, {book}.")


@check("validation", "A book that was added is in the list, once.")
def a_new_book_is_listed(me: Person) -> None:
    before = me.list_books().total
    mark = me.samples.mark()
    book = me.make_book(author=mark)
    found = me.find_books(mark)
    expect(
        found == (book,),
        f"GET {BOOKS}?q={mark} lists {len(found)} books: expected just the one added.",
    )
    total = me.list_books().total
    expect(total == before + 1, f"Adding a book changed total from {before} to {total}.")


@check("validation", "isbn and year may be left out; they are null then.")
def isbn_and_year_are_optional(me: Person) -> None:
    whole = me.samples.book()
    sent = {"title": whole["title"], "author": whole["author"]}
    for body in (sent, {**sent, "isbn": None, "year": None}):
        book = me.book_in(expect_status(me.post(BOOKS, body), 201))
        expect(
            book.isbn is None and book.year is None,
            f"POST {BOOKS} without isbn and year answered {book.isbn!r} and {book.year!r}: "
            "expected null for both.",
        )


@check("validation", "Unknown and read-only fields are ignored.")
def unknown_and_read_only_fields_are_ignored(me: Person) -> None:
    taken = me.make_book()
    sent = me.samples.book(
        id=taken.id,
        created_at="1999-01-01T00:00:00Z",
        review_count=77,
        average_rating=4.5,
        nonsense={"deep": [1, None]},
        __class__="Book",
    )
    book = me.book_in(expect_status(me.post(BOOKS, sent), 201))
    expect(
        book.id != taken.id and me.read_book(taken.id) == taken,
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
def a_new_book_comes_last_in_memory(me: Person) -> None:
    books = [me.make_book(), me.make_book()]
    expect(
        list(me.all_books()[-2:]) == books,
        f"GET {BOOKS} does not list the books just added at its end: expected insertion order.",
    )


@check("validation", "A charset after application/json is the right content type too.")
def a_charset_is_allowed(me: Person) -> None:
    text = f'{{"title": "{me.samples.mark()} é", "author": "A"}}'
    answer = me.send("POST", BOOKS, body=text, content_type="application/json; charset=utf-8")
    book = me.book_in(expect_status(answer, 201))
    expect(book.title.endswith(" é"), f"{answer.request} answered the title {book.title!r}.")
