"""Checks of how much an app takes: a body that is far too large is refused, and nobody suffers."""

from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.csv_import import HEADER, IMPORTS, import_books
from sandbox.contract.expect import expect, expect_status
from sandbox.contract.failure import NoAnswer
from sandbox.contract.shelf import BOOKS

ORDER = 115

_MEGABYTE = 1_000_000


@check("validation", "A body of 4 MB is refused with 413 or 400, or hung up on.", tier="hardened")
def large_books_are_refused(me: Person) -> None:
    mark = me.samples.mark()
    body = f'{{"title": "{mark}", "author": "Ann", "nonsense": "{"x" * 4 * _MEGABYTE}"}}'
    _expect_too_large(me, BOOKS, body, "application/json")
    expect(not me.find_books(mark), f"POST {BOOKS} stored a book from a body of 4 MB.")


@check("jobs", "An import of 8 MB is refused with 413 or 400, or hung up on.", tier="hardened")
def large_imports_are_refused(me: Person) -> None:
    _expect_too_large(me, IMPORTS, _csv(80), "text/csv")


@check("jobs", "An import of 2 MB is taken.")
def imports_may_have_two_megabytes(me: Person) -> None:
    done = import_books(me, _csv(20))
    expect(len(done.errors) == 20, f"An import of 20 lines with endless titles says “{done}”.")


def _csv(lines: int) -> str:
    line = "x" * (_MEGABYTE // 10) + ",Ann,,\n"
    return ",".join(HEADER) + "\n" + line * lines


def _expect_too_large(me: Person, path: str, body: str, kind: str) -> None:
    try:
        expect_status(me.send("POST", path, body=body, content_type=kind), 413, 400)
    except NoAnswer:
        # A server may close the connection instead of reading on; then it must still be there.
        expect_status(me.get("/health"), 200)
