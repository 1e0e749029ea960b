"""Checks of `validation`: bodies that are no JSON object, and wrong content types."""

import json
from typing import Any
from urllib.parse import urlencode

from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_no_crash, expect_refused, expect_status
from sandbox.contract.shelf import BOOKS

ORDER = 100

_MALFORMED = (
    "{",
    '{"title": "x", "author": "y"',
    "{'title': 'x', 'author': 'y'}",
    '{"title": "x", "author": "y",}',
    '{"title": "x" "author": "y"}',
    "title=x&author=y",
    "<book/>",
)
_NO_OBJECTS = (
    "[]",
    '[{"title": "x", "author": "y"}]',
    '"title"',
    "5",
    "null",
    "true",
    "false",
    "[[]]",
)
_CONSTANTS = ("NaN", "Infinity", "-Infinity")
_WRONG_TYPES = ("text/plain", "text/html", "application/xml", "application/x-www-form-urlencoded")
_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 1e308, 10**30, -(10**30), "", " ", "x", "9" * 13, "é📚"),
    *("x" * 5000, "\x01\x1f", "'; DROP TABLE books; --", "{{7*7}}", [], [[]], {}, {"id": 1}),
    *([None], {"title": {"title": []}}, "1999", "NaN", "2026-01-01T00:00:00Z", 2**63, -(2**63)),
)


@check("validation", "Malformed JSON: 400 or 422.")
def malformed_json_is_refused(me: Person) -> None:
    _expect_all_refused(me, _MALFORMED)


@check("validation", "An empty body: 400 or 422.")
def empty_body_is_refused(me: Person) -> None:
    _expect_all_refused(me, ("", " ", "\n"))


@check("validation", "A body that is not an object: 400 or 422.")
def bodies_that_are_no_objects_are_refused(me: Person) -> None:
    _expect_all_refused(me, _NO_OBJECTS)


@check("validation", "An empty object: 400 or 422, naming what is missing.")
def empty_object_is_refused(me: Person) -> None:
    answer = me.post(BOOKS, {})
    expect_refused(answer, "title")
    expect_refused(answer, "author")


@check("validation", "NaN and infinity are malformed.", tier="hardened")
def nan_and_infinity_are_malformed(me: Person) -> None:
    for constant in _CONSTANTS:
        for field in ("year", "isbn", "title"):
            mark = me.samples.mark()
            body = f'{{"title": "x", "author": "{mark}", "{field}": {constant}}}'
            answer = me.send_json("POST", BOOKS, body)
            expect_refused(answer)
            me.expect_nothing_stored(mark, answer)


@check(
    "validation", "No input whatever gives a 5xx: numbers too big for anything.", tier="hardened"
)
def huge_numbers_never_crash(me: Person) -> None:
    for number in ("1e999", "-1e999", "1" * 30, "1" * 6000, "1e30", "0.1e-400"):
        body = f'{{"title": "x", "author": "{me.samples.mark()}", "year": {number}}}'
        expect_status(me.send_json("POST", BOOKS, body), 201, 400, 422)


@check("validation", "No input whatever gives a 5xx: deep nesting.", tier="hardened")
def deep_nesting_never_crashes(me: Person) -> None:
    for body in ("[" * 100_000, '{"a":' * 50_000, "[" * 5_000 + "]" * 5_000):
        expect_refused(me.send_json("POST", BOOKS, body))


@check("validation", "No input whatever gives a 5xx: bytes that are no UTF-8.", tier="hardened")
def other_encodings_never_crash(me: Person) -> None:
    mark = me.samples.mark()
    text = f'{{"title": "é", "author": "{mark}"}}'
    for body in (text.encode("latin-1"), b"\xff\xfe\xfa", b'{"title": "\xed\xa0\x80"}', b"\x00"):
        expect_refused(me.send_json("POST", BOOKS, body))
    for encoding in ("utf-16", "utf-32", "utf-8-sig"):
        expect_no_crash(me.send_json("POST", BOOKS, text.encode(encoding)))


@check("validation", "Wrong content type: 400, 415 or 422, nothing stored.")
def wrong_content_types_are_refused(me: Person) -> None:
    for kind in _WRONG_TYPES:
        mark = me.samples.mark()
        answer = me.send(
            "POST", BOOKS, body=json.dumps({"title": "x", "author": mark}), content_type=kind
        )
        expect_status(answer, 400, 415, 422)
        me.expect_nothing_stored(mark, answer)


@check("validation", "A form is a wrong content type too: 400, 415 or 422, nothing stored.")
def forms_are_refused(me: Person) -> None:
    mark = me.samples.mark()
    plain = urlencode({"title": "x", "author": mark})
    parts = "".join(
        f'--limit\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (("title", "x"), ("author", mark))
    )
    for body, kind in (
        (plain, "application/x-www-form-urlencoded"),
        (f"{parts}--limit--\r\n", "multipart/form-data; boundary=limit"),
        ("broken", "multipart/form-data"),
    ):
        answer = me.send("POST", BOOKS, body=body, content_type=kind)
        expect_status(answer, 400, 415, 422)
        me.expect_nothing_stored(mark, answer)


@check("validation", "No input whatever gives a 5xx: strange content types.", tier="hardened")
def strange_content_types_never_crash(me: Person) -> None:
    body = json.dumps({"title": "x", "author": me.samples.mark()})
    for kind in (
        None,
        "",
        "/",
        "application/json; charset=nonsense",
        "application/json;;;",
        "*/*",
        "x" * 2000,
    ):
        expect_no_crash(me.send("POST", BOOKS, body=body, content_type=kind))


@check(
    "validation", "No input whatever gives a 5xx: random values in every field.", tier="hardened"
)
def random_books_never_crash(me: Person) -> None:
    draw = me.samples.random
    before = me.list_books().total
    stored = 0
    for _ in range(60):
        body = {
            name: draw.choice(_VALUES)
            for name in ("title", "author", "isbn", "year", "id", "nonsense")
            if draw.random() < 0.8
        }
        # One good field lets some bodies get further, and marks the book as one of this run.
        body[draw.choice(("title", "author"))] = me.samples.mark()
        answer = expect_no_crash(me.post(BOOKS, body))
        expect_status(answer, 201, 400, 409, 422)
        if answer.status == 201:
            stored += 1
            me.book_in(answer)
    total = me.list_books().total
    expect(
        total == before + stored,
        f"{stored} of 60 random books were accepted, but total went from {before} to {total}.",
    )


def _expect_all_refused(me: Person, bodies: tuple[str, ...]) -> None:
    before = me.list_books().total
    for body in bodies:
        answer = me.send_json("POST", BOOKS, body)
        expect_refused(answer)
        total = me.list_books().total
        expect(
            total == before, f"{answer.request} was refused, but a book was stored all the same."
        )
