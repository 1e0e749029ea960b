"""An app in production takes the usual one's place at its address, and gives it back."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from sandbox.errors import ServerError
from sandbox.run.process import Launch, Server
from sandbox.run.production import InProduction
from tests.run.test_process import free_port

APP = """
import os, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

if "SECRET_KEY" not in os.environ and sys.argv[2] == "production":
    sys.exit("SECRET_KEY is missing.")

class Hello(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write((sys.argv[2] + os.environ.get("GREETING", "")).encode())

ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Hello).serve_forever()
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Return a running app in its usual way."""
    port = str(free_port())
    command = (sys.executable, "-c", APP, port, "usual")
    with Server(Launch(command, f"http://127.0.0.1:{port}", tmp_path, tmp_path / "log.txt")) as app:
        yield app


@pytest.fixture
def production(server: Server) -> Iterator[InProduction]:
    command = (*server.launch.command[:-1], "production")
    made = InProduction(server, command)
    yield made
    made.leave()


def says(server: Server) -> str:
    return httpx2.get(server.launch.url, timeout=60, trust_env=False).text


def test_a_restart_takes_variables_for_this_once(server: Server) -> None:
    server.restart({"GREETING": " and hello", "HOME": None})
    assert says(server) == "usual and hello"
    server.restart()
    assert says(server) == "usual"


def test_production_takes_the_address_and_gives_it_back(
    server: Server, production: InProduction
) -> None:
    production.start({"SECRET_KEY": "x"})
    assert says(server) == "production"
    production.start({"SECRET_KEY": "x", "GREETING": "!"})
    assert says(server) == "production!"
    production.leave()
    assert says(server) == "usual"


def test_a_refusal_is_told_with_code_and_output(production: InProduction) -> None:
    ended = production.refuse({"SECRET_KEY": None})
    assert ended is not None
    assert (ended.code, ended.output) == (1, "SECRET_KEY is missing.")
    with pytest.raises(ServerError, match="ended before it answered"):
        production.start({})


def test_an_end_is_told_with_its_time(production: InProduction) -> None:
    production.start({"SECRET_KEY": "x"})
    began = time.monotonic()
    ended = production.stop()
    assert 0 <= ended.seconds <= time.monotonic() - began
    assert ended.code not in {0, None}
