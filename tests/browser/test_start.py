"""The start page: all of it on one screen, each way in by keyboard and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 640)])
def test_everything_fits_on_the_screen(
    open_page: OpenPage, width: int, height: int, scheme: str
) -> None:
    page = open_page("about:blank", scheme=scheme)
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/")
    expect(page.get_by_role("heading", name="What you made last")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight") <= height
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_three_stops_in_the_page_are_the_three_ways(open_page: OpenPage) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for way in ("Show me the same app in all three", "Help me choose", "I know what I want"):
        page.keyboard.press("Tab")
        assert way in str(page.evaluate("document.activeElement.textContent"))


@pytest.mark.parametrize(
    ("way", "address"), [("Help me choose", "/choose"), ("I know what I want", "/build")]
)
def test_a_way_leads_there_without_javascript(open_page: OpenPage, way: str, address: str) -> None:
    page = open_page("/", script=False)
    page.get_by_role("link", name=re.compile(way)).click()
    expect(page).to_have_url(re.compile(f"{address}$"))
