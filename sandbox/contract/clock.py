"""The limits of a run: how long an answer may take, a whole run, and how much is asked."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may cost: seconds for one answer and for all, and requests for one check.

    `slack` is for a machine with much else to do: a check grants an app so many times what the
    contract grants it.
    """

    answer_seconds: float = 10.0
    run_seconds: float = 600.0
    requests: int = 5_000
    slack: float = 1.0


class TimeIsUp(Exception):  # noqa: N818 - said of the run, not of the app
    """The run has used up its seconds, or has been called off."""


class Clock:
    """Count down the seconds of a run, and know its open connections, to let go of all at once."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._end = time.monotonic() + limits.run_seconds
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    @property
    def left(self) -> float:
        """Return the seconds that the run still has."""
        return self._end - time.monotonic()

    def answer_deadline(self) -> float:
        """Return when an answer to a request made now must be whole; raises `TimeIsUp`."""
        if self.left <= 0:
            raise TimeIsUp
        return min(time.monotonic() + self.limits.answer_seconds, self._end)

    def call_off(self) -> None:
        """Let no request begin any more, and end those under way, whatever thread they are in."""
        self._end = 0.0
        with self._lock:
            for each in self._open:
                _shut(each)

    def opened(self, made: socket.socket) -> None:
        """Remember a connection; one that opens after the end is shut at once."""
        with self._lock:
            self._open.add(made)
        if self.left <= 0:
            _shut(made)

    def closed(self, made: socket.socket) -> None:
        """Forget a connection."""
        with self._lock:
            self._open.discard(made)


def _shut(made: socket.socket) -> None:
    try:
        made.shutdown(socket.SHUT_RDWR)
    except OSError:  # its other side has gone already
        return
