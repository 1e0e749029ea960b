"""What a failed check says, in three parts: the request, the answer, and the expectation."""

import re
from dataclasses import dataclass

_REQUEST = re.compile(r"(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /\S*")
_EXPECTED = re.compile(r"[.:;,] [Ee]xpected ")


@dataclass(frozen=True)
class Told:
    """The request that went wrong, if one did, what came of it, and what was expected."""

    request: str
    answer: str
    expectation: str


def told(message: str, sentence: str) -> Told:
    """Take a failure's message apart; what it does not say to expect, the check's sentence does."""
    found, wanted = message, sentence
    if expected := [*_EXPECTED.finditer(message)]:
        found, wanted = message[: expected[-1].start()], message[expected[-1].end() :]
    request = _REQUEST.match(found)
    answer = found[request.end() :].strip(" :") if request else found
    return Told(request[0].rstrip(":,") if request else "", _whole(answer), _whole(wanted))


def _whole(text: str) -> str:
    """Return a part as a sentence of its own."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""
