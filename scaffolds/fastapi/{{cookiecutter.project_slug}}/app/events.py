"""News of each new book for everybody who listens, within this one process."""

import asyncio
from collections.abc import AsyncIterator
from threading import Lock

from fastapi import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from .schemas import BookPublic

MAX_LISTENERS = 100
News = asyncio.Queue[BookPublic | None]

listeners: set[tuple[asyncio.AbstractEventLoop, News]] = set()
one_at_a_time = Lock()


async def listen() -> AsyncIterator[News]:
    """Lend a queue that receives every book from now on; it ends with None."""
    if len(listeners) >= MAX_LISTENERS:
        detail = "Too many are listening. Try again in a while."
        raise HTTPException(503, detail, headers={"Retry-After": "30"})
    queue: News = asyncio.Queue(maxsize=100)
    listener = (asyncio.get_running_loop(), queue)
    listeners.add(listener)
    try:
        yield queue
    finally:
        listeners.remove(listener)


def publish(book: object) -> None:
    """Pass a stored book on to every listener; any thread may call this."""
    news = BookPublic.model_validate(book, from_attributes=True)
    with one_at_a_time:  # so that all listeners hear of two books in the same order
        for loop, queue in listeners.copy():
            # A queue of asyncio belongs to its loop: other threads only leave a message.
            loop.call_soon_threadsafe(deliver, queue, news)


def deliver(queue: News, book: BookPublic) -> None:
    if not queue.full():
        queue.put_nowait(book)
        return
    # This listener reads too slowly. Its stream ends, and a browser will come back.
    while not queue.empty():
        queue.get_nowait()
    queue.put_nowait(None)


class EndStreams:
    """End the streams that the server cancels when it stops, as if they were done."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        except asyncio.CancelledError:
            if not scope.get("path", "").endswith("/api/live"):
                raise
            await send({"type": "http.response.body", "body": b""})
