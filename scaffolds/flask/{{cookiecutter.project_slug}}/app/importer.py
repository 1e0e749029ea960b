"""The work of an import: it runs in a thread, while the app answers others."""

import csv
from typing import Any

from flask import Flask
from sqlalchemy import JSON, String
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

#: if cookiecutter.live :#
from app.live import publish

#: endif :#
from .db import db
from .errors import InvalidInput
from .models import Book
from .schemas import BookInput, check

COLUMNS = ["title", "author", "isbn", "year"]


class Import(db.Model):
    """How far an import has come; it stands in the database, so a restart keeps it."""

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(String(10), default="queued")
    created: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    errors: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    def to_dict(self) -> dict[str, Any]:
        """List the fields that the API shows."""
        return {
            "id": self.id,
            "status": self.status,
            "created": self.created,
            "skipped": self.skipped,
            "errors": self.errors,
        }


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
            app.logger.exception("Import %s failed at line %s.", import_id, number)
            db.session.rollback()
            note_error(job, number, "The import stopped here, by a fault of ours.")
        job.status = "done"
        db.session.commit()


def import_line(job: Import, number: int, line: str) -> None:
    """Add the book of one line, and count it in the same commit."""
    try:
        book = Book(**check(BookInput, read_values(line)).model_dump())
        db.session.add(book)
        job.created += 1
        db.session.commit()
    except InvalidInput as refused:
        reasons = [f"{field}: {reason}" for field, reason in refused.errors.items()]
        note_error(job, number, "; ".join(reasons))
    except IntegrityError:
        db.session.rollback()
        job.skipped += 1
        db.session.commit()
    #: if cookiecutter.live :#
    else:
        publish(book.to_dict())
    #: endif :#


def read_values(line: str) -> dict[str, Any]:
    """Read one line by itself, so that a forgotten quote spoils no other line."""
    try:
        (values,) = csv.reader([line], strict=True)
    except csv.Error as error:
        raise InvalidInput({"line": f"This is not CSV: {error}"}) from None
    if len(values) != len(COLUMNS):
        raise InvalidInput({"line": f"{len(values)} values instead of {len(COLUMNS)}"})
    found = dict(zip(COLUMNS, values, strict=True))
    # In CSV everything is text: a year that is not known is an empty one.
    return {**found, "year": found["year"].strip() or None}


def note_error(job: Import, number: int, reason: str) -> None:
    """Write down what is wrong with a line; a new list, because changes go unnoticed."""
    job.errors = [*job.errors, {"line": number, "msg": reason}]
    db.session.commit()
