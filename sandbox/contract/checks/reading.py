"""Checks of `routes`: one book by its id, what is missing, and wrong methods."""

from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import (
    expect,
    expect_missing,
    expect_no_crash,
    expect_status,
    expect_wrong_method,
)
from sandbox.contract.shelf import BOOKS, LARGEST_ID

ORDER = 30

_NO_IDS = ("banana", "1.5", "-1", "0x1", "null")


@check("routes", "GET /api/books/{id} answers the Book.")
def one_book_can_be_read(me: Person) -> None:
    for listed in me.make_stock(3).books[:12]:
        read = me.read_book(listed.id)
        expect(
            read == listed,
            f"GET {listed.path} answered {read}, but the list shows {listed}: expected the same.",
        )


@check("routes", "Every book has an id of its own, an integer.")
def ids_are_unique(me: Person) -> None:
    me.make_stock(3)
    ids = [book.id for book in me.all_books()]
    expect(len(set(ids)) == len(ids), f"GET {BOOKS} lists two books with the same id.")
    expect(
        all(0 <= number <= LARGEST_ID for number in ids),
        f"GET {BOOKS} lists an id that is not from 0 to 2^63-1.",
    )


@check("routes", 'A missing book answers 404 with {"detail": "sentence"}.')
def missing_book_is_404(me: Person) -> None:
    expect_missing(me.get(f"{BOOKS}/{me.missing_id()}"))


@check("routes", "Ids go up to 2^63-1: the largest is looked up like any other.")
def largest_id_is_404(me: Person) -> None:
    expect_missing(me.get(f"{BOOKS}/{LARGEST_ID}"))


@check("routes", "An id that is not a number answers 404 or 422.")
def ids_that_are_no_numbers_are_refused(me: Person) -> None:
    for text in _NO_IDS:
        expect_status(me.get(f"{BOOKS}/{text}"), 404, 422)


@check("routes", "A wrong method on the list answers 405 with Allow, or 403.")
def wrong_method_on_the_list_is_405(me: Person) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        expect_wrong_method(me.send_json(method, BOOKS, "{}"))


@check(
    "routes",
    "Without `validation` POST on the list answers 405 with Allow, or 403.",
    unless="validation",
)
def adding_is_a_wrong_method_without_validation(me: Person) -> None:
    expect_wrong_method(me.send_json("POST", BOOKS, "{}"))


@check("routes", "A wrong method on a book answers 405 with Allow, or 403.")
def wrong_method_on_a_book_is_405(me: Person) -> None:
    path = me.make_stock(1).books[0].path
    for method in ("PUT", "POST"):
        expect_wrong_method(me.send_json(method, path, "{}"))


@check(
    "routes",
    "Without `database` PATCH and DELETE on a book answer 405 with Allow, or 403.",
    unless="database",
)
def changing_is_a_wrong_method_without_database(me: Person) -> None:
    path = me.make_stock(1).books[0].path
    for method in ("PATCH", "DELETE"):
        expect_wrong_method(me.send_json(method, path, "{}"))


@check("routes", "With a trailing slash: a redirect or 404.")
def trailing_slash_redirects_or_is_404(me: Person) -> None:
    path = me.make_stock(1).books[0].path
    for slashed in (f"{BOOKS}/", f"{path}/"):
        expect_status(me.get(slashed), 301, 302, 303, 307, 308, 404)


@check("routes", "No input whatever gives a 5xx: odd requests for books.", tier="hardened")
def odd_requests_for_books_never_crash(me: Person) -> None:
    path = me.make_stock(1).books[0].path
    for method in ("HEAD", "OPTIONS"):
        for target in (BOOKS, path):
            expect_no_crash(me.send(method, target))
    for query in ("?%00=%00", "?q[]=x", "?limit=1&limit=2", "?" + "x" * 3000, "?&&==&%", "?q"):
        expect_no_crash(me.get(BOOKS + query))
        expect_no_crash(me.get(path + query))
