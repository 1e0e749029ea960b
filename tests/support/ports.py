"""Ports for servers of tests, and waiting for what answers there."""

import os
import random
import socket
import subprocess
import time
import urllib.error
import urllib.request
from itertools import cycle

import pytest

# Below the ports that systems lend to callers: no connection in passing ever holds one of these,
# and whoever knocks at one until a server is up cannot be put through to itself.
_LOWEST, _HIGHEST, _WORKERS = 10_000, 32_000, 16
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_OWN = range(_LOWEST + _WORKER % _WORKERS, _HIGHEST, _WORKERS)
_ports = cycle(random.sample(_OWN, len(_OWN)))


def free_port() -> int:
    """Return a port that nobody listens at, and that no other test of this run is given."""
    return next(port for port in _ports if _is_free(port))


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def read_when_ready(url: str, server: subprocess.Popen[bytes], patience: float = 300) -> str:
    """Return the body of a page as soon as the server answers; fails if it ends before."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"{url} never answered")


def wait_until_listening(port: int, server: subprocess.Popen[bytes], patience: float = 300) -> bool:
    """Return True as soon as somebody listens at the port, False if nobody ever does."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=30):
                return True
        except OSError:
            time.sleep(0.1)
    return False
