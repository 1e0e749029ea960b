"""Expectations whose failures tell a learner what was expected, what came, and what is missing."""

import re
from collections.abc import Callable

from sandbox.contract.answer import Answer, Json, excerpt
from sandbox.contract.document import read_document
from sandbox.contract.failure import Failure

_REFUSED = (400, 422)
_PLACES = (
    "loc",
    "location",
    "path",
    "pointer",
    "field",
    "key",
    "param",
    "property",
    "propertyPath",
)
_STEP = re.compile(r"[.#/\[\]]+")
_ECHOES = {"input", "ctx", "value"}


def expect(condition: bool, message: str) -> None:
    """Raise a `Failure` with the message unless the condition holds."""
    if not condition:
        raise Failure(message)


def expect_status(answer: Answer, *allowed: int) -> Answer:
    """Return the answer when its status is one of those allowed."""
    if answer.status not in allowed:
        wanted = " or ".join(str(status) for status in allowed)
        raise Failure(
            f"{answer.request} answered {answer.status}: {_meaning(answer)}. Expected {wanted}.",
            step=answer.step,
        )
    return answer


def expect_no_crash(answer: Answer) -> Answer:
    """Return the answer unless it is a server error, which no input may cause."""
    if answer.status >= 500:
        raise Failure(
            f"{answer.request} answered {answer.status}: {_meaning(answer)}.", step=answer.step
        )
    return answer


def expect_missing(answer: Answer) -> None:
    """Expect 404 with a sentence in `detail`, as the app's own views answer it."""
    expect_status(answer, 404)
    value = answer.json()
    detail = value.get("detail") if isinstance(value, dict) else None
    if not isinstance(detail, str) or not _is_sentence(detail):
        raise Failure(
            f"{answer.request} answered 404 with {excerpt(answer.text)}: expected a sentence "
            'in "detail", like {"detail": "There is no such book."}.',
            step=answer.step,
        )


def expect_refused(answer: Answer, field: str | None = None) -> None:
    """Expect a validation error in JSON that names the field, or malformed input without one."""
    expect_status(answer, *_REFUSED)
    if field is not None:
        expect_names(answer, field)


def expect_taken(answer: Answer) -> None:
    """Expect the refusal of an ISBN that another book has: 409, or 400 naming `isbn`."""
    expect_status(answer, 409, 400)
    if answer.status == 400:
        expect_names(answer, "isbn")
    else:
        answer.json()


def expect_wrong_method(answer: Answer) -> None:
    """Expect 405 with Allow, or 401 or 403 where the framework looks at the visitor first."""
    expect_status(answer, 405, 401, 403)
    if answer.status == 405 and not answer.headers.get("allow", "").strip():
        raise Failure(
            f"{answer.request} answered 405 without an Allow header: it should name what is "
            "allowed.",
            step=answer.step,
        )


def expect_names(answer: Answer, field: str) -> None:
    """Expect a sentence under the field's name, or beside it, as `loc` and others give it."""
    value = answer.json()
    if _names(value, field, _says):
        return
    named = _names(value, field, lambda _: True)
    missing = (
        f"a sentence on what is wrong with the field {field!r}, not its name alone"
        if named
        else f'the error to name the field {field!r} (as a key, or in "field" or "loc") and to '
        "say what is wrong with it"
    )
    raise Failure(
        f"{answer.request} answered {answer.status} with {excerpt(answer.text)}: expected "
        f"{missing}.",
        step=answer.step,
    )


def _names(value: Json, field: str, says: Callable[[Json], bool]) -> bool:
    if isinstance(value, list):
        return any(_names(item, field, says) for item in value)
    if not isinstance(value, dict):
        return False
    if any(_ends_in(value.get(name), field) for name in _PLACES):
        return says([inner for name, inner in value.items() if name not in _PLACES])
    # What repeats the input names every field.
    return any(
        (name == field and says(inner)) or (name not in _ECHOES and _names(inner, field, says))
        for name, inner in value.items()
    )


def _ends_in(place: Json, field: str) -> bool:
    # Frameworks write the same place as a list, as `body.title` or as `#/title`.
    steps = _STEP.split(place.rstrip("]")) if isinstance(place, str) else place
    return isinstance(steps, list) and steps[-1:] == [field]


def _says(value: Json) -> bool:
    if isinstance(value, list):
        return any(_says(item) for item in value)
    if isinstance(value, dict):
        return any(_says(item) for item in value.values())
    return isinstance(value, str) and _is_sentence(value)


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= 2


def _meaning(answer: Answer) -> str:
    status = answer.status
    if status >= 500:
        return "the app crashed; its log has the traceback"
    if status == 404:
        if _says_more_than_not_found(answer):
            return f"it finds nothing there ({_said(answer, 100)})"
        return "there is no such address yet; add a view for it"
    if status == 405:
        return f"the address is there but does not take {answer.method} yet; add it to the view"
    if status in {401, 403}:
        return f"it forbids the request ({_said(answer, 100)})"
    if 300 <= status < 400:
        return f"it sends the client on to {excerpt(answer.headers.get('location', 'nowhere'), 80)}"
    if status >= 400:
        return f"it refuses the request ({_said(answer)})"
    return "it accepts the request"


def _said(answer: Answer, length: int = 160) -> str:
    """Quote a body; of a page what people read of its main part, where its errors stand."""
    if answer.media_type != "text/html":
        return excerpt(answer.text, length)
    main = answer.text[max(answer.text.find("<main"), 0) :]
    return f"the page “{excerpt(read_document(main).text, length)}”"


def _says_more_than_not_found(answer: Answer) -> bool:
    try:
        value = answer.json()
    except Failure:
        return False
    detail = value.get("detail") if isinstance(value, dict) else None
    return isinstance(detail, str) and detail != "Not Found"
