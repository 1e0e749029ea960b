"""What checks do with the pages of an app again and again, each step expecting success."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sandbox.contract.api import Api
from sandbox.contract.browser import Browser, Visit
from sandbox.contract.document import Field, Form
from sandbox.contract.expect import expect, expect_status
from sandbox.contract.failure import Failure
from sandbox.contract.shapes import Book

LIST = "/books"
NEW = "/books/new"
BOOK_FIELDS = ("title", "author", "isbn", "year")
REDIRECTED = (302, 303)
FORM_AGAIN = (200, 422)
TOKEN_REFUSED = (400, 403)

_BOOK_LINK = re.compile(r"/books/([0-9]+)")


@dataclass(frozen=True, slots=True)
class Opened:
    """A form on a page that a browser has open."""

    browser: Browser
    visit: Visit
    form: Form


def visitor(api: Api) -> Browser:
    """Return the run's own visitor, signed in where the app has members."""
    if "auth" in api.features and not api.member:
        raise Failure("Nobody is signed in.")
    return api.visitor


def open_page(browser: Browser, path: str) -> Visit:
    """Open a page, which answers 200 with HTML."""
    visit = browser.open(path)
    expect_status(visit.answer, 200)
    if visit.answer.media_type != "text/html":
        raise Failure(
            f"{visit.answer.request} answered the content type {visit.answer.media_type!r}: "
            "expected a page of HTML.",
            step=visit.answer.step,
        )
    return visit


def open_book_form(browser: Browser) -> Opened:
    """Open the form for a new book."""
    visit = open_page(browser, NEW)
    return Opened(browser, visit, visit.form(*BOOK_FIELDS))


def book_page(book: Book) -> str:
    """Return the address of a book's page."""
    return f"{LIST}/{book.id}"


def linked_books(browser: Browser, visit: Visit) -> list[int]:
    """Return the ids of the books a page leads to, each once, in order."""
    found: list[int] = []
    for link in visit.page.links:
        match = _BOOK_LINK.fullmatch(browser.own_path(visit, link) or "")
        if match is not None and int(match[1]) not in found:
            found.append(int(match[1]))
    return found


def book_values(api: Api, **changes: str | None) -> dict[str, str | None]:
    """Return what is typed into the form for a valid new book."""
    return {**{name: str(value) for name, value in api.samples.book().items()}, **changes}


def add_by_form(api: Api, **changes: str | None) -> Visit:
    """Add a book by the form and return where that leads."""
    opened = open_book_form(visitor(api))
    visit = opened.browser.submit(opened.visit, opened.form, book_values(api, **changes))
    return Visit(expect_status(visit.answer, 200), visit.path, visit.page)


def expect_token_needed(
    opened: Opened,
    other: Opened,
    values: Mapping[str, str | None],
    *,
    what: str,
    happened: Callable[[], bool],
) -> None:
    """Expect that a form does nothing without its token, with a wrong one, or with another's.

    `other` is the same form in a browser of its own; `happened` tells whether it had an effect.
    """
    tokens = opened.form.tokens
    expect(
        bool(tokens),
        f"{opened.visit.answer.request} shows a form {what} without a hidden token: "
        "expected one against forged requests (CSRF).",
    )
    cases: list[tuple[str, dict[str, str | None]]] = [
        ("without its token", dict.fromkeys(tokens)),
        ("with an empty token", dict.fromkeys(tokens, "")),
        ("with a made-up token", {name: _other(opened.form.values[name]) for name in tokens}),
        ("with the token of another visitor", dict(_tokens(other.form))),
    ]
    for case, changes in cases:
        answer = opened.browser.post(opened.visit, opened.form, {**values, **changes})
        if answer.status not in TOKEN_REFUSED:
            raise Failure(
                f"The form {what}, sent {case}, answered {answer.status}: expected 400 or 403.",
                step=answer.step,
            )
        expect(not happened(), f"The form {what}, sent {case}, was refused and done all the same.")


def nearby(visit: Visit, name: str) -> str:
    """Return the text around a field: from the field before it to the field after it."""
    pieces = visit.page.pieces
    places = [place for place, piece in enumerate(pieces) if isinstance(piece, Field)]
    for number, place in enumerate(places):
        piece = pieces[place]
        if isinstance(piece, Field) and piece.name == name:
            first = places[number - 1] if number else 0
            last = places[number + 1] if number + 1 < len(places) else len(pieces)
            return " ".join(text for text in pieces[first:last] if isinstance(text, str))
    return ""


def new_words(after: str, before: str) -> list[str]:
    """Return the words of a text that the text before it did not have."""
    known = before.split()
    return [word for word in after.split() if word not in known]


def _tokens(form: Form) -> Mapping[str, str]:
    return {name: form.values[name] for name in form.tokens}


def _other(token: str) -> str:
    return "".join("b" if letter == "a" else "a" for letter in token) or "a" * 32
