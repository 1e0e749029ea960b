"""Live updates: a stream that tells of every new book."""

from collections.abc import Iterator
from queue import Empty, Full, Queue
from threading import Lock
from typing import Any

from flask import Blueprint, Flask, Response, current_app, json
from werkzeug.exceptions import ServiceUnavailable

bp = Blueprint("live", __name__)
MOST_LISTENERS = 32  # each of them keeps one of the server's threads
SILENCE = 5  # seconds; the server notices that a listener left when it next writes


class Listeners:
    """Hand each message to all who listen to this process, in the same order."""

    def __init__(self) -> None:
        self.queues: set[Queue[str]] = set()
        self.lock = Lock()

    def join(self) -> Queue[str]:
        """Return a queue for one more listener, if there is a place left."""
        queue: Queue[str] = Queue(maxsize=100)
        with self.lock:
            if len(self.queues) >= MOST_LISTENERS:
                raise ServiceUnavailable("All places are taken.", retry_after=60)
            self.queues.add(queue)
        return queue

    def tell(self, message: str) -> None:
        """Give everybody the message; forget who has left a hundred unread."""
        with self.lock:
            for queue in list(self.queues):
                try:
                    queue.put_nowait(message)
                except Full:
                    self.queues.discard(queue)

    def wait(self, queue: Queue[str]) -> Iterator[str]:
        """Yield messages, and a comment now and then while there are none."""
        yield ": listening\n\n"
        while queue in self.queues:
            try:
                yield queue.get(timeout=SILENCE)
            except Empty:
                yield ": nothing new\n\n"

    def leave(self, queue: Queue[str]) -> None:
        with self.lock:
            self.queues.discard(queue)


def init_app(app: Flask) -> None:
    """Give each app its own listeners."""
    app.extensions["live"] = Listeners()


def publish(book: dict[str, Any]) -> None:
    """Tell all listeners of a book, once it is stored."""
    current_app.extensions["live"].tell(f"event: book\ndata: {json.dumps(book)}\n\n")


@bp.get("/live")
def stream() -> Response:
    """Send every new book as a server-sent event, until the listener leaves."""
    listeners: Listeners = current_app.extensions["live"]
    queue = listeners.join()
    response = Response(listeners.wait(queue), mimetype="text/event-stream")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Accel-Buffering"] = "no"  # a proxy passes events on at once
    response.call_on_close(lambda: listeners.leave(queue))
    return response
