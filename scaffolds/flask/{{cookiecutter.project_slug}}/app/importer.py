"""The work of an import: it runs in a thread, while the app serves others."""

import csv
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask, current_app

from .db import db
from .errors import InvalidInput
from .models import Book, Import
from .schemas import BookInput, check
from .shelf import IsbnTaken, add_book

COLUMNS = ["title", "author", "isbn", "year"]
worker = ThreadPoolExecutor(max_workers=1)  # imports wait for each other, in a line
under_way: set[int] = set()  # the imports that this process has yet to finish


def start_import(lines: list[str]) -> Import:
    """Write down a new import, and put it in line."""
    job = Import()
    db.session.add(job)
    db.session.flush()
    under_way.add(job.id)
    db.session.commit()
    # A thread has no current app, so it is given the app that is behind the proxy.
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    work = worker.submit(run_import, app, job.id, lines)
    work.add_done_callback(lambda _: under_way.discard(job.id))
    return job


def close_if_cut_off(job: Import) -> None:
    """Show an import that nobody works on any more as done, without its end."""
    if job.status != "done":
        line = 2 + job.created + job.skipped + len(job.errors)
        note_error(job, line, "The app was stopped near this line.")
        job.status = "done"


def run_import(app: Flask, import_id: int, lines: list[str]) -> None:
    """Import line after line; whatever happens, the import is done in the end."""
    with app.app_context():
        job = db.session.get_one(Import, import_id)
        job.status = "running"
        db.session.commit()
        number = 1  # the header
        try:
            for number, line in enumerate(lines, start=2):
                if line.strip():
                    import_line(job, number, line)
        except Exception:
            app.logger.exception("Import %s, line %s", import_id, number)
            db.session.rollback()
            note_error(job, number, "The import stopped here, by a fault of ours.")
        job.status = "done"
        db.session.commit()


def import_line(job: Import, number: int, line: str) -> None:
    """Add the book of one line, and count it in the same commit."""
    try:
        book = Book(**check(BookInput, read_values(line)).model_dump())
        job.created += 1
        add_book(book)
    except InvalidInput as refused:
        reasons = [f"{field}: {reason}" for field, reason in refused.errors.items()]
        note_error(job, number, " ".join(reasons))
    except IsbnTaken:
        job.skipped += 1
    db.session.commit()


def read_values(line: str) -> dict[str, Any]:
    """Read one line by itself, so that a forgotten quote spoils no other line."""
    try:
        (values,) = csv.reader([line], strict=True)
    except csv.Error as error:
        raise InvalidInput({"line": f"This is not CSV: {error}."}) from None
    if len(values) != len(COLUMNS):
        raise InvalidInput({"line": f"{len(values)} values instead of {len(COLUMNS)}."})
    found = dict(zip(COLUMNS, values, strict=True))
    # In CSV everything is text: a year that is not known is an empty one.
    return {**found, "year": found["year"].strip() or None}


def note_error(job: Import, number: int, reason: str) -> None:
    """Write down what is wrong with a line; a new list, because changes go unnoticed."""
    job.errors = [*job.errors, {"line": number, "msg": reason}]
