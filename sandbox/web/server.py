"""The server that carries the pages: waitress on this computer only, unless told otherwise."""

from collections.abc import Callable

from waitress.server import create_server

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
    app = create_app(workshop, settings=settings)
    try:
        server = create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=THREADS,
            url_prefix=settings.prefix,
            max_request_body_size=_HARD_LIMIT,
            ident="",
        )
    except OSError as error:
        raise _refusal(settings, error) from None
    if on_ready is not None:
        on_ready(settings)
    try:
        server.run()
    finally:
        server.close()


def _refusal(settings: Settings, error: OSError) -> ServerError:
    reason = (error.strerror or str(error)).lower()
    return ServerError(
        f"The pages cannot be served at {settings.host}:{settings.port}: {reason}.",
        f"Stop the program that uses the port, or choose another: --port {settings.port + 1}.",
    )
