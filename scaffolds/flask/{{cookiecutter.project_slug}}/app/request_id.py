"""An id for every request, by which its traces in different logs are found."""

import logging
import re
from uuid import uuid4

from flask import Flask, Response, g, has_request_context, request
from flask.logging import default_handler


class RequestFormatter(logging.Formatter):
    """Write the request's id into each line of the app's log."""

    def format(self, record: logging.LogRecord) -> str:
        record.request_id = read_id() if has_request_context() else "-"
        return super().format(record)


def init_app(app: Flask) -> None:
    """Put the id on every response, and into the log with its tracebacks."""
    app.after_request(add_request_id)
    default_handler.setFormatter(
        RequestFormatter("[%(asctime)s] %(levelname)s [%(request_id)s] %(message)s")
    )


def read_id() -> str:
    """Return the id that the request brought, or a new one."""
    if "request_id" not in g:
        given = request.headers.get("X-Request-ID", "")
        # What others send ends up in headers and logs: only harmless letters pass.
        harmless = re.fullmatch(r"[A-Za-z0-9._-]{1,128}", given)
        g.request_id = given if harmless else uuid4().hex
    return g.request_id


def add_request_id(response: Response) -> Response:
    response.headers["X-Request-ID"] = read_id()
    return response
