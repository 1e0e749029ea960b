"""The page at /docs with nothing from another host, and the errors it should speak of."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

ASSETS = "/docs/assets"


def add_docs(app: FastAPI) -> None:
    """Serve Swagger UI from here; FastAPI's own page fetches it from the internet."""
    app.summary = "The books of a reading club, for other programs."
    app.mount(ASSETS, StaticFiles(packages=[("fastapi_offline", "static")]))

    @app.get("/docs", include_in_schema=False)
    async def read_docs() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url="/openapi.json",
            title=app.title,
            swagger_js_url=f"{ASSETS}/swagger-ui-bundle.js",
            swagger_css_url=f"{ASSETS}/swagger-ui.css",
            swagger_favicon_url=f"{ASSETS}/favicon.png",
        )

    describe = app.openapi

    def describe_with_errors() -> dict[str, Any]:
        if app.openapi_schema is None:
            add_errors(describe())
        return describe()  # kept by FastAPI since the first time

    app.openapi = describe_with_errors


def add_errors(schema: dict[str, Any]) -> None:
    """Tell what FastAPI cannot see: the errors that are raised inside of functions."""
    sentence = {"type": "object", "properties": {"detail": {"type": "string"}}}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            for status, why in errors_of(path, method):
                answer = {
                    "description": why,
                    "content": {"application/json": {"schema": sentence}},
                }
                operation["responses"].setdefault(status, answer)


def errors_of(path: str, method: str) -> Iterator[tuple[str, str]]:
    sends_book = path in ("/api/books", "/api/books/{book_id}")
    if method in ("post", "patch"):
        yield "400", "The body is malformed"
    if "{" in path:
        yield "404", "There is nothing with this id"
    if sends_book and method in ("post", "patch"):
        yield "409", "Another book has this ISBN"
