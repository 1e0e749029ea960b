"""What happens around every request, whatever it asks for."""

import logging
import re
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.settings import settings

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


async def answer_crash(request: Request, error: Exception) -> JSONResponse:
    """Tell a visitor the id under which the log has the whole story."""
    request_id = request.state.request_id
    logging.getLogger("uvicorn.error").error("Request %s failed:", request_id)
    return JSONResponse(
        {"detail": f"Something went wrong here. Its number is {request_id}."},
        status_code=500,
        headers={HEADER: request_id},
    )


def add_middleware(app: FastAPI) -> None:
    """Wrap the app; what is added last is outermost and sees every answer."""
    app.debug = settings.debug
    app.add_exception_handler(Exception, answer_crash)
    # Its own machine may always ask, such as the health check of a container.
    hosts = ["127.0.0.1", "localhost", *settings.allowed_hosts]
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts)
    app.add_middleware(RequestId)
