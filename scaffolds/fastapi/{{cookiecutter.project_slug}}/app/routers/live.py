"""The stream of new books, as server-sent events."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from ..events import News, listen
from ..schemas import Problem

router = APIRouter(prefix="/api/live", tags=["live"])


@router.get(
    "",
    response_class=EventSourceResponse,
    responses={503: {"model": Problem, "description": "Too many are listening"}},
)
async def watch_books(
    queue: Annotated[News, Depends(listen)],
) -> AsyncIterator[ServerSentEvent]:
    """Send each book as it is added; FastAPI sends a comment after 15 quiet seconds."""
    yield ServerSentEvent(comment="From here on you miss nothing.")
    while book := await queue.get():
        yield ServerSentEvent(event="book", data=book)
