"""Predict: what a step asks before the work is answered by the running app, or as recorded."""

import json
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

from sandbox.errors import LessonError
from sandbox.learn.step import Predict, Step
from sandbox.run.console import Console
from sandbox.run.console_request import ConsoleRequest

_MOST = 2_000


@dataclass(frozen=True)
class Predicted:
    """The answer to a prediction: what the app at `address` has `said` just now, if one was asked.

    Without an address nothing runs, or no request can show it, and `expected` is all there is: the
    answer that was recorded with this version. `asked` is the request.
    """

    question: str
    expected: str
    asked: str = ""
    address: str = ""
    said: str = ""


def predicted(step: Step, console: Console, app: tuple[str, str] | None) -> Predicted:
    """Answer the question of a step by a running `app`, given as project and address.

    Raises `LessonError` for a step that asks nothing.
    """
    if step.predict is None:
        raise LessonError(f"The step {step.key} asks for no guess.", "Begin it, and write.")
    known = step.predict
    recorded = Predicted(known.question, known.answer, known.ask or "")
    if known.ask is None or app is None:
        return recorded
    project, address = app
    said = _asked(console, known, project, address)
    return Predicted(known.question, known.answer, known.ask, address, said) if said else recorded


def request_of(ask: str) -> ConsoleRequest:
    """Return `METHOD /path`, with what follows as its JSON body, as a request."""
    method, path, *rest = ask.split(" ", 2)
    body = rest[0] if rest else ""
    return ConsoleRequest(method, path, kind="json" if body else "none", text=body)


def _asked(console: Console, known: Predict, project: str, address: str) -> str:
    """Return status and body of the answer, empty where none came."""
    came = console.send({project: address}, request_of(known.ask or "")).replies[0].came
    if came.status is None:
        return ""
    try:
        phrase = HTTPStatus(came.status).phrase
    except ValueError:
        phrase = ""
    lines = [f"{came.status} {phrase}".strip(), _shown(came.text)]
    if location := came.header("location"):
        lines.insert(1, f"Location: {location}")
    return "\n".join(line for line in lines if line)


def _shown(text: str) -> str:
    with suppress(ValueError):
        text = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"
