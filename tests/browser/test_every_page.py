"""Every page, light and dark, wide and narrow: nothing sticks out, nothing is hard to reach."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

PAGES = {
    "start": "/",
    "question": "/choose",
    "refine": "/choose?goal=prototype&at=size",
    "all questions": "/choose?view=all&goal=prototype",
    "result": "/choose?goal=launch_mvp&product=web_app&builtins=admin,auth&experience=new",
    "builder": "/build?framework=django,flask&features=validation",
    "changes": "/build?framework=flask&features=database&view=changes&feature=database",
    "own code": "/code/mine?search=app",
    "bad name": "/build?name=a/b",
    "compare": "/compare",
    "concepts": "/compare?features=database&project=mine",
    "concept": "/compare/admin",
    "diff": "/compare/diff?before=flask:hello&after=flask:routes",
    "learn": "/learn",
    "lesson": "/learn/flask/routes",
    "step": "/learn/flask/routes/list",
    "hunts": "/learn/hunts/flask",
    "profiles": "/frameworks",
    "claims": "/claims",
    "glossary": "/glossary",
    "search": "/search?q=session",
    "points": "/points",
    "lab": "/lab",
    "project in the lab": "/lab/projects/mine",
    "console": "/lab/console?method=POST&path=/api/books&kind=json&text={}",
    "doctor": "/lab/doctor",
}


SCREENSHOTS = Path(".cache/screenshots")  # for people to look at; git ignores them
# How much moved by itself since the page was opened, from 0 to 1.
SHIFT = """() => new Promise((done) => {
  let sum = 0
  new PerformanceObserver((list) => list.getEntries().forEach((each) => sum += each.value))
    .observe({ type: 'layout-shift', buffered: true })
  setTimeout(() => done(sum), 50)
})"""
OPEN_ALL = "document.querySelectorAll('details').forEach((each) => each.open = true)"
SMALL_TEXT = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  while (walker.nextNode()) {
    const { data, parentElement: element } = walker.currentNode
    if (!data.trim() || element.closest('.visually-hidden, script') || !element.checkVisibility())
      continue
    if (parseFloat(getComputedStyle(element).fontSize) < 14) found.push(data.trim())
  }
  return found
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", ["wide", "narrow"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_page_fits_and_axe_finds_nothing(
    open_page: OpenPage, path: str, width: str, scheme: str, request: pytest.FixtureRequest
) -> None:
    page = open_page(path, width=width, scheme=scheme)
    assert page.evaluate(SHIFT) <= 0.02
    page.screenshot(path=SCREENSHOTS / f"{request.node.callspec.id}.png", full_page=True)
    for opened in (False, True) if scheme == "light" else (True,):
        if opened:
            page.evaluate(OPEN_ALL)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate(SMALL_TEXT) == []
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(
    "path", [PAGES["compare"], PAGES["concepts"], PAGES["lesson"], PAGES["step"]]
)
def test_nothing_moves_while_a_long_page_arrives_on_a_slow_machine(
    open_page: OpenPage, path: str
) -> None:
    page = open_page("/", slower=6)
    for _ in range(3):  # where a page is cut while it arrives is up to chance
        page.goto(path)
        assert page.evaluate(SHIFT) <= 0.02


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_page_fits_into_other_widths_and_with_text_of_twice_the_size(
    open_page: OpenPage, path: str
) -> None:
    page = open_page(path, width="narrow")
    for width, size in ((320, "100%"), (768, "100%"), (360, "200%")):
        page.set_viewport_size({"width": width, "height": 640})
        page.evaluate("(size) => document.documentElement.style.fontSize = size", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
