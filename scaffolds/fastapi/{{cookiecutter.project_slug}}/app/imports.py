"""The work of an import: book after book, while nobody waits for it."""

import csv
import logging
from collections.abc import Iterator
from io import StringIO
from threading import Event, Lock

from fastapi import HTTPException, Response
from pydantic import ValidationError
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.models import Import
from app.routers.books import create_book
from app.schemas import BookCreate

COLUMNS = ["title", "author", "isbn", "year"]
working = Lock()
stopping = Event()


def run_import(import_id: int, text: str, engine: Engine) -> None:
    """Add the books of a file; whatever happens on the way, the import ends."""
    created, skipped, line = 0, 0, 1
    errors: list[dict[str, object]] = []
    # One import after the other: they would only wait for each other's writes.
    with working, Session(engine, expire_on_commit=False) as session:
        job = session.get_one(Import, import_id)
        job.status = "running"
        session.commit()
        try:
            for line, found in read_books(text):
                if stopping.is_set():
                    raise InterruptedError("the server stops")
                if isinstance(found, str):
                    errors.append({"line": line, "msg": found})
                elif add_book(found, session):
                    created += 1
                else:
                    skipped += 1
                if line % 100 == 0:  # for those who ask how far it is
                    job.created, job.skipped, job.errors = created, skipped, [*errors]
                    session.commit()
        except Exception:
            logging.getLogger(__name__).exception("Import %d broke off.", import_id)
            session.rollback()
            errors.append({"line": line, "msg": "The import broke off here."})
        job.created, job.skipped, job.errors = created, skipped, errors
        job.status = "done"
        session.commit()


def stop_imports() -> None:
    """Let the import that is running come to its end early, and wait for that."""
    stopping.set()
    with working:
        stopping.clear()


def is_header(line: str) -> bool:
    return [name.strip() for name in line.split(",")] == COLUMNS


def read_books(text: str) -> Iterator[tuple[int, BookCreate | str]]:
    """Yield the number of each line with its book, or with what is wrong about it."""
    for number, line in enumerate(StringIO(text, newline=None), start=1):
        if number > 1 and line.strip():
            yield number, read_book(line)


def read_book(line: str) -> BookCreate | str:
    """Read one line by itself, so that a quote left open spoils no other line."""
    try:
        [values] = csv.reader([line], strict=True)
    except csv.Error as error:
        return f"This is not CSV: {error}."
    if len(values) != len(COLUMNS):
        return f"There should be {len(COLUMNS)} values, not {len(values)}."
    pairs = zip(COLUMNS, values, strict=True)
    try:
        return BookCreate.model_validate(
            {name: value for name, value in pairs if value.strip()}
        )
    except ValidationError as error:
        return "; ".join(f"{each['loc'][0]}: {each['msg']}" for each in error.errors())


def add_book(sent: BookCreate, session: Session) -> bool:
    """Add a book as a client would, unless its ISBN is taken; tell whether it was added."""
    try:
        create_book(sent, session, Response())
    except HTTPException:
        session.rollback()
        return False
    return True
