"""What the application answers when it refuses input."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse


def add_error_handlers(app: FastAPI) -> None:
    @app.exception_handler(RequestValidationError)
    async def refuse_input(
        request: Request,
        error: RequestValidationError,
    ) -> JSONResponse:
        """Say where and why input was refused, without repeating it.

        FastAPI's own answer repeats the input. Some input cannot be written as JSON again
        (NaN, half of a surrogate pair): repeating it would turn a 422 into a 500.
        """
        problems = [
            {"type": problem["type"], "loc": problem["loc"], "msg": problem["msg"]}
            for problem in error.errors()
        ]
        return JSONResponse({"detail": problems}, status_code=422)
