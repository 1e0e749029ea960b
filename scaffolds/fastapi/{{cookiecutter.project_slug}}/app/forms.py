"""Forms: from our own pages only, and checked by the schemas that check JSON.

A browser sends our cookie along with every request to us, also with one that a form on
somebody else's site makes. So our forms repeat a secret of the session, which that site
cannot read.
"""

import secrets
from typing import TypeVar

from fastapi import HTTPException, Request
from fastapi.requests import HTTPConnection
from pydantic import BaseModel, ValidationError

from .schemas import explain

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
Schema = TypeVar("Schema", bound=BaseModel)


def wants_json(request: Request) -> bool:
    """Tell a program from a person: it asks below /api, or sends JSON itself."""
    kind = request.headers.get("Content-Type", "").partition(";")[0]
    path = request.url.path.removeprefix(request.scope.get("root_path", ""))
    return f"{path}/".startswith("/api/") or kind == "application/json"


def get_csrf_token(request: Request) -> str:
    """Return the secret of this session; the first page makes it."""
    return request.session.setdefault("csrf_token", secrets.token_urlsafe(32))


async def check_csrf_token(connection: HTTPConnection) -> None:
    """Refuse a form that does not repeat the secret of its session.

    JSON needs no token: no form can send it, and below /api nothing else is taken.
    """
    if not isinstance(connection, Request) or connection.method in SAFE_METHODS:
        return
    if wants_json(connection):
        return
    known = str(connection.session.get("csrf_token", ""))
    sent = str((await connection.form()).get("csrf_token", ""))
    # Takes the same time whether the first or the last letter is wrong.
    if not known or not secrets.compare_digest(known.encode(), sent.encode()):
        detail = "The CSRF token is missing or too old. Load the page again."
        raise HTTPException(status_code=403, detail=detail)


def check_form(
    schema: type[Schema], form: BaseModel
) -> tuple[Schema | None, dict[str, str]]:
    """Return what was sent, or a sentence for each field that is wrong.

    A form sends every field, an empty one as empty text: to a schema it is left out.
    """
    filled = {name: text for name, text in form.model_dump().items() if text.strip()}
    try:
        return schema.model_validate(filled), {}
    except ValidationError as error:
        return None, explain(error)
