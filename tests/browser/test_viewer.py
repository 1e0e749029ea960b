"""The code viewer in a browser: by keyboard, by address, and in step with both."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.support.variants import WORKSHOP

pytestmark = pytest.mark.browser

EVERY = ",".join(WORKSHOP.request("django", features=None).features[1:])
# How many stops there are on a walk through the page with Tab.
TAB_STOPS = """() => [...document.querySelectorAll(
    'a[href], button, input, select, summary, [tabindex]'
)].filter((each) => each.tabIndex >= 0 && !each.disabled && each.checkVisibility()).length"""
SUM_OF_SHIFTS = """globalThis.shifts = 0;
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) shifts += each.value;
}).observe({ type: "layout-shift", buffered: true });"""


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent")).strip()


def test_the_largest_project_has_few_tab_stops(open_page: OpenPage) -> None:
    page = open_page(f"/build?framework=django&features={EVERY}")
    expect(page.get_by_role("tree")).to_be_visible()
    assert page.evaluate(TAB_STOPS) <= 60


def test_the_tree_is_walked_with_arrows_letters_and_ends(open_page: OpenPage) -> None:
    page = open_page("/build?framework=flask")
    current = page.get_by_role("treeitem", name="hello.py", exact=True)
    expect(current).to_have_attribute("aria-current", "true")
    current.focus()
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "app"
    page.keyboard.press("ArrowLeft")
    expect(current).not_to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(current).to_be_visible()
    page.keyboard.press("ArrowRight")
    assert focused(page) == "__init__.py"
    page.keyboard.press("End")
    assert focused(page) == "pyproject.toml"
    page.keyboard.press("Home")
    assert focused(page) == ".sandbox"
    page.keyboard.type("re")
    assert focused(page) == "README.md"
    page.keyboard.press("Enter")
    expect(page.locator("#open-name")).to_have_text("README.md")
    assert focused(page) == "README.md"
    expect(page).to_have_url(re.compile("file=README.md"))
    page.go_back()
    expect(page.locator("#open-name")).to_have_text("app/hello.py")


def test_what_is_folded_stays_so_when_a_feature_is_ticked(open_page: OpenPage) -> None:
    page = open_page("/build?framework=flask")
    page.get_by_role("treeitem", name="tests").click()
    expect(page.get_by_role("treeitem", name="conftest.py")).not_to_be_visible()
    page.get_by_label("Routes and parameters").check()
    expect(page.locator("#bar")).to_contain_text("packages")
    expect(page.get_by_role("treeitem", name="api")).to_have_count(1)
    expect(page.get_by_role("treeitem", name="conftest.py")).not_to_be_visible()


def test_a_deep_link_marks_its_lines_and_brings_them_into_sight(open_page: OpenPage) -> None:
    page = open_page(f"/build?framework=django&features={EVERY}&file=config/settings.py&line=90-92")
    expect(page.locator(".line.marked")).to_have_count(3)
    expect(page.locator(".line.marked").first).to_be_in_viewport()


def test_a_link_of_an_earlier_version_still_arrives(open_page: OpenPage) -> None:
    page = open_page("/build?framework=flask#app/__init__.py:L3")
    expect(page.locator("#open-name")).to_have_text("app/__init__.py")
    expect(page.locator(".line.marked")).to_have_attribute("id", "L3")


def test_a_click_on_a_number_puts_its_lines_into_the_address(open_page: OpenPage) -> None:
    page = open_page("/build?framework=flask")
    page.locator("#L3").click(position={"x": 200, "y": 8})
    assert "line=" not in page.url
    page.locator("#L3").click(position={"x": 20, "y": 8})
    expect(page).to_have_url(re.compile("line=3$"))
    page.locator("#L6").click(position={"x": 20, "y": 8}, modifiers=["Shift"])
    expect(page).to_have_url(re.compile("line=3-6$"))
    expect(page.locator(".line.marked")).to_have_count(4)


def test_the_search_is_reached_by_a_key_and_its_lines_are_walked(open_page: OpenPage) -> None:
    page = open_page("/build?framework=flask&features=database")
    page.locator("#open-name").click()
    page.keyboard.press("/")
    page.keyboard.type("paging")
    hits = page.locator(".hits a")
    expect(hits.first).to_be_visible()
    expect(page).to_have_url(re.compile("search=paging"))
    page.keyboard.press("Enter")
    expect(hits.nth(0)).to_have_attribute("aria-current", "true")
    expect(page.locator(".line.marked")).to_contain_text(re.compile("paging", re.IGNORECASE))
    page.keyboard.press("Enter")
    expect(hits.nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("Shift+Enter")
    expect(hits.nth(0)).to_have_attribute("aria-current", "true")
    expect(page.get_by_label("Search in all files")).to_be_focused()
    page.get_by_label("Search in all files").fill("")
    expect(hits).to_have_count(0)


def test_lines_can_be_kept_from_wrapping_and_that_is_remembered(open_page: OpenPage) -> None:
    page = open_page("/build?framework=flask", width="narrow")
    wrap = page.get_by_role("button", name="Wrap")
    expect(wrap).to_have_attribute("aria-pressed", "true")
    wrap.click()
    expect(wrap).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.reload()
    expect(page.get_by_role("button", name="Wrap")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_nothing_shifts_while_the_page_arrives(open_page: OpenPage, width: str) -> None:
    page = open_page("/build", width=width)
    page.add_init_script(SUM_OF_SHIFTS)
    page.goto(f"/build?framework=django&features={EVERY}&search=book&file=config/urls.py&line=9")
    expect(page.get_by_role("tree")).to_be_visible()
    page.wait_for_load_state("networkidle")
    shift = page.evaluate("shifts")
    assert shift <= 0.02


def test_an_own_project_opens_at_the_line_that_changed(open_page: OpenPage) -> None:
    page = open_page("/code/mine?file=app/hello.py&line=2")
    expect(page.locator(".line.marked")).to_have_attribute("id", "L2")
    expect(page.get_by_text("Every file is as it was made.")).to_be_visible()


@pytest.mark.parametrize("size", [(320, 225, "100%"), (360, 740, "200%"), (1440, 900, "200%")])
@pytest.mark.parametrize(
    "path", ["/build?framework=flask&features=admin&search=book", "/compare", "/compare/admin"]
)
def test_large_text_and_much_zoom_need_no_sideways_scrolling(
    open_page: OpenPage, path: str, size: tuple[int, int, str]
) -> None:
    page = open_page(path)
    width, height, text = size
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("(text) => (document.documentElement.style.fontSize = text)", text)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
