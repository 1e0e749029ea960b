"""An id for every request, by which the log and the visitor can speak of it."""

import logging
import re
from uuid import uuid4

#: if cookiecutter.pages :#
from fastapi import HTTPException, Request, Response
#: else :#
from fastapi import Request, Response
from fastapi.responses import JSONResponse
#: endif :#
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: if cookiecutter.pages :#
from .errors import show_error

#: endif :#
HEADER = "X-Request-ID"
PROPER_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")


class RequestId:
    """Give every request an id, or keep the one that a server in front of us gave it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        request_id = given if PROPER_ID.fullmatch(given) else uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        await self.app(scope, receive, send_with_id)


def answer_crash(request: Request, error: Exception) -> Response:
    """Tell a visitor the id under which the log has the whole story."""
    request_id = request.state.request_id
    logging.getLogger("uvicorn.error").error("Request %s failed:", request_id)
    detail = f"Something went wrong here. Its number is {request_id}."
    #: if cookiecutter.pages :#
    return show_error(request, HTTPException(500, detail, {HEADER: request_id}))
    #: else :#
    return JSONResponse({"detail": detail}, 500, {HEADER: request_id})
    #: endif :#
