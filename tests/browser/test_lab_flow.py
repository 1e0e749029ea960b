"""The Lab as a learner uses it: three real apps from nothing, one request, a broken line."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sandbox.workshop import open_workshop
from tests.support.serving import Served, serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

APPS = ("shelf-django", "shelf-flask", "shelf-fastapi")
FIRST = {
    "shelf-django": "shelf/views.py",
    "shelf-flask": "app/hello.py",
    "shelf-fastapi": "app/main.py",
}
INSTALLED = 300_000  # ms; the packages may have to be fetched
SOON = 60_000  # ms

Enter = Callable[..., BrowserContext]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "my work"


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    with serving(folder) as served:
        yield served


@pytest.fixture
def shelf(folder: Path) -> None:
    """A project to start."""
    workshop = open_workshop(folder)
    workshop.create([workshop.request("flask")])


@pytest.fixture
def enter(browser: Browser, served: Served) -> Iterator[Enter]:
    """A browser that has opened the link; a message on its console fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(*, script: bool = True) -> BrowserContext:
        context = browser.new_context(
            base_url=f"http://localhost:{served.port}", java_script_enabled=script
        )
        context.set_default_timeout(SOON)
        contexts.append(context)
        context.on("console", lambda message: complaints.append(message.text))
        context.on("weberror", lambda problem: complaints.append(str(problem.error)))
        context.new_page().goto(f"/?token={served.token}")
        return context

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def card(page: Page, name: str, phase: str) -> None:
    """Wait until the page shows a project in a phase, without being loaded again."""
    expect(page.locator(f"#state-{name} [data-phase]")).to_have_attribute(
        "data-phase", phase, timeout=INSTALLED if phase == "running" else SOON
    )


def test_three_apps_from_nothing_are_asked_compared_and_stopped(enter: Enter) -> None:
    page = enter().pages[0]
    page.goto("/lab")
    page.get_by_role("button", name="Show me the same app in all three").click()
    for name in APPS:
        card(page, name, "running")
    assert Axe().run(page).violations_count == 0
    addresses = [
        page.locator(f"#do-{name} a[target=_blank]").get_attribute("href") for name in APPS
    ]
    assert len(set(addresses)) == 3

    page.get_by_role("link", name="Ask all at once").click()
    page.get_by_role("link", name="Open an address that is not there").click()
    for name in APPS:
        page.get_by_label(f"Status that you expect of {name}").select_option("404")
    page.get_by_role("button", name="Send to all 3 apps").click()
    expect(page.locator(".answer .status")).to_have_text([re.compile("404")] * 3)
    expect(page.get_by_text("You predicted 3 of 3.")).to_be_visible()
    assert Axe().run(page).violations_count == 0

    page.goto("/lab/projects/shelf-flask")
    expect(page.locator(".log")).to_contain_text("GET /nowhere")
    page.get_by_role("button", name="Stop shelf-flask").click()
    card(page, "shelf-flask", "stopped")
    page.goto("/lab")
    page.get_by_role("button", name="Stop all").click()
    for name in APPS:
        card(page, name, "stopped")


def test_the_builder_creates_and_runs_what_was_chosen(enter: Enter, folder: Path) -> None:
    page = enter().pages[0]
    page.goto("/build?framework=flask&features=routes&name=My+club")
    page.get_by_role("button", name="Create and run").click()
    expect(page.get_by_text("Nothing else was touched.")).to_be_visible()
    (name,) = [each.name for each in folder.iterdir() if not each.name.startswith(".")]
    card(page, name, "running")
    address = page.locator(f"#do-{name} a[target=_blank]").get_attribute("href")
    assert "My club" in httpx2.get(address or "", trust_env=False).text
    page.goto(f"/lab/projects/{name}")
    # Flask lets others show it: a small look at the app, which holds nothing of ours.
    look = page.frame_locator("iframe.look")
    expect(look.get_by_text("My club").first).to_be_visible()
    assert page.locator("iframe.look").get_attribute("sandbox") == "allow-scripts"
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name=f"Stop {name}").click()
    card(page, name, "stopped")
    expect(page.locator("iframe.look")).to_have_count(0)


def test_a_broken_line_is_shown_in_each_app_and_gone_when_it_is_mended(
    enter: Enter, folder: Path
) -> None:
    workshop = open_workshop(folder)
    workshop.create(workshop.requests(["all"]))
    page = enter().pages[0]
    page.goto("/lab")
    page.get_by_role("button", name="Start all").click()
    for name in APPS:
        card(page, name, "running")
    whole = {name: (folder / name / FIRST[name]).read_text() for name in APPS}
    for name, text in whole.items():
        (folder / name / FIRST[name]).write_text(f"import emojis_for_all\n{text}")
    for name in APPS:
        card(page, name, "crashed")
        state = page.locator(f"#state-{name}")
        expect(state).to_contain_text("No module named 'emojis_for_all'")
        expect(state.get_by_role("link")).to_contain_text(f"{FIRST[name]}, line 1")
    assert Axe().run(page).violations_count == 0
    page.locator("#state-shelf-flask").get_by_role("link").click()
    expect(page.get_by_text("emojis_for_all").first).to_be_visible()
    page.goto("/lab")
    for name, text in whole.items():
        (folder / name / FIRST[name]).write_text(text)
    for name in APPS:
        card(page, name, "running")
    page.get_by_role("button", name="Stop all").click()
    for name in APPS:
        card(page, name, "stopped")


def test_eight_tabs_show_the_same_at_once_and_every_page_still_loads(
    enter: Enter, shelf: None
) -> None:
    context = enter()
    first = context.pages[0]
    tabs = [context.new_page() for _ in range(8)]
    for page in tabs:
        page.goto("/lab")
    for path in ("/", "/build", "/compare", "/learn", "/lab/console"):
        answer = first.goto(path)
        assert answer is not None
        assert answer.ok
    tabs[0].get_by_role("button", name="Prepare and start").click()
    for page in tabs:
        card(page, "shelf", "running")
    tabs[7].get_by_role("button", name="Stop").click()
    for page in tabs:
        card(page, "shelf", "stopped")


def test_the_log_grows_while_one_looks_at_it_and_is_searched(enter: Enter, shelf: None) -> None:
    context = enter()
    page = context.pages[0]
    page.goto("/lab/projects/shelf")
    page.get_by_role("button", name="Prepare and start").click()
    card(page, "shelf", "running")
    console = context.new_page()
    console.goto("/lab/console?path=/only-here")
    console.get_by_role("button", name="Send to the app").click()
    expect(page.locator(".log")).to_contain_text("GET /only-here", timeout=SOON)
    page.get_by_label("Search in the log").fill("only-here")
    expect(page.locator("#log-found")).to_have_text("1 found")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("#log-found")).to_have_text("1 of 1")


def test_everything_works_without_javascript(enter: Enter, shelf: None) -> None:
    page = enter(script=False).pages[0]
    page.goto("/lab")
    page.get_by_role("button", name="Prepare and start").click()
    # The page loads itself again as long as something is under way.
    expect(page.locator("#state-shelf")).to_contain_text("Running", timeout=INSTALLED)
    page.goto("/lab/console?path=/health")
    page.get_by_label("Status that you expect of shelf").select_option("200")
    page.get_by_role("button", name="Send to the app").click()
    expect(page.get_by_text("You predicted 1 of 1.")).to_be_visible()
    page.goto("/lab")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#state-shelf")).to_contain_text("Stopped")
