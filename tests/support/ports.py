"""Ports for servers of tests, and waiting for what answers there."""

import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest


def free_port() -> int:
    """Return a port that nobody listens at just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def read_when_ready(url: str, server: subprocess.Popen[bytes], patience: float = 60) -> str:
    """Return the body of a page as soon as the server answers; fails if it ends before."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"{url} never answered")


def wait_until_listening(port: int, server: subprocess.Popen[bytes], patience: float = 60) -> bool:
    """Return True as soon as somebody listens at the port, False if nobody ever does."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return True
        except OSError:
            time.sleep(0.1)
    return False
