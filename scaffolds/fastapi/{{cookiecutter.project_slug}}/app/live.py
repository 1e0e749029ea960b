"""Tells everybody who listens about each new book, within this one process."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from app.schemas import BookPublic

News = asyncio.Queue[BookPublic | None]

listeners: set[tuple[asyncio.AbstractEventLoop, News]] = set()
one_at_a_time = Lock()


@contextmanager
def listening() -> Iterator[News]:
    """Lend a queue that receives every book from now on; it ends with None."""
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
