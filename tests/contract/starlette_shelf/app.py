"""The app: its routes, what it answers to faults, and the largest body."""

import os
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.contract.starlette_shelf import api, pages
from tests.contract.starlette_shelf.checked import Wrong
from tests.contract.starlette_shelf.store import Store

LARGEST_BODY = 1_000_000
STYLE = Path(__file__).with_name("style.css")


class LimitBody:
    """Refuse bodies above a megabyte, announced or not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > LARGEST_BODY:
                raise HTTPException(413, "Send 1 MB at most.")
            return message

        await self.app(scope, counted, send)


async def health(request: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def style(request: Request) -> Response:
    return FileResponse(STYLE)


async def show_fault(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": error.detail}, error.status_code, error.headers)
    answer = pages.page(request, "fault.html", error.status_code, detail=error.detail)
    answer.headers.update(error.headers or {})
    return answer


async def show_wrong(request: Request, error: Exception) -> Response:
    assert isinstance(error, Wrong)
    errors = [{"field": name, "message": text} for name, text in error.errors.items()]
    return JSONResponse({"errors": errors}, error.status)


def create_app(database: str) -> Starlette:
    app = Starlette(
        routes=[Route("/health", health), Route("/style.css", style), *api.ROUTES, *pages.ROUTES],
        middleware=[Middleware(LimitBody)],
        exception_handlers={HTTPException: show_fault, Wrong: show_wrong},
    )
    app.state.store = Store(database)
    return app


app = create_app(os.environ["SHELF_DATABASE"])
