"""Imports: take a file with many books, and tell how far its import has come."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

from flask import Blueprint, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue

from .db import db, get_or_404
from .errors import InvalidInput
from .importer import COLUMNS, Import, run_import

bp = Blueprint("imports", __name__, url_prefix="/api")
worker = ThreadPoolExecutor(max_workers=1)  # imports wait for each other, in a line


@bp.post("/imports")
def create_import() -> ResponseReturnValue:
    """Take a CSV file with books, and import it after the answer."""
    lines = read_lines()
    job = Import()
    db.session.add(job)
    db.session.commit()
    # The thread outlives the request, so it needs the app itself, not the proxy.
    app = current_app._get_current_object()
    worker.submit(run_import, app, job.id, lines)
    location = url_for(".read_import", import_id=job.id)
    return job.to_dict(), 202, {"Location": location}


@bp.get("/imports/<id:import_id>")
def read_import(import_id: int) -> dict[str, Any]:
    """Show how far an import has come."""
    return get_or_404(Import, import_id).to_dict()


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
