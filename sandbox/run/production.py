"""An app as it runs in production, for a while in the place of the one that is being written."""

import time
from collections.abc import Mapping
from dataclasses import replace

from sandbox.contract import Ended
from sandbox.run.process import Server

_STOP_SECONDS = 10.0
_PRINTED_LINES = 200


class InProduction:
    """Start the app of `server` with another command, at the same address; one at a time runs."""

    def __init__(self, server: Server, command: tuple[str, ...]) -> None:
        self._usual = server
        log = server.launch.log.with_name("production.txt")
        self._server = Server(replace(server.launch, command=command, log=log))
        self._changes: Mapping[str, str | None] = {}

    def start(self, changes: Mapping[str, str | None]) -> None:
        """Take the usual app's place; raises `ServerError` when it does not answer.

        One that runs already with these changes goes on.
        """
        if self._server.running and dict(changes) == self._changes:
            return
        self._usual.stop()
        self._server.stop()
        self._server.start(changes)
        self._changes = dict(changes)

    def stop(self) -> Ended:
        """Ask the app to stop as a container does (SIGTERM), and wait for its end."""
        began = time.monotonic()
        code = self._server.end(_STOP_SECONDS)
        ended = Ended(code, time.monotonic() - began, self._printed())
        self._server.stop()
        return ended

    def refuse(self, changes: Mapping[str, str | None]) -> Ended | None:
        """Start the app and wait for its end; `None` when it runs on instead, and is stopped."""
        self._usual.stop()
        self._server.stop()
        self._server.launch.log.write_bytes(b"")
        began = time.monotonic()
        self._server.spawn(changes)
        if self._server.answers_or_ends():
            self._server.stop()
            return None
        code = self._server.wait(0)
        self._server.stop()
        return Ended(code, time.monotonic() - began, self._printed())

    def leave(self) -> None:
        """Bring the usual app back."""
        self._server.stop()
        if not self._usual.running:
            self._usual.start()

    def close(self) -> None:
        """End the app in production, if it runs, and start nothing."""
        self._server.stop()

    def _printed(self) -> str:
        return self._server.last_output(_PRINTED_LINES)
