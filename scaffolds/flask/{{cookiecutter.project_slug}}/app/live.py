"""Live updates: a stream that tells of every new book."""

from collections.abc import Iterator
from queue import Empty, Full, Queue
from threading import Lock
from typing import Any

from flask import Blueprint, Response, current_app, json
from flask.blueprints import BlueprintSetupState

bp = Blueprint("live", __name__, url_prefix="/api")
SILENCE = 5  # seconds; the server notices that a listener left when it next writes


class Listeners:
    """Hand each message to all who listen, to all in the same order.

    It reaches the listeners of one process. Several processes need a messenger
    between them, such as Redis.
    """

    def __init__(self) -> None:
        self.queues: set[Queue[str]] = set()
        self.lock = Lock()

    def tell(self, message: str) -> None:
        """Give everybody the message; forget who has left a hundred unread."""
        with self.lock:
            for queue in list(self.queues):
                try:
                    queue.put_nowait(message)
                except Full:
                    self.queues.discard(queue)

    def listen(self) -> Iterator[str]:
        """Wait for messages, and send a comment now and then while there are none."""
        queue: Queue[str] = Queue(maxsize=100)
        with self.lock:
            self.queues.add(queue)
        try:
            yield ": listening\n\n"
            while queue in self.queues:
                try:
                    yield queue.get(timeout=SILENCE)
                except Empty:
                    yield ": nothing new\n\n"
        finally:
            with self.lock:
                self.queues.discard(queue)


@bp.record
def add_listeners(state: BlueprintSetupState) -> None:
    """Give each app its own listeners."""
    state.app.extensions["live"] = Listeners()


def publish(book: Any) -> None:
    """Tell all listeners of a book, once it is stored."""
    current_app.extensions["live"].tell(f"event: book\ndata: {json.dumps(book)}\n\n")


@bp.get("/live")
def stream() -> Response:
    """Send every new book as a server-sent event, until the listener leaves."""
    return Response(
        current_app.extensions["live"].listen(),
        mimetype="text/event-stream",
        headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
    )
