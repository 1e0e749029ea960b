"""The server that carries the pages: waitress on this computer only, unless told otherwise."""

import errno
import select
import socket
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from threading import Thread
from typing import Any

from flask import Flask
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from sandbox.errors import ServerError
from sandbox.web.app import create_app
from sandbox.web.connections import ClosingChannel, EndingDispatcher, connection_limit
from sandbox.web.events import end_streams
from sandbox.web.security import BODY_LIMIT
from sandbox.web.settings import DEFAULT_PORT, OWN_NAME, Settings
from sandbox.web.unix_socket import listen_at, remove
from sandbox.workshop import Workshop

# Streams that stay open must never leave a page without a thread.
THREADS = 64
# Above our own limit, so that a body between the two gets our page instead of a bare line.
_HARD_LIMIT = 4 * BODY_LIMIT
# Other programs on this host can fill a browser's cookie jar: 180 cookies of 4 kB come through.
_HEADER_LIMIT = 1024 * 1024
_FIRST_PAGES = ("/", "/build")
_NEXT_PAGES = ("/compare", "/learn")
_IDLE = 15  # seconds until a connection on which nothing happens is closed
_NOT_THERE = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT})


def serve(
    workshop: Workshop,
    settings: Settings,
    *,
    on_ready: Callable[[Settings], None] | None = None,
) -> None:
    """Serve until interrupted; `on_ready` is called once the port is ours, to print the link.

    Raises `ServerError` if the port is taken or the address is not this computer's.
    """
    app = create_app(workshop, settings=settings)
    server = _open(app, settings)
    try:
        if not settings.public:
            workshop.lab.sweep()
        _warm(app, _FIRST_PAGES)
        if on_ready is not None:
            on_ready(settings)
        Thread(target=_warm, args=(app, _NEXT_PAGES), daemon=True).start()
        server.run()
    finally:
        server.close()
        if not settings.public:
            workshop.lab.close()
        remove(settings.unix_socket)


def _warm(app: Flask, pages: Iterable[str]) -> None:
    """Make pages once, so that nobody waits for templates and lexers that are loaded then."""
    client = app.test_client()
    for page in pages:
        client.get(page, headers={"Host": OWN_NAME, "Accept": "text/html"})


def _open(app: Flask, settings: Settings) -> BaseWSGIServer | MultiSocketServer:
    with ExitStack() as undo:
        listeners = [undo.enter_context(each) for each in _listen(settings)]
        connections: dict[int, Any] = {}
        dispatcher = EndingDispatcher(lambda: end_streams(app))
        dispatcher.set_thread_count(THREADS)
        server = create_server(
            app,
            map=connections,
            _dispatcher=dispatcher,
            sockets=listeners,
            threads=THREADS,
            url_prefix=settings.prefix,
            max_request_body_size=_HARD_LIMIT,
            max_request_header_size=_HEADER_LIMIT,
            connection_limit=connection_limit(),
            channel_timeout=_IDLE,
            cleanup_interval=_IDLE // 3,
            asyncore_use_poll=hasattr(select, "poll"),
            # One byte ahead is enough to see that who reads a stream has gone.
            channel_request_lookahead=1,
            ident="",
        )
        for listener in connections.values():
            if isinstance(listener, BaseWSGIServer):
                listener.channel_class = ClosingChannel
        undo.pop_all()
    return server


def _listen(settings: Settings) -> list[socket.socket]:
    """Return a socket for each address that this computer has; raises `ServerError`."""
    if settings.unix_socket:
        return [listen_at(settings.unix_socket)]
    found: list[socket.socket] = []
    port = settings.port
    for address in settings.addresses:
        try:
            found.append(_listener(address, port))
            port = found[0].getsockname()[1]
        except OSError as error:
            if found and error.errno in _NOT_THERE:
                continue
            for each in found:
                each.close()
            raise _refusal(address, port, error) from None
    return found


def _listener(address: str, port: int) -> socket.socket:
    # Our own socket: waitress leaves one open behind it when the port is taken.
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    both = address == "::" and socket.has_dualstack_ipv6()
    return socket.create_server((address, port), family=family, backlog=1024, dualstack_ipv6=both)


def _refusal(address: str, port: int, error: OSError) -> ServerError:
    reason = (error.strerror or str(error)).split(" (while")[0].lower()
    shown = f"[{address}]" if ":" in address else address
    if error.errno == errno.EADDRINUSE:
        hint = "Stop the program that uses the port, or choose another: "
    elif error.errno in (errno.EACCES, errno.EPERM):
        hint = "Choose a port that every program may use: "
    else:
        return ServerError(
            f"The pages cannot be served at {shown}:{port}: {reason}.",
            "Name an address of this computer with --host, or leave --host out.",
        )
    other = port + 1 if 1024 <= port < 65535 else DEFAULT_PORT
    return ServerError(
        f"The pages cannot be served at {shown}:{port}: {reason}.", f"{hint}--port {other}."
    )
