"""A class as it is deployed: a real JupyterHub with our configuration."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from tests.support.ports import free_port, read_when_ready

ROOT = Path(__file__).parents[2]
CONFIGURATION = ROOT / "deploy" / "class" / "jupyterhub_config.py"
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


@contextmanager
def class_hub(folder: Path) -> Iterator[str]:
    """Run a hub with our configuration for a block; yield its address."""
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


def signed_in(hub: str, name: str, *, browser: httpx2.Client | None = None) -> Learner:
    """Sign somebody in, which starts their pages."""
    browser = browser or httpx2.Client(follow_redirects=True, timeout=120, trust_env=False)
    form = browser.get(f"{hub}/hub/login").text
    token = re.search(r'name="_xsrf" value="([^"]+)"', form)
    assert token, form
    sent = {"username": name, "password": "x", "_xsrf": token[1]}
    browser.post(f"{hub}/hub/login", data=sent)
    return Learner(name, browser, f"{hub}/user/{name}")


def opened(learner: Learner) -> httpx2.Response:
    """Open the first page, waiting as a browser does while the hub starts it."""
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        answer = learner.ask("/")
        if answer.status_code == 200 and "/hub/" not in str(answer.url):
            return answer
        time.sleep(0.5)
    raise AssertionError(f"{learner.name} never saw the pages: {answer.url} {answer.text[:500]}")
