"""What is answered when a request is refused."""

from collections.abc import Callable
from typing import Any

#: if cookiecutter.pages :#
from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
#: if cookiecutter.auth :#
from fastapi.responses import JSONResponse, RedirectResponse
#: else :#
from fastapi.responses import JSONResponse
#: endif :#
#: else :#
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
#: endif :#
#: if cookiecutter.pages :#
from starlette.exceptions import HTTPException as StarletteHTTPException
#: endif :#
#: if cookiecutter.database :#

#: endif :#
#: if cookiecutter.auth :#
from .auth import read_member
#: endif :#
#: if cookiecutter.database :#
from .crud import Gone, IsbnTaken
#: endif :#
#: if cookiecutter.pages :#
from .forms import wants_json
from .templating import templates
#: endif :#


#: if cookiecutter.pages :#
def refuse_input(request: Request, error: RequestValidationError) -> Response:
#: else :#
async def refuse_input(request: Request, error: RequestValidationError) -> JSONResponse:
#: endif :#
    """Say where and why input was refused, without repeating it.

    FastAPI's own answer repeats the input. Some input cannot be written as JSON again
    (NaN, half of a surrogate pair): repeating it would turn a 422 into a 500.
    """
    #: if cookiecutter.pages :#
    if not wants_json(request):
        in_form = error.errors()[0]["loc"][0] == "body"
        refusal = HTTPException(422 if in_form else 404, "This makes no sense here.")
        return show_error(request, refusal)
    #: endif :#
    problems = [
        {"type": problem["type"], "loc": problem["loc"], "msg": problem["msg"]}
        for problem in error.errors()
    ]
    return JSONResponse({"detail": problems}, status_code=422)
#: if cookiecutter.pages :#


def refuse_taken_isbn(request: Request, error: IsbnTaken) -> Response:
    return show_error(request, HTTPException(409, "Another book has this ISBN."))


def refuse_gone(request: Request, error: Gone) -> Response:
    return show_error(request, HTTPException(404, "This was deleted a moment ago."))


def show_error(request: Request, error: StarletteHTTPException) -> Response:
    """Answer JSON to programs and a page to people."""
    if wants_json(request):
        content = {"detail": error.detail}
        return JSONResponse(content, error.status_code, error.headers)
    #: if cookiecutter.auth :#
    if error.status_code == 401:
        login, back = request.url_for("show_log_in").path, request.url.path
        if request.method == "GET":
            login += f"?next={back}"
        return RedirectResponse(login, status_code=303)
    read_member(request)  # an unknown path has asked for no dependency
    #: endif :#
    context = {"error": error}
    return templates.TemplateResponse(
        request, "error.html", context, error.status_code, error.headers
    )
#: elif cookiecutter.database :#


async def refuse_taken_isbn(request: Request, error: IsbnTaken) -> JSONResponse:
    return JSONResponse({"detail": "Another book has this ISBN."}, status_code=409)


async def refuse_gone(request: Request, error: Gone) -> JSONResponse:
    return JSONResponse({"detail": "This was deleted a moment ago."}, status_code=404)
#: endif :#


HANDLERS: dict[int | type[Exception], Callable[[Request, Any], Any]] = {
    RequestValidationError: refuse_input,
    #: if cookiecutter.database :#
    IsbnTaken: refuse_taken_isbn,
    Gone: refuse_gone,
    #: endif :#
    #: if cookiecutter.pages :#
    # Starlette's class, of which FastAPI's is a child: an unknown address raises it.
    StarletteHTTPException: show_error,
    #: endif :#
}
