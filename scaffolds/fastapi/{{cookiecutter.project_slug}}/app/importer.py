"""The work of an import: book after book, while nobody waits for it."""

import asyncio
import csv
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from io import StringIO
from threading import Event, Lock

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI
from pydantic import ValidationError

from . import crud
from .database import SessionLocal
from .models import Import
from .schemas import BookCreate, explain

COLUMNS = ["title", "author", "isbn", "year"]
PROGRESS = 100  # lines after which the table hears how far it is
under_way: set[int] = set()
one_at_a_time = CapacityLimiter(1)
stopping = Event()
at_work = Lock()


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """When the server stops, let the import that is running come to its end early."""
    stopping.clear()
    yield
    stopping.set()
    with at_work:  # its task was cancelled, its thread finishes the book it is at
        pass


async def run_import(import_id: int, text: str) -> None:
    """Do the work in a thread; the imports that wait for their turn hold none."""
    try:
        with suppress(asyncio.CancelledError):  # the server stops
            await to_thread.run_sync(add_books, import_id, text, limiter=one_at_a_time)
    finally:
        under_way.remove(import_id)


def add_books(import_id: int, text: str) -> None:
    created, skipped = 0, 0
    errors: list[dict[str, object]] = []
    with at_work, SessionLocal() as session:
        job = session.get_one(Import, import_id)
        job.status = "running"
        session.commit()
        for line, found in read_books(text):
            if stopping.is_set():
                errors.append({"line": line, "msg": "The server stopped here."})
                break
            if isinstance(found, str):
                errors.append({"line": line, "msg": found})
            else:
                try:
                    crud.create_book(session, found)
                    created += 1
                except crud.IsbnTaken:
                    skipped += 1
            if line % PROGRESS == 0:
                job.created, job.skipped, job.errors = created, skipped, [*errors]
                session.commit()
        job.created, job.skipped, job.errors = created, skipped, errors
        job.status = "done"
        session.commit()


def is_header(text: str) -> bool:
    return [name.strip() for name in text.partition("\n")[0].split(",")] == COLUMNS


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
        return " ".join(f"{name}: {text}" for name, text in explain(error).items())
