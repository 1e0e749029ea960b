"""Errors: JSON for programs, pages for people."""

from typing import Any

#: if not cookiecutter.pages :#
from flask import Flask, json, request
#: endif :#
#: if cookiecutter.pages :#
from flask import Flask, json, render_template, request
#: endif :#
#: if cookiecutter.database :#
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
#: endif :#
from werkzeug.exceptions import HTTPException#: if cookiecutter.database :#, NotFound#: endif :##: if cookiecutter.pages :#, SecurityError#: endif :#

from werkzeug.wrappers import Response


class InvalidInput(HTTPException):
    """Refuse a request; `errors` says of each field what is wrong with it."""

    code = 422
    description = "Some of the values cannot be used."

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__()
        self.errors = errors


def init_app(app: Flask) -> None:
    """Register the handlers for the whole app: an unknown URL has no blueprint."""
    app.register_error_handler(HTTPException, show_error)
    #: if cookiecutter.database :#
    app.register_error_handler(StaleDataError, row_is_gone)
    app.register_error_handler(ObjectDeletedError, row_is_gone)
    #: endif :#


#: if cookiecutter.database :#
def row_is_gone(_error: StaleDataError | ObjectDeletedError) -> Response:
    """Tell who changes a book or review that someone else has just deleted."""
    return show_error(NotFound("It was deleted in the meantime."))


#: endif :#
def show_error(error: HTTPException) -> Response:
    """Show an error in the form that fits its URL; status and headers stay."""
    response = error.get_response()
    if request.path.startswith("/api/"):
        body: dict[str, Any] = {"detail": error.description}
        if isinstance(error, InvalidInput):
            body["errors"] = error.errors
        response.data = json.dumps(body)
        response.mimetype = "application/json"
    #: if cookiecutter.pages :#
    elif not isinstance(error, SecurityError):  # a host that is not ours has no URLs
        response.data = render_template("error.html", error=error)
    #: endif :#
    return response
