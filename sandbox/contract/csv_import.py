"""Importing books as CSV: sending a file, and reading how far its import has come."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sandbox.contract.answer import Answer, Json
from sandbox.contract.api import Api
from sandbox.contract.expect import expect_status
from sandbox.contract.failure import Failure
from sandbox.contract.shapes import object_of

IMPORTS = "/api/imports"
HEADER = ("title", "author", "isbn", "year")
PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Import:
    """What an app says of an import; `errors` are lines with what is wrong in them."""

    status: str
    created: int
    skipped: int
    errors: tuple[tuple[int, str], ...]

    @property
    def lines(self) -> list[int]:
        """Return the numbers of the lines at fault."""
        return [line for line, _ in self.errors]


def csv_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return books as the text of a CSV file with its header."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([row.get(name, "") for name in HEADER] for row in rows)
    return text.getvalue()


def post_csv(api: Api, text: str | bytes, *, kind: str = "text/csv") -> Answer:
    """Send a file to be imported."""
    return api.send("POST", IMPORTS, body=text, content_type=kind)


def import_books(api: Api, text: str) -> Import:
    """Import a file and return the import when it is done."""
    return wait_until_done(api, import_path(api, expect_status(post_csv(api, text), 202)))


def wait_until_done(api: Api, path: str) -> Import:
    """Ask for an import until it is done."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = read_import(api, path)
        if found.status == "done":
            return found
        time.sleep(0.05)
    raise Failure(f"GET {path} is not done after {PATIENCE_SECONDS:g} s.", step=f"POST {IMPORTS}")


def read_import(api: Api, path: str) -> Import:
    """Read an import strictly."""
    answer = expect_status(api.get(path), 200)
    keys = {"status", "created", "skipped", "errors"}
    value = answer.json()
    if isinstance(value, dict):
        value = {name: inner for name, inner in value.items() if name != "id"}
    fields = object_of(answer, value, keys, "an import")
    status = fields["status"]
    if not isinstance(status, str) or status not in {"queued", "running", "done"}:
        raise Failure(f"{answer.request} answered the status {status!r}: expected a known one.")
    return Import(
        status,
        _count(answer, fields["created"]),
        _count(answer, fields["skipped"]),
        tuple(_error(answer, each) for each in _list(answer, fields["errors"])),
    )


def _error(answer: Answer, value: Json) -> tuple[int, str]:
    fields = object_of(answer, value, {"line", "msg"}, "an error")
    message = fields["msg"]
    if not isinstance(message, str) or not message.strip():
        raise Failure(f"{answer.request} has an error without words: {message!r}.")
    return _count(answer, fields["line"]), message


def _count(answer: Answer, value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Failure(f"{answer.request} answered {value!r} where a whole number belongs.")
    return value


def _list(answer: Answer, value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise Failure(f"{answer.request} answered errors {value!r}: expected a list.")
    return value


def import_path(api: Api, answer: Answer) -> str:
    """Return the address of an import from the answer that took it."""
    path = urlsplit(answer.headers.get("location", "")).path
    prefix = urlsplit(api.base_url).path
    if not path:
        raise Failure(f"{answer.step} answered 202 without Location.", step=answer.step)
    return path.removeprefix(prefix)
