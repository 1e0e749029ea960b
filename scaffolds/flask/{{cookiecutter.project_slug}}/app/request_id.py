"""An id for every request, by which its traces in different logs are found."""

import re
from uuid import uuid4

from flask import Blueprint, Response, request

bp = Blueprint("request_id", __name__)


@bp.after_app_request
def add_request_id(response: Response) -> Response:
    """Put an id on the answer: the one that the request brought, or a new one."""
    request_id = request.headers.get("X-Request-ID", "")
    # What others send ends up in headers and logs, so only harmless letters pass.
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,128}", request_id):
        request_id = uuid4().hex
    response.headers["X-Request-ID"] = request_id
    return response
