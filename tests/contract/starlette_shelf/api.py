"""The addresses for programs."""

import json
from typing import Any

from starlette.endpoints import HTTPEndpoint
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.contract.starlette_shelf import checked
from tests.contract.starlette_shelf.people import (
    add_book,
    add_review,
    book_of,
    change_book,
    member,
    review_of,
    store,
)


async def json_body(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "Send application/json.")
    try:
        sent = json.loads(await request.body(), parse_constant=lambda _: json.loads(""))
    except (ValueError, RecursionError):
        raise HTTPException(400, "Send well-formed JSON.") from None
    if not isinstance(sent, dict):
        raise HTTPException(400, "Send a JSON object.")
    return sent


class Books(HTTPEndpoint):
    async def get(self, request: Request) -> Response:
        limit, offset = checked.window(request.query_params)
        q = request.query_params.get("q", "")
        return JSONResponse(store(request).books(q, limit, offset))

    async def post(self, request: Request) -> Response:
        member(request)
        values = checked.whole(checked.BOOK, await json_body(request))
        id = add_book(request, values)
        return JSONResponse(store(request).book(id), 201, {"Location": f"/api/books/{id}"})


class Book(HTTPEndpoint):
    async def get(self, request: Request) -> Response:
        return JSONResponse(book_of(request))

    async def patch(self, request: Request) -> Response:
        member(request)
        id = book_of(request)["id"]
        values = checked.changes(checked.BOOK, await json_body(request))
        change_book(request, id, values)
        return JSONResponse(book_of(request))

    async def delete(self, request: Request) -> Response:
        member(request)
        store(request).delete("books", book_of(request)["id"])
        return Response(status_code=204)


class Reviews(HTTPEndpoint):
    async def get(self, request: Request) -> Response:
        window = checked.window(request.query_params)
        return JSONResponse(store(request).reviews(book_of(request)["id"], *window))

    async def post(self, request: Request) -> Response:
        user, book = member(request), book_of(request)
        values = checked.whole(checked.REVIEW, await json_body(request))
        id = add_review(request, user, book, values)
        return JSONResponse(store(request).review(id), 201)


class Review(HTTPEndpoint):
    async def patch(self, request: Request) -> Response:
        id = review_of(request)["id"]
        values = checked.changes(checked.REVIEW, await json_body(request))
        store(request).change("reviews", id, values)
        return JSONResponse(review_of(request))

    async def delete(self, request: Request) -> Response:
        store(request).delete("reviews", review_of(request)["id"])
        return Response(status_code=204)


ROUTES = [
    Route("/api/books", Books),
    Route("/api/books/{id}", Book),
    Route("/api/books/{id}/reviews", Reviews),
    Route("/api/reviews/{id}", Review),
]
