"""What a browser asks for: a later page brings itself, and nothing that is there already."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

LATER = ["/", "/build?framework=flask&features=database", "/compare", "/learn/flask/routes"]


def fetched(page: Page) -> list[str]:
    """Return the addresses beside the page itself for which bytes came from the server."""
    page.wait_for_load_state("networkidle")
    return page.evaluate(
        "performance.getEntriesByType('resource').filter((each) => each.transferSize > 0)"
        ".map((each) => new URL(each.name).pathname)"
    )


def test_a_later_page_asks_for_no_static_file_again(open_page: OpenPage) -> None:
    page = open_page("about:blank")
    page.context.clear_cookies()
    page.goto("/frameworks")
    page.wait_for_load_state("networkidle")
    first = len(page.evaluate("performance.getEntriesByType('resource')"))
    assert 3 <= first <= 5
    for path in LATER:
        page.goto(path)
        assert fetched(page) == []


def test_a_first_page_fetches_each_file_once(open_page: OpenPage) -> None:
    page = open_page("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/claims")
    page.wait_for_load_state("networkidle")
    assert len(asked) == len(set(asked))
