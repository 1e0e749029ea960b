"""An app for the console's tests: small answers, good and bad, each at a path of its own."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

FORM = """<!doctype html><title>New</title><meta name="csrf-token" content="for-scripts">
<form method="post" action="/form"><input type="hidden" name="csrf_token" value="hidden-secret">
<input name="title"></form>"""


class App(BaseHTTPRequestHandler):
    """Answer by path; `server.app_name` makes two apps differ."""

    protocol_version = "HTTP/1.1"
    server: "Named"

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/echo":
            self.say_json(200, {"path": self.path, "headers": list(self.headers.items())})
        elif path == "/book":
            other = {"pages": 3} if self.server.app_name == "b" else {}
            self.say_json(200, {"title": "Sea", "tags": ["x", self.server.app_name], **other})
        elif path == "/away":
            self.say(302, b"", ("Location", "http://192.0.2.1/"))
        elif path == "/":
            self.say(302, b"", ("Location", "/form"))
        elif path == "/form":
            cookie = ("Set-Cookie", f"session_{self.server.app_name}=one; Path=/; HttpOnly")
            self.say(200, FORM.encode(), ("Content-Type", "text/html"), cookie)
        elif path == "/large":
            self.say(200, b"x" * 3_000_000, ("Content-Type", "text/plain"))
        elif path == "/slow":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\nbegin")
            self.wfile.flush()
            self.server.over.wait(30)
        elif path == "/silent":
            self.server.over.wait(30)
        elif path == "/other":
            self.wfile.write(b"SSH-2.0-OpenSSH\r\n")
        elif path == "/out":
            self.say(200, b"", ("Set-Cookie", f"session_{self.server.app_name}=; Max-Age=0"))
        elif path.startswith("/status/"):
            given = path.split("/")[2].split("-")
            place = 1 if self.server.app_name == "b" and len(given) > 1 else 0
            self.say_json(int(given[place]), {"detail": self.server.app_name})
        else:
            self.say_json(404, {"detail": "nothing here"})
        self.close_connection = True

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        told = {
            "body": content,
            "form": parse_qs(content, keep_blank_values=True),
            "headers": {name.lower(): value for name, value in self.headers.items()},
        }
        self.say_json(201, told)
        self.close_connection = True

    def say_json(self, status: int, value: object) -> None:
        self.say(status, json.dumps(value).encode(), ("Content-Type", "application/json"))

    def say(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:  # the console reads no more than it wants
            return


class Named(ThreadingHTTPServer):
    """A server that knows which of the apps it is, and when the test is over."""

    daemon_threads = True

    def __init__(self, app_name: str) -> None:
        super().__init__(("127.0.0.1", 0), App)
        self.app_name = app_name
        self.over = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def running(*names: str) -> Iterator[dict[str, str]]:
    """Run an app for each name; yield their addresses by name."""
    servers = [Named(name) for name in names]
    threads = [threading.Thread(target=each.serve_forever, args=(0.01,)) for each in servers]
    for thread in threads:
        thread.start()
    try:
        yield {each.app_name: each.address for each in servers}
    finally:
        for server, thread in zip(servers, threads, strict=True):
            server.over.set()
            server.shutdown()
            server.server_close()
            thread.join()
