"""Tell open pages that something changed: one stream a browser, and few threads of the server.

An event does not hold what changed. It says by a hash which states are true now, so that a page
that shows others asks for itself again, and how long each log is, so that the rest is fetched.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from threading import Event, Lock
from typing import cast

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import ServiceUnavailable

from sandbox.run.marks import Mark

MOST_STREAMS = 48  # of the server's 64 threads: the others are for pages
_PAUSE = 0.2  # seconds between two looks
_HEARTBEAT = 10.0  # seconds without an event, after which a line shows that somebody is there
_RETRY = 1500  # milliseconds until a browser asks again


Look = Callable[[], Mapping[str, Mark]]


class StreamsTaken(ServiceUnavailable):
    """So many pages are open that another stream would leave too few threads for the rest."""

    description = (
        f"{MOST_STREAMS} pages follow the apps live already, and there is room for no more."
    )
    hint = "Close a few of them; this page works by reloading it."


class Events:
    """Hold the open streams; `look` says what all of them have to know."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._lock = Lock()
        self._open = 0
        self._closed = Event()
        self._last: tuple[float, str, str] = (0.0, "", "")

    def response(self) -> Response:
        """Answer with a stream that ends with the browser or the server; raises `StreamsTaken`."""
        with self._lock:
            if self._open >= MOST_STREAMS:
                raise StreamsTaken
            self._open += 1
        answer = Response(self._lines(_gone()), mimetype="text/event-stream")
        answer.call_on_close(self._release)
        return answer

    def seen(self) -> str:
        """Return the hash of the states as they are now, which a page that shows them carries."""
        return self._now()[0]

    def close(self) -> None:
        """End all streams."""
        self._closed.set()

    def _release(self) -> None:
        with self._lock:
            self._open -= 1

    def _lines(self, gone: Callable[[], bool]) -> Iterator[str]:
        yield f"retry: {_RETRY}\n\n"
        told, last = "", time.monotonic()
        while not gone():
            _, now = self._now()
            if now != told:
                told, last = now, time.monotonic()
                yield f"event: apps\ndata: {now}\n\n"
            elif time.monotonic() - last > _HEARTBEAT:
                last = time.monotonic()
                yield ":\n\n"
            if self._closed.wait(_PAUSE):
                return

    def _now(self) -> tuple[str, str]:
        """Return the hash and the event, looked up once for all who ask at about this time."""
        with self._lock:
            at, seen, event = self._last
            if time.monotonic() - at >= _PAUSE / 2:
                marks = self._look()
                states = json.dumps({name: marks[name].state for name in sorted(marks)})
                seen = hashlib.sha256(states.encode()).hexdigest()[:16]
                logs = {name: mark.log for name, mark in marks.items()}
                event = json.dumps({"seen": seen, "logs": logs})
                self._last = (time.monotonic(), seen, event)
            return seen, event


def current_events() -> Events:
    """Return the streams of the app that handles this request."""
    return cast("Events", current_app.extensions["events"])


def end_streams(app: Flask) -> None:
    """End the streams of an app; the public site has none."""
    if events := cast("Events | None", app.extensions.get("events")):
        events.close()


def _gone() -> Callable[[], bool]:
    """Return what tells whether the browser has hung up; only waitress knows."""
    return request.environ.get("waitress.client_disconnected", lambda: False)
