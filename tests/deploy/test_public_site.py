"""The public site as it is deployed: gunicorn with our settings, nginx with our configuration."""

import gzip
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.support.public_site import DEPLOY, NAME, Site, configured, nginx_program, public_site

pytestmark = [pytest.mark.slow, pytest.mark.load]

PAGES = ("/", "/build", "/compare", "/learn", "/learn/django/auth", "/frameworks", "/claims")
SLOW_READERS = 300


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with public_site(tmp_path_factory.mktemp("public")) as found:
        yield found


def test_the_configuration_of_nginx_is_right(tmp_path: Path) -> None:
    path = configured(tmp_path, Site(1, 2))
    done = subprocess.run(
        [nginx_program(), "-t", "-e", "stderr", "-c", str(path)],
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
