"""Carry out imports one after the other, each in a thread beside those of the server."""

import time
from threading import Lock, Thread

from django.db import connection, transaction
from rest_framework.exceptions import ParseError, ValidationError

from imports.models import Import
from imports.parsers import COLUMNS, split
from shelf.api.serializers import BookSerializer

BATCH = 20  # lines for each commit, the slowest part of storing something

under_way = set()  # ids of the imports that this process works on
turn = Lock()


def start(job, lines):
    """Import the lines soon; the thread must not look for the job before it is stored."""
    under_way.add(job.pk)
    # A daemon, so that a long import does not keep the server from stopping.
    transaction.on_commit(Thread(target=run, args=(job.pk, lines), daemon=True).start)


def run(pk, lines):
    try:
        with turn:
            import_lines(Import.objects.get(pk=pk), lines)
    finally:
        under_way.discard(pk)
        connection.close()  # Django does this after requests, but not after threads


def import_lines(job, lines):
    job.status = Import.Status.RUNNING
    job.save()
    for first in range(0, len(lines), BATCH):
        with transaction.atomic():  # the books and the progress, or neither
            for number, line in enumerate(lines[first : first + BATCH], first + 2):
                import_line(job, number, line)
            job.save()
        time.sleep(0.02)  # SQLite has no queue: others need a moment to write in
    job.status = Import.Status.DONE
    job.save()


def import_line(job, number, line):
    """Count what became of one line; a bad one does not stop those after it."""
    if not line.strip():
        return
    try:
        book = BookSerializer(data=read_book(line))
        book.is_valid(raise_exception=True)
        book.save()
    except ParseError as error:
        job.errors.append({"line": number, "msg": str(error.detail)})
    except ValidationError as error:
        if error.get_codes() == {"isbn": ["unique"]}:
            job.skipped += 1
        else:
            job.errors.append({"line": number, "msg": in_words(error.detail)})
    else:
        job.created += 1


def read_book(line):
    cells = split(line)
    if len(cells) != len(COLUMNS):
        raise ParseError(f"This line has {len(cells)} cells instead of {len(COLUMNS)}.")
    book = dict(zip(COLUMNS, cells, strict=True))
    return book | {"year": book["year"].strip() or None}


def in_words(detail):
    return " ".join(f"{field}: {' '.join(detail[field])}" for field in detail)
