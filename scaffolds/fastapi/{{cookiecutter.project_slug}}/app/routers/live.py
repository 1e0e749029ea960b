"""The stream of new books, as server-sent events."""

from collections.abc import AsyncIterator

from fastapi import APIRouter
from fastapi.sse import EventSourceResponse, ServerSentEvent

from app.live import listening

router = APIRouter(prefix="/api/live", tags=["live"])


@router.get("", response_class=EventSourceResponse)
async def watch_books() -> AsyncIterator[ServerSentEvent]:
    """Send each book as it is added; FastAPI sends a comment after 15 quiet seconds."""
    with listening() as queue:
        yield ServerSentEvent(comment="From here on you miss nothing.")
        while book := await queue.get():
            yield ServerSentEvent(event="book", data=book)
