"""The addresses of the pages, and what their forms must not do."""

from collections.abc import Callable, Mapping

from sandbox.contract.browser import Opened
from sandbox.contract.document import Form
from sandbox.contract.expect import expect
from sandbox.contract.failure import Failure

LIST = "/books"
NEW = "/books/new"
BOOK_FIELDS = ("title", "author", "isbn", "year")
REDIRECTED = (302, 303)
FORM_AGAIN = (200, 422)
TOKEN_REFUSED = (400, 403)


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
        answer = opened.post({**values, **changes})
        if answer.status not in TOKEN_REFUSED:
            raise Failure(
                f"The form {what}, sent {case}, answered {answer.status}: expected 400 or 403.",
                step=answer.step,
            )
        expect(not happened(), f"The form {what}, sent {case}, was refused and done all the same.")


def new_words(after: str, before: str) -> list[str]:
    """Return the words of a text that the text before it did not have."""
    known = before.split()
    return [word for word in after.split() if word not in known]


def _tokens(form: Form) -> Mapping[str, str]:
    return {name: form.values[name] for name in form.tokens}


def _other(token: str) -> str:
    return "".join("b" if letter == "a" else "a" for letter in token) or "a" * 32
