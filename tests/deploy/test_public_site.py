"""The public site as it is deployed: gunicorn with our settings, nginx with our configuration."""

import gzip
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.support.ports import free_port, wait_until_listening

pytestmark = [pytest.mark.slow, pytest.mark.load]

DEPLOY = Path(__file__).parents[2] / "deploy" / "public"
NAME = "shelf.example"
PAGES = ("/", "/build", "/compare", "/learn", "/learn/django/auth", "/frameworks", "/claims")
SLOW_READERS = 300


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


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("public")
    ports = Site(free_port(), free_port())
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", str(DEPLOY / "gunicorn.conf.py")]
    # Started as root, the workers of nginx would become somebody who cannot write here.
    said = "daemon off; user root;" if os.geteuid() == 0 else "daemon off;"
    nginx = [_nginx(), "-e", "stderr", "-g", said, "-c", str(_configured(folder, ports))]
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


def _nginx() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    assert found, "These tests need nginx: apt-get install nginx"
    return found


def _configured(folder: Path, ports: Site) -> Path:
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


def test_the_configuration_of_nginx_is_right(tmp_path: Path) -> None:
    configured = _configured(tmp_path, Site(1, 2))
    done = subprocess.run(
        [_nginx(), "-t", "-e", "stderr", "-c", str(configured)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_the_dockerfile_has_nothing_to_complain_about() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("hadolint")), str(DEPLOY / "Dockerfile")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_kept_compressed_and_revalidated(site: Site, path: str) -> None:
    direct = site.ask(path, port=site.app)
    assert direct.status == 200
    first = site.ask(path, Accept_Encoding="gzip")
    again = site.ask(path, Accept_Encoding="gzip")
    assert again.headers["x-cache"] == "HIT"
    assert again.headers["content-encoding"] == "gzip"
    assert gzip.decompress(first.body) == gzip.decompress(again.body) == direct.body
    assert again.headers["etag"].removeprefix("W/") == direct.headers["etag"]
    for port in (site.app, site.nginx):
        same = site.ask(path, port=port, If_None_Match=direct.headers["etag"])
        assert (same.status, same.body) == (304, b"")


def test_both_workers_give_the_same_tags(site: Site) -> None:
    tags = {
        (path, site.ask(path, port=site.app).headers["etag"]) for path in PAGES for _ in range(8)
    }
    assert len(tags) == len(PAGES)


def test_nothing_is_written_and_foreign_names_are_refused(site: Site) -> None:
    connection = HTTPConnection("127.0.0.1", site.nginx, timeout=60)
    connection.request("POST", "/build", "framework=flask", {"Host": NAME})
    assert connection.getresponse().status == 404
    connection.close()
    assert site.ask("/", Host="evil.example").status == 400
    assert site.ask("/lab").status == 404


def test_slow_readers_keep_nobody_waiting(site: Site) -> None:
    """Half of them never end their headers, half never read what they asked for."""
    with ExitStack() as stack:
        for number in range(SLOW_READERS):
            reader = stack.enter_context(socket.create_connection(("127.0.0.1", site.nginx)))
            half = b"GET /compare HTTP/1.1\r\nHost: shelf.example\r\n"
            reader.sendall(half if number % 2 else half + b"\r\n")
        for _ in range(15):
            assert site.ask("/learn").status == 200
