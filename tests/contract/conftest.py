"""Serve a WSGI app from a thread, as an app that only its address is known of."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from waitress.server import create_server

Serve = Callable[[Any], str]


@contextmanager
def serving(app: Any) -> Iterator[str]:
    server = create_server(
        app, host="127.0.0.1", port=0, threads=4, clear_untrusted_proxy_headers=True
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve apps until the test ends; returns the base URL."""
    with ExitStack() as stack:
        yield lambda app: stack.enter_context(serving(app))
