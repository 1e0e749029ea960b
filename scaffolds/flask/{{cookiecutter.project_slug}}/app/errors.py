"""Errors of the API, answered in JSON."""

from typing import Any

from flask import Blueprint, json, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, UnprocessableEntity

bp = Blueprint("errors", __name__)


class InvalidInput(UnprocessableEntity):
    """Refuse a request; `errors` says of each field what is wrong with it."""

    description = "Some of the values cannot be used."

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__()
        self.errors = errors


@bp.app_errorhandler(HTTPException)
def answer_in_json(error: HTTPException) -> ResponseReturnValue:
    """Answer an error under /api in JSON, with the status and headers it came with.

    The whole app needs this handler, not one blueprint: an unknown address belongs
    to no blueprint, so a blueprint's own handlers never see that error.
    """
    if not request.path.startswith("/api/"):
        return error
    body: dict[str, Any] = {"detail": error.description}
    if isinstance(error, InvalidInput):
        body["errors"] = error.errors
    response = error.get_response()
    response.data = json.dumps(body)
    response.content_type = "application/json"
    return response
