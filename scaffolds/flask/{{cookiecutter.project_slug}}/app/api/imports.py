"""Imports: take a file with many books, and tell how far its import has come."""

from io import StringIO
from typing import Any

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from ..db import db
from ..errors import InvalidInput
from ..importer import COLUMNS, close_if_cut_off, start_import, under_way
from ..models import Import
from ..schemas import ImportOut
#: if cookiecutter.api_docs :#
from .docs import document
#: endif :#

bp = Blueprint("imports", __name__)
LONGEST = 5_000_000  # bytes
#: if cookiecutter.api_docs :#
CSV = {"type": "string", "example": "title,author,isbn,year\nEmma,Jane Austen,,1815\n"}
#: endif :#


@bp.post("/imports")
#: if cookiecutter.api_docs :#
@document(ImportOut, status=202, body={"text/csv": {"schema": CSV}})
#: endif :#
def create_import() -> ResponseReturnValue:
    """Take a CSV file with books, and import it after the response."""
    job = start_import(read_lines())
    location = url_for(".read_import", import_id=job.id)
    return ImportOut.dump(job), 202, {"Location": location}


@bp.get("/imports/<id:import_id>")
#: if cookiecutter.api_docs :#
@document(ImportOut)
#: endif :#
def read_import(import_id: int) -> dict[str, Any]:
    """Show how far an import has come."""
    goes_on = import_id in under_way  # asked first: it may end while the row is read
    job = db.get_or_404(Import, import_id)
    if not goes_on:
        close_if_cut_off(job)
    return ImportOut.dump(job)


@bp.url_value_preprocessor
def allow_long_files(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Raise the limit of the body, before anybody looks at it for a CSRF token."""
    request.max_content_length = LONGEST


def read_lines() -> list[str]:
    """Return the lines below the header, or refuse a file that is none of ours."""
    if request.mimetype != "text/csv":
        abort(415, "Send the books as text/csv.")
    try:
        text = request.get_data().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput({"file": "It is not written in UTF-8."}) from None
    header, *lines = StringIO(text, newline=None).readlines() or [""]
    if [name.strip(' \n"').lower() for name in header.split(",")] != COLUMNS:
        raise InvalidInput({"file": f"The first line must be {','.join(COLUMNS)}."})
    return lines
