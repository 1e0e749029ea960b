"""Checks of `deploy`: the X-Request-ID of every answer."""

import re

from sandbox.contract.answer import Answer
from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect
from sandbox.contract.shelf import BOOKS
from sandbox.contract.site import LIST
from sandbox.contract.transport import Body

ORDER = 290

REQUEST_ID = "x-request-id"
_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
_GOOD_IDS = ("a", "Z9._-", "0" * 128, "550e8400-e29b-41d4-a716-446655440000", "...", "-")
_BAD_IDS = ("x" * 129, "a b", "a;b", "a/b", "<b>", "a,b", "a~b", "a\tb", '"a"', "a=b", "x" * 5000)


@check("deploy", "X-Request-ID is on every answer, also on errors.")
def every_answer_has_a_request_id(me: Person) -> None:
    answers = [me.get(path) for path in addresses(me)]
    answers.append(me.send_json("POST", "/health", "{}"))
    if "validation" in me.app.features:
        answers.append(me.post(BOOKS, {"title": ""}))
    if "database" in me.app.features:
        answers.append(me.delete(me.make_book().path))
    if "pages" in me.app.features:
        answers += [me.app.visitor().look(path).answer for path in (LIST, "/books/new")]
        answers.append(me.app.visitor().request("POST", "/books/new", body=Body(b"title=x")))
    for answer in answers:
        expect_request_id(answer)


@check("deploy", "Every request has an X-Request-ID of its own.")
def request_ids_are_new(me: Person) -> None:
    ids = [expect_request_id(me.get("/health")) for _ in range(5)]
    expect(len(set(ids)) == 5, f"Five answers have the X-Request-IDs {ids}: expected five.")


@check("deploy", "X-Request-ID is taken from the request if it is 1-128 of A-Za-z0-9._-.")
def good_request_ids_are_taken(me: Person) -> None:
    for path in ("/health", f"/{me.samples.mark()}"):
        for text in (*_GOOD_IDS, me.samples.word(12)):
            came = expect_request_id(_with_id(me, text, path))
            expect(came == text, f"GET {path} with X-Request-ID {text!r} answered {came!r}.")


@check("deploy", "Any other X-Request-ID is replaced by a new one.")
def other_request_ids_are_replaced(me: Person) -> None:
    for text in _BAD_IDS:
        came = expect_request_id(_with_id(me, text))
        expect(
            came not in text and text not in came,
            f"GET /health with X-Request-ID {text[:40]!r} answered {came[:40]!r}: expected a new "
            "one.",
        )
    expect(bool(expect_request_id(_with_id(me, ""))), "An empty X-Request-ID is not replaced.")


def addresses(me: Person) -> list[str]:
    """Return addresses of every kind that the app has, and some that it has not."""
    paths = {
        "hello": ["/", "/health", f"/{me.samples.mark()}", "/%ff"],
        "routes": [BOOKS, f"{BOOKS}/", f"{BOOKS}/999999999", f"{BOOKS}?limit=0"],
        "pages": [LIST, "/books/999999999"],
        "auth": ["/login", "/signup"],
        "admin": ["/admin/"],
        "api_docs": ["/openapi.json", "/docs"],
    }
    return [
        path for feature, listed in paths.items() if feature in me.app.features for path in listed
    ]


def expect_request_id(answer: Answer) -> str:
    """Return an answer's X-Request-ID; a `Failure` when there is none as it should be."""
    came = answer.headers.get(REQUEST_ID, "")
    expect(
        bool(_ID.fullmatch(came)),
        f"{answer.request} answered {answer.status} with the X-Request-ID {came[:40]!r}: expected "
        "1 to 128 letters, digits or one of ._-",
    )
    return came


def _with_id(me: Person, text: str, path: str = "/health") -> Answer:
    return me.transport.send("GET", path, headers={"X-Request-ID": text})
