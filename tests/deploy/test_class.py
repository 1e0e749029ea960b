"""A class as it is deployed: a real JupyterHub with our configuration, and curious learners."""

import os
import re
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx2
import pytest

from tests.support.ports import free_port, read_when_ready

pytestmark = [pytest.mark.slow, pytest.mark.load, pytest.mark.timeout(400)]

ROOT = Path(__file__).parents[2]
CONFIGURATION = ROOT / "deploy" / "class" / "jupyterhub_config.py"
LEARNERS = ("ada", "grace", "alan")
PROXY = Path("node_modules", ".bin", "configurable-http-proxy")
_FOR_THE_TEST = """
load_subconfig({configuration!r})
c.JupyterHub.bind_url = "http://127.0.0.1:{port}/"
c.JupyterHub.hub_port = {hub_port}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.JupyterHub.db_url = "sqlite:///{folder}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{folder}/cookie_secret"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
# Users of their own there are only on a real host; here each learner gets a folder.
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = "{folder}/{{username}}"
"""


@dataclass(frozen=True)
class Learner:
    """One who has signed in, and the address that the hub gave to their pages."""

    name: str
    browser: httpx2.Client
    pages: str

    def ask(self, path: str) -> httpx2.Response:
        return self.browser.get(f"{self.pages}{path}")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("class")
    port, hub_port, api_port = free_port(), free_port(), free_port()
    settings = folder / "settings.py"
    text = _FOR_THE_TEST.format(
        configuration=str(CONFIGURATION),
        port=port,
        hub_port=hub_port,
        api_port=api_port,
        proxy=_proxy(),
        folder=folder,
    )
    settings.write_text(text, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "SANDBOX_WORKSPACE"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    log = folder / "hub.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "--config", str(settings)],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=output,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        read_when_ready(f"{address}/hub/login", server, 120)
        yield address
    finally:
        server.terminate()
        server.wait(60)


def _proxy() -> str:
    """Return the proxy that JupyterHub's documentation names, fetched with npm where it is not."""
    if found := shutil.which("configurable-http-proxy"):
        return found
    folder = ROOT / ".cache" / "proxy"
    if not (folder / PROXY).exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["npm", "install", "--silent", "--prefix", str(folder), "configurable-http-proxy"],
            check=True,
            capture_output=True,
        )
    return str(folder / PROXY)


@pytest.fixture(scope="module")
def learners(hub: str) -> Iterator[list[Learner]]:
    found = [_signed_in(hub, name) for name in LEARNERS]
    yield found
    for each in found:
        each.browser.close()


def _signed_in(hub: str, name: str) -> Learner:
    browser = httpx2.Client(follow_redirects=True, timeout=120, trust_env=False)
    form = browser.get(f"{hub}/hub/login").text
    token = re.search(r'name="_xsrf" value="([^"]+)"', form)
    assert token, form
    sent = {"username": name, "password": "x", "_xsrf": token[1]}
    browser.post(f"{hub}/hub/login", data=sent)
    return Learner(name, browser, f"{hub}/user/{name}")


def _opened(learner: Learner) -> httpx2.Response:
    """Open the first page, waiting as a browser does while the hub starts it."""
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        answer = learner.ask("/")
        if answer.status_code == 200 and "/hub/" not in str(answer.url):
            return answer
        time.sleep(0.5)
    raise AssertionError(f"{learner.name} never saw the pages: {answer.url} {answer.text[:500]}")


def test_every_link_stays_within_the_learners_own_prefix(learners: list[Learner]) -> None:
    for learner in learners:
        own = f"/user/{learner.name}/"
        page = _opened(learner).text
        assert "Framework Sandbox" in page
        links = set(re.findall(r'(?:href|src|action)="([^"#][^"]*)"', page))
        assert links
        assert all(link.startswith((own, "?")) for link in links if not urlsplit(link).netloc)
        broken = [link for link in links if learner.browser.get(_absolute(learner, link)).is_error]
        assert broken == []


def _absolute(learner: Learner, link: str) -> str:
    return urljoin(f"{learner.pages}/", link)


def test_a_learner_reads_and_writes_nothing_of_another(hub: str, learners: list[Learner]) -> None:
    ada, grace = learners[0], learners[1]
    _opened(ada), _opened(grace)
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


def test_nobody_listens_at_a_port_of_the_pages(learners: list[Learner]) -> None:
    """What the hub starts for a learner can be reached at a file of mode 600 only."""
    _opened(learners[0])
    sockets = _sockets()
    assert sockets
    for path in sockets:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700, path


def _sockets() -> list[Path]:
    lines = Path("/proc/net/unix").read_text(encoding="utf-8").splitlines()[1:]
    paths = {Path(line.split()[-1]) for line in lines if "/jupyter-server-proxy-" in line}
    return [path for path in paths if path.exists()]
