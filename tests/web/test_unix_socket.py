"""The pages at a file that only its owner can open."""

import http.client
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.security,
    pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="needs Unix sockets"),
]
_COMMAND = (sys.executable, "-c", "from sandbox.cli import main; raise SystemExit(main())")


class AtFile(http.client.HTTPConnection):
    """An HTTP connection to a socket that is a file."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=30)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(30)
        self.sock.connect(str(self._path))


def ask(path: Path, address: str) -> tuple[int, str]:
    """Return the status and text that the pages at a file answer to a hub's request."""
    connection = AtFile(path)
    try:
        connection.request("GET", address, headers={"Host": "hub.school.example"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@contextmanager
def served_at(path: Path, *options: str) -> Iterator[None]:
    """Serve at a file until the end of the block."""
    words = ("serve", "--no-open", "--unix-socket", str(path), *options)
    server = subprocess.Popen(
        (*_COMMAND, "--workspace", str(path.parent / "workspace"), *words),
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    assert server.stderr is not None
    try:
        printed = iter(server.stderr.readline, "")
        assert any("Press Ctrl-C" in line for line in printed)
        yield
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
        server.stderr.close()


def test_the_pages_answer_at_a_file_of_mode_600_that_goes_with_the_server(tmp_path: Path) -> None:
    path = tmp_path / "pages.sock"
    with served_at(path, "--no-token", "--base-url", "/user/ada/sandbox"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        status, page = ask(path, "/user/ada/sandbox/build")
        assert status == 200
        assert 'href="/user/ada/sandbox/compare' in page
    assert not path.exists()


def test_a_socket_left_by_a_killed_server_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pages.sock"
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(path))
    left.close()
    with served_at(path, "--no-token"):
        assert ask(path, "/help.txt")[0] == 200


@pytest.mark.parametrize("kind", ["a file", "a socket in use"])
def test_what_is_somebody_elses_stays(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "pages.sock"
    if kind == "a file":
        path.write_text("mine")
        _assert_refused(path)
        assert path.read_text() == "mine"
        return
    with socket.socket(socket.AF_UNIX) as other:
        other.bind(str(path))
        other.listen()
        _assert_refused(path)
        assert path.exists()


def _assert_refused(path: Path) -> None:
    words = ("serve", "--no-open", "--unix-socket", str(path))
    done = subprocess.run(
        (*_COMMAND, "--workspace", str(path.parent / "workspace"), *words),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=dict(os.environ),
    )
    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert "Traceback" not in done.stderr
