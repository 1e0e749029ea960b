"""Chromium against a real server: `uv run --group browser pytest tests/browser`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from sandbox.workshop import open_workshop
from tests.support.serving import Served, serving

CHROMIUM = "/usr/bin/chromium"
PATIENCE_MS = 60_000  # of a machine that has more to do than this
WIDTHS = {"wide": 1440, "narrow": 360}

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A running server with one project in its workspace."""
    with one_project(tmp_path_factory.mktemp("workspace")) as served:
        yield served


@contextmanager
def one_project(folder: Path) -> Iterator[Served]:
    """Serve a workspace in which there is the project “Mine” and nothing else."""
    workshop = open_workshop(folder)
    workshop.create([workshop.request("flask", features=["routes"], name="Mine")])
    with serving(workshop.workspace.folder) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed here")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"], timeout=PATIENCE_MS
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, served: Served) -> Iterator[OpenPage]:
    """Open a path in a window of its own; a message on its console fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_path(
        path: str,
        *,
        width: str = "wide",
        scheme: str = "light",
        script: bool = True,
        forced: bool = False,
        slower: int = 1,
    ) -> Page:
        context = browser.new_context(
            base_url=f"http://localhost:{served.port}",
            viewport={"width": WIDTHS[width], "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
            forced_colors="active" if forced else "none",
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        page.goto(f"/?token={served.token}")
        if slower > 1:
            session = context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.goto(path)
        return page

    yield open_path
    for context in contexts:
        context.close()
    # Chromium itself reports a refused request; the page's own answer to it is what is tested.
    assert [each for each in complaints if "status of 4" not in each] == []
