"""What an app said to one request, and how it is quoted in messages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

from sandbox.contract.failure import Failure

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an app said to one request; `request` repeats the question for messages.

    `step` is the request without its particulars: method and path, with `{id}` for every id.
    `cookies` are the Set-Cookie headers as they came.
    """

    request: str
    step: str
    method: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the body as text, with a replacement sign for what is not UTF-8."""
        return self.body.decode("utf-8", "replace")

    @property
    def media_type(self) -> str:
        """Return the content type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def json(self) -> Json:
        """Return the parsed body; a `Failure` when it is not strict JSON served as JSON."""
        if self.media_type != "application/json" and not self.media_type.endswith("+json"):
            raise Failure(
                f"{self.request} answered {self.status} with the content type "
                f"{self.media_type or '(none)'!r}: expected JSON (application/json).",
                step=self.step,
            )
        try:
            return json.loads(self.body, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            raise Failure(
                f"{self.request} answered {self.status} with a body that is not valid JSON: "
                f"{excerpt(self.text)}",
                step=self.step,
            ) from None


def excerpt(text: str, length: int = 160) -> str:
    """Shorten a text to one line that a message can hold."""
    line = " ".join(
        "".join(
            c if c.isprintable() or c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text
        ).split()
    )
    return line if len(line) <= length else line[: length - 1] + "…"


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
