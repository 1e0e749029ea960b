"""Checks of `database`: PATCH /api/books/{id}."""

from dataclasses import asdict
from datetime import date
from typing import Any

from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import (
    expect,
    expect_missing,
    expect_refused,
    expect_status,
    expect_taken,
)
from sandbox.contract.shapes import Book
from sandbox.contract.shelf import BOOKS, LARGEST_ID

ORDER = 120

_BAD_CHANGES: tuple[tuple[str, Any], ...] = (
    ("title", ""),
    ("title", "   "),
    ("title", "x" * 201),
    ("title", ["x"]),
    ("author", ""),
    ("author", "x" * 201),
    ("author", {"a": 1}),
    ("isbn", "123"),
    ("isbn", "9780441478126"),
    ("isbn", "978-0-441-47812-5"),
    ("isbn", ["9780441478125"]),
    ("year", -3001),
    ("year", date.today().year + 3),
    ("year", "banana"),
    ("year", [1999]),
    ("year", 10**30),
)


@check("database", "PATCH answers 200 with the Book and changes what was sent, nothing else.")
def patching_changes_one_field(me: Person) -> None:
    book = me.make_book()
    mark = me.samples.mark()
    changes = (("title", mark), ("author", mark), ("isbn", me.samples.isbn()), ("year", 1234))
    for field, value in changes:
        expected = {**asdict(book), field: value}
        book = _patch(me, book, {field: value})
        expect(
            asdict(book) == expected,
            f"PATCH {book.path} with {field} = {value!r} answered {book}: expected that field "
            "changed and all others as they were.",
        )


@check("database", "PATCH {} answers 200 with the Book.")
def patching_nothing_is_fine(me: Person) -> None:
    book = me.make_book()
    same = _patch(me, book, {})
    expect(same == book, f"PATCH {book.path} with {{}} answered {same}: expected it unchanged.")


@check("database", "PATCH null clears isbn and year.")
def patching_null_clears_isbn_and_year(me: Person) -> None:
    book = me.make_book()
    cleared = _patch(me, book, {"isbn": None, "year": None})
    expect(
        cleared.isbn is None and cleared.year is None and cleared.title == book.title,
        f"PATCH {book.path} with null for isbn and year answered {cleared}: expected both null.",
    )


@check("database", "PATCH with an empty isbn clears it: an empty text is null.")
def patching_an_empty_isbn_clears_it(me: Person) -> None:
    book = me.make_book()
    cleared = _patch(me, book, {"isbn": ""})
    expect(cleared.isbn is None, f'PATCH {book.path} with isbn "" answered {cleared.isbn!r}.')


@check("database", "PATCH null for a required field is a validation error.")
def patching_null_for_a_required_field_is_refused(me: Person) -> None:
    book = me.make_book()
    for field in ("title", "author"):
        _expect_refused(me, book, {field: None}, field)


@check("database", "PATCH holds every field to the same rules as POST.")
def patching_checks_the_input(me: Person) -> None:
    book = me.make_book()
    for field, value in _BAD_CHANGES:
        _expect_refused(me, book, {field: value}, field)


@check("database", "PATCH strips texts.")
def patching_strips_texts(me: Person) -> None:
    book = me.make_book()
    mark = me.samples.mark()
    changed = _patch(me, book, {"title": f"  {mark} \n", "author": f"\t{mark}"})
    expect(
        changed.title == changed.author == mark,
        f"PATCH {book.path} with blanks around the texts answered {changed.title!r}.",
    )


@check("database", "PATCH with one wrong field changes nothing at all.")
def patching_is_all_or_nothing(me: Person) -> None:
    book = me.make_book()
    _expect_refused(me, book, {"title": me.samples.mark(), "year": "banana"}, "year")


@check("database", "PATCH to the ISBN of another book: 409, or 400 naming isbn.")
def patching_to_a_taken_isbn_is_refused(me: Person) -> None:
    other, book = me.make_book(), me.make_book()
    expect_taken(me.patch(book.path, {"isbn": other.isbn}))
    read = me.read_book(book.id)
    expect(read == book, f"PATCH {book.path} to a taken ISBN was refused but changed it: {read}.")


@check("database", "PATCH with the book's own ISBN is fine.")
def patching_to_the_own_isbn_is_fine(me: Person) -> None:
    book = me.make_book()
    same = _patch(me, book, {"isbn": book.isbn, "year": 1901})
    expect(same.isbn == book.isbn, f"PATCH {book.path} with its own ISBN answered {same.isbn!r}.")


@check("database", "PATCH ignores unknown and read-only fields.")
def patching_ignores_read_only_fields(me: Person) -> None:
    book = me.make_book()
    sent: dict[str, Any] = {
        "id": book.id + 1_000_007,
        "created_at": "1999-01-01T00:00:00Z",
        "review_count": 9,
        "average_rating": 5,
        "nonsense": [],
        "reviews": [],
    }
    same = _patch(me, book, sent)
    expect(same == book, f"PATCH {book.path} with read-only fields answered {same}, not {book}.")


@check("database", "PATCH of a missing book answers 404 with a sentence in detail.")
def patching_a_missing_book_is_404(me: Person) -> None:
    expect_missing(me.patch(f"{BOOKS}/{me.missing_id()}", {"year": 1999}))
    expect_missing(me.patch(f"{BOOKS}/{LARGEST_ID}", {"year": 1999}))


@check("database", "PATCH with malformed JSON or no object: 400 or 422.")
def patching_with_malformed_json_is_refused(me: Person) -> None:
    book = me.make_book()
    expect_status(me.send_json("PATCH", book.path, ""), 200, 400, 422)
    for body in ("{", "[]", "null", '"x"'):
        expect_refused(me.send_json("PATCH", book.path, body))


@check("database", "PATCH with a wrong content type: 400, 415 or 422, nothing stored.")
def patching_with_a_wrong_content_type_is_refused(me: Person) -> None:
    book = me.make_book()
    for body, kind in (
        ('{"year": 1999}', "text/plain"),
        ("year=1999", "application/x-www-form-urlencoded"),
    ):
        expect_status(me.send("PATCH", book.path, body=body, content_type=kind), 400, 415, 422)
    read = me.read_book(book.id)
    expect(read == book, f"PATCH {book.path} with a wrong content type changed it to {read}.")


def _patch(me: Person, book: Book, changes: dict[str, Any]) -> Book:
    changed = me.book_in(expect_status(me.patch(book.path, changes), 200))
    read = me.read_book(book.id)
    expect(
        read == changed,
        f"PATCH {book.path} with {changes} answered {changed}, but GET answers {read}: expected "
        "the change to be stored.",
    )
    return changed


def _expect_refused(me: Person, book: Book, changes: dict[str, Any], field: str) -> None:
    expect_refused(me.patch(book.path, changes), field)
    read = me.read_book(book.id)
    expect(read == book, f"PATCH {book.path} with {changes} was refused but changed it to {read}.")
