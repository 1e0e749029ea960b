"""The server that carries the pages: waitress on this computer only, unless told otherwise."""

import socket
from collections.abc import Callable

from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from sandbox.errors import ServerError
from sandbox.web.app import create_app
from sandbox.web.security import BODY_LIMIT
from sandbox.web.settings import Settings
from sandbox.workshop import Workshop

# Streams that stay open must never leave a page without a thread.
THREADS = 64
# Above our own limit, so that a body between the two gets our page instead of a bare line.
_HARD_LIMIT = 4 * BODY_LIMIT


def serve(
    workshop: Workshop,
    settings: Settings,
    *,
    on_ready: Callable[[Settings], None] | None = None,
) -> None:
    """Serve until interrupted; `on_ready` is called once the port is ours, to print the link.

    Raises `ServerError` if the port is taken or the address is not this computer's.
    """
    server = open_server(workshop, settings)
    try:
        if on_ready is not None:
            on_ready(settings)
        server.run()
    finally:
        server.close()


def open_server(workshop: Workshop, settings: Settings) -> BaseWSGIServer | MultiSocketServer:
    """Take the port and return a server that waits for `run()`; raises `ServerError`."""
    listener = _listen(settings)
    try:
        return create_server(
            create_app(workshop, settings=settings),
            sockets=[listener],
            threads=THREADS,
            url_prefix=settings.prefix,
            max_request_body_size=_HARD_LIMIT,
            ident="",
        )
    except BaseException:
        listener.close()
        raise


def _listen(settings: Settings) -> socket.socket:
    # Our own socket: waitress leaves one open behind it when the port is taken.
    host = settings.host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, settings.port), family=family, backlog=1024)
    except OSError as error:
        reason = (error.strerror or str(error)).split(" (while")[0].lower()
        raise ServerError(
            f"The pages cannot be served at {settings.host}:{settings.port}: {reason}.",
            "Stop the program that uses the port, or choose another: "
            f"--port {settings.port % 65535 + 1}.",
        ) from None
