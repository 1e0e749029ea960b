"""A failure of the contract reads as request, answer and expectation."""

import pytest

from sandbox.run.told import Told, told

SENTENCE = "A book that does not exist is a 404."
MESSAGES = {
    "a status": (
        "GET /api/books/9 answered 500: the app crashed. Expected 404.",
        Told("GET /api/books/9", "Answered 500: the app crashed.", "404."),
    ),
    "a fact": (
        "GET /api/books?offset=0 says total 2: expected 12, all there are.",
        Told("GET /api/books?offset=0", "Says total 2.", "12, all there are."),
    ),
    "without an expectation of its own": (
        "GET /admin/ has no link to the list of books.",
        Told("GET /admin/", "Has no link to the list of books.", SENTENCE),
    ),
    "without a request": (
        "Five shops that take 300 ms each took 1500 ms in all: expected at most 750 ms. Ask them "
        "at the same time.",
        Told(
            "",
            "Five shops that take 300 ms each took 1500 ms in all.",
            "At most 750 ms. Ask them at the same time.",
        ),
    ),
    "of an answer that speaks of expecting": (
        "POST /api/books answered 200 with 'We expected more': expected 201.",
        Told("POST /api/books", "Answered 200 with 'We expected more'.", "201."),
    ),
}


@pytest.mark.parametrize(("message", "parts"), MESSAGES.values(), ids=MESSAGES)
def test_a_message_has_three_parts(message: str, parts: Told) -> None:
    assert told(message, SENTENCE) == parts
