"""Errors in the look of the site; the API keeps answering JSON."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException as AnyHTTPException

from app.templating import templates


class PageRoute(APIRoute):
    """Take an address that cannot be read, such as /books/first, for one that is missing."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_page(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError:
                raise HTTPException(status_code=404) from None

        return handle_page


def add_error_pages(app: FastAPI) -> None:
    # Starlette's class, of which FastAPI's is a child: an unknown address raises it.
    @app.exception_handler(AnyHTTPException)
    async def show_error(request: Request, error: AnyHTTPException) -> Response:
        """Answer JSON to programs and a page to people."""
        for_programs = f"{request.url.path}/".startswith("/api/")
        if for_programs or error.status_code < 400:
            return await http_exception_handler(request, error)
        return templates.TemplateResponse(
            request,
            "error.html",
            {"error": error},
            status_code=error.status_code,
            headers=error.headers,
        )
