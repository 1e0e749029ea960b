"""Carry out imports one after the other, in a thread beside those of the server."""

import logging
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction
from rest_framework.exceptions import APIException, ParseError

from imports.files import COLUMNS, read_cells
from imports.models import Import
from shelf.api.serializers import BookSerializer
from shelf.validators import ISBN_TAKEN

logger = logging.getLogger(__name__)
executor = ThreadPoolExecutor(max_workers=1)
BATCH = 20  # lines for each commit, the slowest part of storing something


def start(job, lines):
    """Import the lines soon; the thread must not look for the job before it is stored."""
    transaction.on_commit(lambda: executor.submit(run, job.pk, lines))


def run(pk, lines):
    try:
        import_lines(Import.objects.get(pk=pk), lines)
    finally:
        connection.close()  # Django does this after requests, but not after threads


def import_lines(job, lines):
    job.status = Import.Status.RUNNING
    job.save()
    first = 0
    try:
        for first in range(0, len(lines), BATCH):
            with transaction.atomic():  # the books and the progress, or neither
                for number, line in enumerate(lines[first : first + BATCH], first + 2):
                    import_line(job, number, line)
                job.save()
    except Exception:
        logger.exception("Import %s broke off.", job.pk)
        job.refresh_from_db()
        job.errors.append({"line": first + 2, "msg": "The import broke off here."})
    job.status = Import.Status.DONE
    job.save()


def import_line(job, number, line):
    """Count what became of one line. Whatever is wrong with it, the next one follows."""
    try:
        if line.strip():
            with transaction.atomic():
                add_book(read_cells(line))
            job.created += 1
    except APIException as error:
        if error.detail == {"isbn": [ISBN_TAKEN]}:
            job.skipped += 1
        else:
            job.errors.append({"line": number, "msg": in_words(error.detail)})
    except Exception:
        logger.exception("Import %s stumbled over line %s.", job.pk, number)
        job.errors.append({"line": number, "msg": "This line could not be imported."})


def add_book(cells):
    if len(cells) != len(COLUMNS):
        raise ParseError(f"This line has {len(cells)} cells instead of {len(COLUMNS)}.")
    row = dict(zip(COLUMNS, cells, strict=True))
    book = BookSerializer(data=row | {"year": row["year"].strip() or None})
    book.is_valid(raise_exception=True)
    book.save()


def in_words(detail):
    if isinstance(detail, str):
        return str(detail)
    return " ".join(f"{field}: {' '.join(detail[field])}" for field in detail)
