"""Tell everybody who listens in this process of new books, as server-sent events."""

import asyncio
import json
import threading
from collections import deque
from contextlib import suppress
from weakref import WeakSet

MAX_LISTENERS = 16  # each keeps one of the server's threads
MAX_WAITING = 1000  # news that a slow listener may leave unread
QUIET = 5  # seconds: only who writes notices that the other end has gone


class Listener:
    def __init__(self):
        self.news = deque()
        self.wake = lambda: None

    def take(self):
        """Yield what is new, or a comment, which browsers skip."""
        if not self.news:
            yield ": nothing new\n\n"
        while self.news:
            yield self.news.popleft()


listeners = WeakSet()  # weak: a stream that nobody ever reads is forgotten as well
changing = threading.Lock()


def join():
    """Return a new listener, or None if there are enough."""
    with changing:
        if len(listeners) >= MAX_LISTENERS:
            return None
        listener = Listener()
        listeners.add(listener)
        return listener


def leave(listener):
    with changing:
        listeners.discard(listener)


def publish(book):
    event = f"event: book\ndata: {json.dumps(book)}\n\n"
    with changing:  # everybody hears the same order
        for listener in list(listeners):
            if len(listener.news) >= MAX_WAITING:
                listeners.discard(listener)
            listener.news.append(event)
            listener.wake()


def listen(listener):
    """Yield all news, and a comment at the beginning and in quiet moments."""
    arrived = threading.Event()
    listener.wake = arrived.set
    try:
        while listener in listeners:
            yield from listener.take()
            arrived.wait(QUIET)
            arrived.clear()
    finally:
        leave(listener)


async def listen_async(listener):
    """Do the same in an event loop, without keeping a thread."""
    arrived = asyncio.Event()
    loop = asyncio.get_running_loop()
    listener.wake = lambda: loop.call_soon_threadsafe(arrived.set)
    try:
        while listener in listeners:
            for event in listener.take():
                yield event
            with suppress(TimeoutError):
                await asyncio.wait_for(arrived.wait(), QUIET)
            arrived.clear()
    finally:
        leave(listener)
