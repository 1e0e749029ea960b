"""Checks of every feature with ids: those above 2^63-1, and those that are no ids at all."""

from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect_status
from sandbox.contract.shelf import IMPOSSIBLE_IDS

ORDER = 35

_ODD_IDS = (*IMPOSSIBLE_IDS, str(2**64 + 1), "%20", "%00", "%F0%9F%93%9A", "1%2F2")
_SENTENCE = "An id above 2^63-1, of thousands of digits or of odd signs: 404 or 422"


@check("routes", f"{_SENTENCE}, where a book is read.", tier="hardened")
def odd_ids_are_no_books(me: Person) -> None:
    _expect_none(me, "GET /api/books/{}")


@check("database", f"{_SENTENCE}, at books and reviews.", tier="hardened")
def odd_ids_are_no_reviews(me: Person) -> None:
    for request in (
        "PATCH /api/books/{}",
        "DELETE /api/books/{}",
        "GET /api/books/{}/reviews",
        "POST /api/books/{}/reviews",
        "PATCH /api/reviews/{}",
        "DELETE /api/reviews/{}",
    ):
        _expect_none(me, request)


@check("pages", f"{_SENTENCE}, at the page of a book.", tier="hardened")
def odd_ids_are_no_pages(me: Person) -> None:
    _expect_none(me, "GET /books/{}")


@check("async", f"{_SENTENCE}, at the offers.", tier="hardened")
def odd_ids_have_no_offers(me: Person) -> None:
    _expect_none(me, "GET /api/books/{}/offers")


@check("jobs", f"{_SENTENCE}, at imports.", tier="hardened")
def odd_ids_are_no_imports(me: Person) -> None:
    _expect_none(me, "GET /api/imports/{}")


def _expect_none(me: Person, request: str) -> None:
    method, template = request.split()
    body = '{"rating": 3, "text": "x"}' if "reviews" in template else '{"year": 1999}'
    for text in _ODD_IDS:
        path = template.format(text)
        sends = method in {"POST", "PATCH"}
        answer = me.send_json(method, path, body) if sends else me.send(method, path)
        expect_status(answer, 404, 422)
