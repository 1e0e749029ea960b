"""Bookshops of our own, that answer as a check wants them to."""

import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, urlsplit

COUNT = 5


@dataclass(frozen=True, slots=True)
class Reply:
    """What a shop answers, after `delay` seconds; `drip` sends it that slowly, byte by byte.

    One that `hangs_up` answers nothing at all.
    """

    body: bytes = b""
    status: int = 200
    delay: float = 0.0
    drip: float = 0.0
    content_type: str = "application/json"
    location: str | None = None
    hangs_up: bool = False


def price(value: object, *, delay: float = 0.0) -> Reply:
    """Return the reply of a shop that has the book at this price."""
    return Reply(json.dumps({"price": value}).encode(), delay=delay)


class Shops:
    """Five bookshops on free ports of this machine; `asked` holds the requests they got."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._replies: list[Reply] = [price(10)] * COUNT
        self.asked: list[tuple[int, str]] = []
        self._servers = [_server(self._answer(number)) for number in range(COUNT)]
        self.urls = [f"http://127.0.0.1:{server.server_port}" for server in self._servers]

    def __enter__(self) -> Self:
        for server in self._servers:
            threading.Thread(
                target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
            ).start()
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def answer_with(self, *replies: Reply) -> None:
        """Have the shops answer so from now on, the last reply for all that remain."""
        with self._lock:
            self._replies = [*replies, *[replies[-1]] * (COUNT - len(replies))]
            self.asked = []

    def _answer(self, number: int) -> Callable[[str], Reply]:
        def answer(path: str) -> Reply:
            with self._lock:
                self.asked.append((number, path))
                return self._replies[number]

        return answer


def isbns_asked(asked: Sequence[tuple[int, str]]) -> list[str]:
    """Return the ISBNs in requests to shops, `""` where there is none."""
    return [parse_qs(urlsplit(path).query).get("isbn", [""])[0] for _, path in asked]


def _server(answer: Callable[[str], Reply]) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = answer(self.path)
            time.sleep(reply.delay)
            if reply.hangs_up:
                return
            try:
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.content_type)
                self.send_header("Content-Length", str(len(reply.body)))
                if reply.location is not None:
                    self.send_header("Location", reply.location)
                self.end_headers()
                self._write(reply)
            except OSError:  # the app has given this shop up, as it should
                return

        def _write(self, reply: Reply) -> None:
            if not reply.drip:
                self.wfile.write(reply.body)
                return
            for number in range(len(reply.body)):
                self.wfile.write(reply.body[number : number + 1])
                time.sleep(reply.drip)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    return server
