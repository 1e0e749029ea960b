"""Chromium against a real server: `uv run --group browser pytest tests/browser`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from sandbox.web import Settings
from sandbox.web.server import open_server
from sandbox.workshop import open_workshop

TOKEN = "t" * 43
CHROMIUM = "/usr/bin/chromium"
WIDTHS = {"wide": 1440, "narrow": 360}

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running server with one project in its workspace."""
    workshop = open_workshop(tmp_path_factory.mktemp("workspace"))
    workshop.create([workshop.request("flask", features=["routes"], name="Mine")])
    server = open_server(workshop, Settings(port=0, token=TOKEN))
    Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[OpenPage]:
    """Open a path in a window of its own; a message on its console fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_path(
        path: str, *, width: str = "wide", scheme: str = "light", script: bool = True
    ) -> Page:
        context = browser.new_context(
            base_url=address,
            viewport={"width": WIDTHS[width], "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        page.goto(f"/?token={TOKEN}")
        page.goto(path)
        return page

    yield open_path
    for context in contexts:
        context.close()
    # Chromium itself reports a refused request; the page's own answer to it is what is tested.
    assert [each for each in complaints if "status of 400" not in each] == []
