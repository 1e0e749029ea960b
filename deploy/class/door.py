"""The door of one learner, which the hub starts: `jupyter-standaloneproxy` with the apps beside.

What its command starts, the pages, is shown at the learner's own address, and an app that the
learner runs at a port of this computer at `proxy/PORT/` below it. Whoever is not that learner is
sent to the hub's sign-in.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from jupyter_server_proxy.handlers import RewritableResponse, SuperviseAndProxyHandler
from jupyter_server_proxy.standalone.app import StandaloneProxyServer
from jupyter_server_proxy.standalone.proxy import make_standalone_proxy
from tornado.httputil import HTTPServerRequest
from tornado.web import Application, HTTPError, RedirectHandler

_LISTENING = "0A"


class OwnApp(SuperviseAndProxyHandler):
    """Pass a request on to the port in its path, if it is this learner who listens there."""

    unix_socket = None

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.rewrite_response = _keep_location

    @property
    def port(self) -> int:
        """Return the port that the address names."""
        path = self.request.path.removeprefix(f"{self.base_url.rstrip('/')}/proxy/")
        return int(path.partition("/")[0])

    async def ensure_process(self) -> None:
        """Refuse the port of anybody else: their app would be handed this learner's cookies."""
        if set(_owners(self.port)) != {os.getuid()}:
            raise HTTPError(404, reason="No app of yours runs at this port")

    async def get(self, *args: str, **options: str) -> None:
        """Refuse a WebSocket of a stranger, whom nothing else here sends to the sign-in."""
        if self.request.headers.get("Upgrade", "").lower() == "websocket" and not self.current_user:
            raise HTTPError(403)
        await super().get(*args, **options)


class Door(StandaloneProxyServer):
    """The pages of a learner, and their apps beside them."""

    def create_app(self) -> Application:
        """Return what answers: the apps come first, for the pages answer to everything else."""
        app = super().create_app()
        handler, options = make_standalone_proxy(OwnApp, {"state": {}})
        place = rf"{re.escape(self.base_url)}/proxy/[0-9]{{1,5}}"
        add_slash = (rf"({place})", RedirectHandler, {"url": "{0}/"})
        app.add_handlers(".*", [add_slash, (rf"{place}/(.*)", handler, options)])
        return app


def _keep_location(response: RewritableResponse, request: HTTPServerRequest) -> None:
    """Name the host in a redirect, so that the path, which is whole, gets no second prefix."""
    location = response.headers.get("Location", "")
    if location.startswith("/") and not location.startswith("//"):
        response.headers["Location"] = f"//{request.host}{location}"


def _owners(port: int) -> Iterator[int]:
    """Yield whose sockets listen at a port, as Linux tells it."""
    for table in ("tcp", "tcp6"):
        for line in Path("/proc/net", table).read_text(encoding="ascii").splitlines()[1:]:
            _, local, _, state, _, _, _, owner, *_ = line.split()
            if state == _LISTENING and int(local.rpartition(":")[2], 16) == port:
                yield int(owner)


if __name__ == "__main__":
    Door.launch_instance()
