"""Importing books as CSV: sending a file, and reading how far its import has come."""

import csv
import io
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sandbox.contract.answer import Answer
from sandbox.contract.app import Person
from sandbox.contract.expect import expect_status
from sandbox.contract.failure import Failure
from sandbox.contract.shapes import IMPORT, LINE_ERROR

IMPORTS = "/api/imports"
HEADER = ("title", "author", "isbn", "year")
_PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Import:
    """What an app says of an import; `errors` are lines with what is wrong in them."""

    status: str
    created: int
    skipped: int
    errors: tuple[tuple[int, str], ...]

    def __str__(self) -> str:
        """Return it in words, for messages."""
        told = "; ".join(f"line {line}: {words}" for line, words in self.errors)
        counts = f"{self.created} created, {self.skipped} skipped"
        return f"{self.status}, {counts}, {f'errors ({told})' if told else 'no errors'}"

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


def post_csv(me: Person, text: str | bytes, *, kind: str = "text/csv") -> Answer:
    """Send a file to be imported."""
    return me.send("POST", IMPORTS, body=text, content_type=kind)


def import_books(me: Person, text: str) -> Import:
    """Import a file and return the import when it is done."""
    return wait_until_done(me, import_path(me, expect_status(post_csv(me, text), 202)))


def wait_until_done(me: Person, path: str) -> Import:
    """Ask for an import until it is done."""
    deadline = time.monotonic() + patience_of(me)
    while time.monotonic() < deadline:
        found = read_import(me, path)
        if found.status == "done":
            return found
        time.sleep(0.05)
    raise Failure(f"GET {path} is not done after {patience_of(me):g} s.", step=f"POST {IMPORTS}")


def patience_of(me: Person) -> float:
    """Return for how many seconds an import is waited for."""
    return _PATIENCE_SECONDS * me.app.slack


def read_import(me: Person, path: str) -> Import:
    """Read an import strictly."""
    answer = expect_status(me.get(path), 200)
    value = answer.json()
    if isinstance(value, dict):
        value = {name: inner for name, inner in value.items() if name != "id"}
    fields = IMPORT.read(answer, value)
    errors = [LINE_ERROR.read(answer, each) for each in fields["errors"]]
    pairs = tuple((each["line"], each["msg"]) for each in errors)
    return Import(fields["status"], fields["created"], fields["skipped"], pairs)


def import_path(me: Person, answer: Answer) -> str:
    """Return the address of an import from the answer that took it."""
    path = urlsplit(answer.headers.get("location", "")).path
    prefix = urlsplit(me.base_url).path
    if not path:
        raise Failure(f"{answer.step} answered 202 without Location.", step=answer.step)
    return path.removeprefix(prefix)
