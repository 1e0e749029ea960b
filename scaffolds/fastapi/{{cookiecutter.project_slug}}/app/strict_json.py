"""JSON as its standard defines it: Python's parser also takes NaN and Infinity."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute


class StrictJSONRequest(Request):
    async def json(self) -> Any:
        """Return the value, or the bytes as they came if they are no JSON.

        FastAPI reads the body before it asks the dependencies. An error raised here would
        reach a visitor who should hear "sign in first"; bytes are refused afterwards.
        """
        body = await self.body()
        try:
            return json.loads(body, parse_constant=refuse_constant)
        except (ValueError, RecursionError):
            return body


class StrictJSONRoute(APIRoute):
    """Hand its routes a request that reads JSON strictly."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Response:
            return await handle(StrictJSONRequest(request.scope, request.receive))

        return handle_strictly


def refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON value")
