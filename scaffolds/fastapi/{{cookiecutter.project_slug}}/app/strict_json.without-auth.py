"""JSON as its standard defines it: Python's parser also takes NaN and Infinity."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.routing import APIRoute


class StrictJSONRequest(Request):
    async def json(self) -> Any:
        return json.loads(await self.body(), parse_constant=refuse_constant)


class StrictJSONRoute(APIRoute):
    """Hand its routes a request that reads JSON strictly."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Response:
            return await handle(StrictJSONRequest(request.scope, request.receive))

        return handle_strictly


def refuse_constant(name: str) -> None:
    raise HTTPException(status_code=400, detail=f"{name} is not a JSON value.")
