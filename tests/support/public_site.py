"""The public site as it is deployed: gunicorn with our settings, nginx with our configuration."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from tests.support.ports import free_port, wait_until_listening

DEPLOY = Path(__file__).parents[2] / "deploy" / "public"
NAME = "shelf.example"


@dataclass(frozen=True)
class Reply:
    """What came back: status, header names in lower case, and the body as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Site:
    """The ports of the two servers."""

    app: int
    nginx: int

    def ask(self, path: str, *, port: int | None = None, **headers: str) -> Reply:
        """Send one GET to nginx, or to the server at `port`; `_` in a name stands for `-`."""
        connection = HTTPConnection("127.0.0.1", port or self.nginx, timeout=60)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", path, headers={"Host": NAME, **named})
            return _read(connection.getresponse())
        finally:
            connection.close()


def _read(answer: HTTPResponse) -> Reply:
    headers = {name.lower(): value for name, value in answer.getheaders()}
    return Reply(answer.status, headers, answer.read())


@contextmanager
def public_site(folder: Path) -> Iterator[Site]:
    """Run both servers for a block, with their files in `folder`."""
    ports = Site(free_port(), free_port())
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", str(DEPLOY / "gunicorn.conf.py")]
    # Started as root, the workers of nginx would become somebody who cannot write here.
    said = "daemon off; user root;" if os.geteuid() == 0 else "daemon off;"
    nginx = [nginx_program(), "-e", "stderr", "-g", said, "-c", str(configured(folder, ports))]
    with (
        _running([*gunicorn, "--bind", f"127.0.0.1:{ports.app}"], folder / "app.log", ports.app),
        _running(nginx, folder / "nginx.log", ports.nginx),
    ):
        yield ports


@contextmanager
def _running(command: list[str], log: Path, port: int) -> Iterator[None]:
    """Run a server for a block, from when its port answers to its end."""
    environment = {**os.environ, "SANDBOX_HOSTS": NAME}
    with log.open("wb") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
    try:
        assert wait_until_listening(port, server), log.read_text()
        yield
    finally:
        server.terminate()
        server.wait(30)


def nginx_program() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    assert found, "These tests need nginx: apt-get install nginx"
    return found


def configured(folder: Path, ports: Site) -> Path:
    """Return our configuration with the addresses and folders of this test."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for ours, here in (
        ("server app:8000;", f"server 127.0.0.1:{ports.app};"),
        ("listen 8080;", f"listen 127.0.0.1:{ports.nginx};"),
        ("/tmp/", f"{folder}/nginx-"),
    ):
        assert ours in text
        text = text.replace(ours, here)
    path = folder / "nginx.conf"
    path.write_text(text, encoding="utf-8")
    return path
