"""Pass news on to everybody who listens in this process."""

from queue import Empty, Full, Queue
from threading import Lock

QUIET = 5  # seconds: only someone who writes notices that the reader has left
WAITING = 1000  # news that may wait for a slow reader

listeners = set()
changing = Lock()


def publish(news):
    with changing:  # everybody hears the same order
        for queue in list(listeners):
            try:
                queue.put_nowait(news)
            except Full:
                listeners.discard(queue)


def listen():
    """Yield all news from now on, and None at the beginning and in quiet moments."""
    queue = Queue(WAITING)
    with changing:
        listeners.add(queue)
    try:
        yield None
        while queue in listeners:
            try:
                yield queue.get(timeout=QUIET)
            except Empty:
                yield None
    finally:
        with changing:
            listeners.discard(queue)
