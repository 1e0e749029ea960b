"""A class as it is deployed: learners behind a real JupyterHub who look around."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx2
import pytest

from tests.support.class_hub import Learner, class_hub, opened, signed_in
from tests.support.ports import free_port, read_when_ready

pytestmark = [pytest.mark.slow, pytest.mark.load, pytest.mark.timeout(400)]

LEARNERS = ("ada", "grace", "alan")
_NOBODY = 65534
_SITE = """
import encodings.idna, os, socket, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"an app")

class Site(ThreadingHTTPServer):
    address_family = socket.AF_INET6 if ":" in sys.argv[3] else socket.AF_INET

os.setuid(int(sys.argv[1]))
Site((sys.argv[3], int(sys.argv[2])), Answer).serve_forever()
"""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with class_hub(tmp_path_factory.mktemp("class")) as address:
        yield address


@pytest.fixture(scope="module")
def learners(hub: str) -> Iterator[list[Learner]]:
    found = [signed_in(hub, name) for name in LEARNERS]
    yield found
    for each in found:
        each.browser.close()


def test_every_link_stays_within_the_learners_own_prefix(learners: list[Learner]) -> None:
    for learner in learners:
        own = f"/user/{learner.name}/"
        page = opened(learner).text
        assert "Framework Sandbox" in page
        links = set(re.findall(r'(?:href|src|action)="([^"#][^"]*)"', page))
        assert links
        assert all(link.startswith((own, "?")) for link in links if not urlsplit(link).netloc)
        opened_by_get = set(re.findall(r'(?:href|src)="([^"#][^"]*)"', page))
        broken = [
            link for link in opened_by_get if learner.browser.get(_absolute(learner, link)).is_error
        ]
        assert broken == []


def _absolute(learner: Learner, link: str) -> str:
    return urljoin(f"{learner.pages}/", link)


def test_a_learner_reads_and_writes_nothing_of_another(hub: str, learners: list[Learner]) -> None:
    ada, grace = learners[0], learners[1]
    opened(ada), opened(grace)
    made = ada.browser.post(
        f"{ada.pages}/api/projects",
        json={"framework": "flask", "name": "Diary"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert made.status_code == 201, made.text
    assert [each["folder"] for each in grace.ask("/api/projects").json()["projects"]] == []
    for path in ("/api/projects", "/lab", "/"):
        foreign = grace.browser.get(f"{hub}/user/ada{path}")
        assert foreign.status_code in (403, 404), path
        assert "Diary" not in foreign.text


@pytest.fixture
def site_of() -> Iterator[Callable[[int, str], int]]:
    """Start a small website as a user, given as number, at an address; return its port."""
    sites: list[subprocess.Popen[bytes]] = []

    def start(user: int, address: str) -> int:
        port = free_port()
        words = (sys.executable, "-c", _SITE, str(user), str(port), address)
        sites.append(subprocess.Popen(words, stderr=subprocess.DEVNULL))
        host = f"[{address}]" if ":" in address else address
        read_when_ready(f"http://{host}:{port}/", sites[-1], 60)
        return port

    yield start
    for each in sites:
        each.terminate()
        each.wait(30)


def test_a_learner_sees_their_own_apps_at_their_ports_and_nobody_else_does(
    hub: str, learners: list[Learner], site_of: Callable[[int, str], int]
) -> None:
    ada, grace = learners[0], learners[1]
    opened(ada), opened(grace)
    port = site_of(os.getuid(), "127.0.0.1")
    assert ada.ask(f"/proxy/{port}/").text == "an app"
    assert ada.ask(f"/proxy/{port}").url.path == f"/user/ada/proxy/{port}/"
    assert grace.browser.get(f"{ada.pages}/proxy/{port}/").status_code in (403, 404)
    stranger = httpx2.get(f"{hub}/user/ada/proxy/{port}/", follow_redirects=True, trust_env=False)
    assert stranger.url.path == "/hub/login"
    socket = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    opening = {**socket, "Sec-WebSocket-Key": "c2hlbGY="}
    asked = httpx2.get(f"{hub}/user/ada/proxy/{port}/", headers=opening, trust_env=False)
    assert asked.status_code == 403


@pytest.mark.skipif(os.getuid() != 0, reason="takes a second user of this computer")
@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_no_request_of_a_learner_reaches_a_port_where_somebody_else_listens(
    learners: list[Learner], site_of: Callable[[int, str], int], address: str
) -> None:
    """Their app would be handed the cookies by which the hub knows the learner."""
    ada = learners[0]
    opened(ada)
    port = site_of(_NOBODY, address)
    answer = ada.ask(f"/proxy/{port}/")
    assert answer.status_code == 404
    assert "an app" not in answer.text
    assert ada.ask(f"/proxy/{free_port()}/").status_code == 404


def test_nobody_listens_at_a_port_of_the_pages(learners: list[Learner]) -> None:
    """What the hub starts for a learner can be reached at a file of mode 600 only."""
    opened(learners[0])
    sockets = _sockets()
    assert sockets
    for path in sockets:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700, path


def _sockets() -> list[Path]:
    lines = Path("/proc/net/unix").read_text(encoding="utf-8").splitlines()[1:]
    paths = {Path(line.split()[-1]) for line in lines if "/jupyter-server-proxy-" in line}
    return [path for path in paths if path.exists()]
