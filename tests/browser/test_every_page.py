"""Every page, light and dark, wide and narrow: nothing sticks out, nothing is hard to reach."""

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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", ["wide", "narrow"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_page_fits_and_axe_finds_nothing(
    open_page: OpenPage, path: str, width: str, scheme: str
) -> None:
    page = open_page(path, width=width, scheme=scheme)
    page.evaluate(
        "document.querySelectorAll('.code-list .file').forEach((file) => file.open = true)"
    )
    sticks_out = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert sticks_out <= 0
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_page_fits_into_320_pixels(open_page: OpenPage, path: str) -> None:
    page = open_page(path, width="narrow")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
