"""The settings for a development container and for Binder, as far as they go without a cloud."""

import json
import shlex
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.support.ports import free_port, read_when_ready

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]


def test_the_container_is_made_and_started_by_the_commands_of_the_readme() -> None:
    settings = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
    assert settings["postCreateCommand"] == "pip install uv && uv sync"
    port = int(next(iter(settings["portsAttributes"])))
    assert settings["forwardPorts"] == [port]
    started = shlex.split(settings["postAttachCommand"])
    assert started[:3] == ["uv", "run", "sandbox"]
    asked = [*started[2:], "--help"]
    done = subprocess.run(
        [str(Path(sys.executable).with_name(asked[0])), *asked[1:]],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert f"default: {port}" in done.stdout


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a Jupyter server with the settings that Binder takes."""
    port = free_port()
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=":")
    monkeypatch.setenv("HOME", str(tmp_path))
    options = {
        "config": ROOT / ".binder/jupyter_server_config.py",
        "ServerApp.port": port,
        "ServerApp.root_dir": tmp_path,
        "ServerApp.base_url": "/user/ada/",
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,
        "IdentityProvider.token": "",
    }
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", *(f"--{k}={v}" for k, v in options.items())],
            stdout=log,
            stderr=log,
            cwd=tmp_path,
        )
    try:
        address = f"http://127.0.0.1:{port}/user/ada"
        read_when_ready(f"{address}/api", server, 120)
        yield address
    finally:
        server.terminate()
        server.wait(60)


def test_binder_opens_the_pages_behind_the_notebooks_address(notebook: str) -> None:
    with urllib.request.urlopen(f"{notebook}/sandbox/build", timeout=120) as answer:
        page = answer.read().decode()
    assert 'href="/user/ada/sandbox/compare' in page


class Leads(BaseHTTPRequestHandler):
    """An app that knows its prefix: its first page leads to the next one."""

    def do_GET(self) -> None:
        if self.path == "/":
            self.send_response(302)
            self.send_header("Location", f"{self.headers['X-Forwarded-Prefix']}/books")
        else:
            self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


def test_binder_leaves_the_redirects_of_an_app_as_they_are(notebook: str) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Leads) as app:
        Thread(target=app.serve_forever, daemon=True).start()
        shown = f"{notebook}/proxy/{app.server_port}/"
        with urllib.request.urlopen(shown, timeout=120) as answer:
            assert answer.url == f"{shown}books"
        app.shutdown()
