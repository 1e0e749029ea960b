"""Serve a WSGI app from a thread, as an app that only its address is known of."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

Serve = Callable[[Any], str]


class Quiet(WSGIRequestHandler):
    """Print nothing: the requests are the test's own."""

    def log(self, type: str, message: str, *args: Any) -> None:
        return


@contextmanager
def serving(app: Any) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve apps until the test ends; returns the base URL."""
    with ExitStack() as stack:
        yield lambda app: stack.enter_context(serving(app))
