"""Each check fails an app that breaks its rule: the reference app with one rule replaced."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from sandbox.contract import CHECKS
from sandbox.contract.app import App
from sandbox.contract.failure import Failure
from sandbox.contract.samples import Samples
from tests.contract.conftest import Serve
from tests.contract.reference import Reference, Refusal
from tests.contract.sample_books import SAMPLE_BOOKS

ALL = frozenset({"hello", "routes", "validation", "database"})
IN_MEMORY = ALL - {"database"}
Wrong = type[Reference]


@dataclass(frozen=True)
class Broken:
    """A reference app without one rule, the check that must notice, and what it must say."""

    check: str
    says: str
    app: Wrong
    features: frozenset[str] = ALL


def without(**methods: Callable[..., Any]) -> Wrong:
    return type("Broken", (Reference,), methods)


def changed(method: str, change: Callable[[Any], Any]) -> Wrong:
    """Let the body of one handler's answer pass through `change`."""
    old = getattr(Reference, method)

    def new(self: Reference, *arguments: Any) -> tuple[int, Any, dict[str, str]]:
        status, body, headers = old(self, *arguments)
        return status, change(body), headers

    return without(**{method: new})


def also_fits(name: str, good: Callable[[Any], bool]) -> Wrong:
    """Accept in one field what the contract refuses."""

    def fits(self: Reference, field: str, new: dict[str, Any]) -> bool:
        return (field == name and good(new[field])) or Reference.fits(self, field, new)

    return without(fits=fits)


def crashing(when: Callable[[dict[str, Any]], bool]) -> Wrong:
    def answer(self: Reference, environ: dict[str, Any]) -> Any:
        if when(environ):
            raise Refusal(500, {"detail": "Crash."})
        return Reference.answer(self, environ)

    return without(answer=answer)


def fuzzy(self: Reference, environ: dict[str, Any]) -> Any:
    query = environ["QUERY_STRING"].replace("%25", "").replace("_", "")
    return Reference.list_books(self, {**environ, "QUERY_STRING": query})


def accept_any_type(self: Reference, environ: dict[str, Any]) -> dict[str, Any]:
    return Reference.body(self, {**environ, "CONTENT_TYPE": "application/json"})


def accept_nan(self: Reference, name: str) -> Any:
    return None


def no_detail(self: Reference, things: Any, text: str) -> Any:
    for thing in things:
        if str(thing["id"]) == text:
            return thing
    raise Refusal(404, {"message": "gone"})


def no_allow(self: Reference, environ: dict[str, Any]) -> Any:
    try:
        return Reference.answer(self, environ)
    except Refusal as refusal:
        raise Refusal(refusal.status, refusal.body) from None


def keep_reviews(self: Reference, environ: dict[str, Any], number: str) -> Any:
    self.books.remove(self.find(self.books, number))
    return 204, None, {}


def reuse_ids(self: Reference, kind: str) -> int:
    return max((thing["id"] for thing in getattr(self, kind)), default=0) + 1


def samples_from_one(self: Reference) -> None:
    self.books += [{"id": number, **book} for number, book in enumerate(SAMPLE_BOOKS, 1)]


def count_from_zero(self: Reference, kind: str) -> int:
    return len(self.books)


def hide_books(self: Reference, environ: dict[str, Any]) -> Any:
    return 200, {"items": [], "total": 0}, {}


def add_nothing(self: Reference, environ: dict[str, Any]) -> Any:
    raise Refusal(500, {"detail": "Crash."})


def silent_bounds(self: Reference, query: Any, name: str, *bounds: Any) -> int:
    try:
        return Reference.bounded(self, query, name, *bounds)
    except Refusal:
        return bounds[0]


def unnamed_bounds(self: Reference, query: Any, name: str, *bounds: Any) -> int:
    try:
        return Reference.bounded(self, query, name, *bounds)
    except Refusal:
        raise Refusal(400, {"detail": "Something is wrong there."}) from None


def replace_book(self: Reference, environ: dict[str, Any], number: str) -> Any:
    book = self.find(self.books, number)
    book.update(self.checked_book(self.body(environ), None))
    return 200, self.shown(book), {}


def change_before_checking(self: Reference, environ: dict[str, Any], number: str) -> Any:
    book = self.find(self.books, number)
    sent = self.body(environ)
    if isinstance(sent.get("title"), str) and sent["title"].strip():
        book["title"] = sent["title"].strip()
    book.update(self.checked_book(sent, book))
    return 200, self.shown(book), {}


def crash_when_gone(self: Reference, environ: dict[str, Any], number: str) -> Any:
    try:
        return Reference.change_book(self, environ, number)
    except Refusal as refusal:
        raise Refusal(500, refusal.body) from None


def crash_when_reviewed_is_gone(self: Reference, environ: dict[str, Any], number: str) -> Any:
    try:
        return Reference.change_review(self, environ, number)
    except Refusal as refusal:
        raise Refusal(500, refusal.body) from None


def is_read(environ: dict[str, Any]) -> bool:
    return environ["REQUEST_METHOD"] == "GET"


BROKEN = (
    Broken(
        "routes.odd-ids-are-no-books",
        "answered 500",
        crashing(lambda environ: environ["PATH_INFO"].endswith("0" * 30)),
    ),
    Broken(
        "database.changing-a-book-may-race-with-deleting",
        "answered 500",
        without(change_book=crash_when_gone),
    ),
    Broken(
        "database.saving-a-review-may-race-with-deleting",
        "answered 500",
        without(change_review=crash_when_reviewed_is_gone),
    ),
    Broken(
        "validation.large-books-are-refused",
        "Expected 413 or 400",
        without(body=lambda self, environ: json.loads(_peek(environ))),
    ),
    Broken(
        "hello.health-says-ok",
        'expected {"status": "ok"}',
        without(
            routes=lambda self: [
                ("/health", {"GET": lambda _: (200, {"status": "fine"}, {})}),
                *Reference.routes(self),
            ]
        ),
    ),
    Broken(
        "hello.odd-addresses-never-crash",
        "answered 500: the app crashed",
        crashing(lambda environ: "\0" in environ["PATH_INFO"]),
    ),
    Broken(
        "routes.list-has-items-and-total",
        "total 21",
        changed("list_books", lambda body: {**body, "total": body["total"] + 18}),
    ),
    Broken(
        "routes.list-has-items-and-total",
        "without total",
        changed("list_books", lambda body: {"items": body["items"]}),
    ),
    Broken(
        "routes.list-has-items-and-total",
        "a list with count, which does not belong",
        changed("list_books", lambda body: {**body, "count": 1}),
    ),
    Broken(
        "routes.one-book-can-be-read",
        "a book without isbn",
        changed("read_book", lambda body: {name: body[name] for name in body if name != "isbn"}),
    ),
    Broken(
        "routes.one-book-can-be-read",
        "expected a whole number",
        changed("read_book", lambda body: {**body, "id": str(body["id"])}),
    ),
    Broken(
        "routes.missing-book-is-404", 'expected a sentence in "detail"', without(find=no_detail)
    ),
    Broken(
        "routes.limit-is-twenty-by-default",
        "not the 20 expected",
        without(
            bounded=lambda self, query, name, default, low, high: Reference.bounded(
                self, query, name, 10 if name == "limit" else default, low, high
            )
        ),
    ),
    Broken("routes.bad-limits-are-refused", "Expected 400 or 422", without(bounded=silent_bounds)),
    Broken(
        "routes.bad-offsets-are-refused",
        "to name the field 'offset'",
        without(bounded=unnamed_bounds),
    ),
    Broken("routes.q-is-literal", "expected the", without(list_books=fuzzy)),
    Broken(
        "routes.wrong-method-on-a-book-is-405", "without an Allow header", without(answer=no_allow)
    ),
    Broken(
        "routes.odd-searches-never-crash",
        "answered 500",
        crashing(lambda environ: "%00" in environ["QUERY_STRING"]),
    ),
    Broken(
        "validation.posting-answers-the-location",
        "expected /api/books/",
        without(add_book=lambda self, environ: (*Reference.add_book(self, environ)[:2], {})),
    ),
    Broken(
        "validation.wrong-check-digits-are-refused",
        "Expected 400 or 422",
        also_fits(
            "isbn",
            lambda isbn: isinstance(isbn, str) and re.fullmatch("[0-9]{13}", isbn) is not None,
        ),
    ),
    Broken(
        "validation.taken-isbn-is-refused",
        "Expected 409 or 400",
        without(
            checked_book=lambda self, sent, old: Reference.checked_book(Reference(ALL), sent, old)
        ),
    ),
    Broken(
        "validation.empty-isbn-is-null",
        "answered 422",
        without(fits=lambda self, name, new: new[name] != "" and Reference.fits(self, name, new)),
    ),
    Broken(
        "validation.year-goes-from-minus-3000",
        "it accepts the request",
        also_fits("year", lambda year: type(year) is int and year < 0),
    ),
    Broken(
        "validation.wrong-content-types-are-refused",
        "Expected 400 or 415 or 422",
        without(body=accept_any_type),
    ),
    Broken(
        "validation.nan-and-infinity-are-malformed", "with {", without(refuse_constant=accept_nan)
    ),
    Broken(
        "validation.unicode-survives",
        "came back as",
        changed("add_book", lambda body: {**body, "title": html.escape(body["title"])}),
    ),
    Broken(
        "validation.lone-surrogates-never-crash",
        "answered 500",
        crashing(lambda environ: b"\\ud83d" in _peek(environ) and b"\\udcda" not in _peek(environ)),
    ),
    Broken(
        "database.books-are-newest-first",
        "the largest id, first",
        changed("list_books", lambda body: {**body, "items": body["items"][::-1]}),
    ),
    Broken(
        "database.created-at-is-the-time-of-creation",
        "UTC offset",
        changed("add_book", lambda body: {**body, "created_at": body["created_at"][:19]}),
    ),
    Broken(
        "database.patching-changes-one-field", "answered 422", without(change_book=replace_book)
    ),
    Broken(
        "database.patching-is-all-or-nothing",
        "was refused but changed it",
        without(change_book=change_before_checking),
    ),
    Broken(
        "database.deleting-a-book-deletes-its-reviews",
        "Expected 404",
        without(remove_book=keep_reviews),
    ),
    Broken(
        "database.a-new-book-has-no-reviews",
        "deleting a book must delete its reviews",
        without(remove_book=keep_reviews, next_id=reuse_ids),
    ),
    Broken(
        "routes.books-can-be-read",
        "GET /api/books lists no book, and none could be added: POST",
        without(list_books=hide_books, add_book=add_nothing),
    ),
    Broken(
        "validation.posting-answers-the-book",
        "two books with the id 12",
        without(__post_init__=samples_from_one, next_id=count_from_zero),
        IN_MEMORY,
    ),
    Broken(
        "database.reviews-are-newest-first",
        "newest first",
        changed("list_reviews", lambda body: {**body, "items": body["items"][::-1]}),
    ),
    Broken(
        "database.averages-follow-new-reviews",
        "expected 4.5",
        changed(
            "read_book",
            lambda body: {**body, "average_rating": int(body["average_rating"] or 0) or None},
        ),
    ),
    Broken(
        "database.no-reviews-no-average",
        "average_rating 0",
        changed("read_book", lambda body: {**body, "average_rating": body["average_rating"] or 0}),
    ),
)


def _peek(environ: dict[str, Any]) -> bytes:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return body


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: f"{broken.check} {broken.says}")
def test_a_broken_rule_is_noticed_and_named(serve: Serve, broken: Broken) -> None:
    check = next(check for check in CHECKS if check.id == broken.check)
    app = App(serve(broken.app(broken.features)), features=broken.features, samples=Samples(3))
    try:
        with pytest.raises(Failure) as caught:
            check.function(app.person())
    finally:
        app.close()
    assert broken.says in str(caught.value)


def test_the_reference_app_answers_strict_json(serve: Serve) -> None:
    app = App(serve(Reference(ALL)), features=ALL, samples=Samples(3))
    assert json.loads(app.visitor().get("/api/books").body) == {"items": [], "total": 0}
    app.close()
