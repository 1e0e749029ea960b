"""By keyboard: nothing is long to get past, no focus is lost, and whole walks can be made."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_compare import EVERYTHING
from tests.browser.test_every_page import PAGES

pytestmark = pytest.mark.browser

MOST_STOPS = 20
# Each part of a page with more stops than that and no way past it at or before its first stop.
LONG_PARTS = """(most) => {
  const part = 'header.top, nav, main, form, section[aria-labelledby], section[aria-label],' +
    'aside, footer, article, fieldset, [role=group][aria-label], .viewer-side, #open-file'
  const stops = [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')]
    .filter((each) => each.tabIndex >= 0 && !each.disabled &&
      each.checkVisibility({ visibilityProperty: true }))
  const parts = new Map()
  for (const each of stops) {
    const own = each.closest(part)
    parts.set(own, [...(parts.get(own) ?? []), each])
  }
  const passed = (first) => [first, stops[stops.indexOf(first) - 1]]
    .some((each) => each?.matches('.skip, .skip-on'))
  return [...parts].filter(([, own]) => own.length > most && !passed(own[0]))
    .map(([each, own]) => `${each.outerHTML.slice(0, 80)}: ${own.length}`)
}"""
DEAD_ENDS = """() => [...document.querySelectorAll('a.skip, a.skip-on')]
  .filter((each) => !document.getElementById(each.hash.slice(1))).map((each) => each.href)"""


@pytest.mark.parametrize("path", [*PAGES.values(), EVERYTHING])
def test_no_part_of_a_page_is_long_to_get_past(open_page: OpenPage, path: str) -> None:
    page = open_page(path)
    assert page.evaluate(LONG_PARTS, MOST_STOPS) == []
    assert page.evaluate(DEAD_ENDS) == []


def test_a_skip_link_is_seen_once_it_has_the_focus_and_leads_on(open_page: OpenPage) -> None:
    page = open_page("/compare")
    link = page.get_by_role("link", name="Skip the map of concepts")
    box = link.bounding_box()
    assert box is None or box["width"] <= 1
    link.focus()
    seen = link.bounding_box()
    assert seen is not None
    assert seen["width"] > 100
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('[data-concept]')")


def test_a_page_loaded_anew_goes_on_where_the_reader_was(open_page: OpenPage) -> None:
    page = open_page("/choose")
    page.get_by_role("button", name="Skip").press("Enter")
    expect(page.locator("h1")).to_have_text("What are you building?")
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "product"
    page.goto("/build")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_a_page_with_a_fault_begins_at_it(open_page: OpenPage) -> None:
    page = open_page("/build?framework=flask&name=Mine")
    page.get_by_role("button", name="Create", exact=True).press("Enter")
    expect(page.get_by_label("Folder")).to_be_focused()


def tab_to(page: Page, name: str, most: int = MOST_STOPS) -> None:
    """Press Tab until what is named so has the focus, and see that it is in sight there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => { const each = document.activeElement
            const { top, bottom } = each.getBoundingClientRect()
            const named = each.labels?.[0]?.textContent ?? each.textContent
            return [named.trim(), bottom > 0 && top < innerHeight] }"""
        )
        assert found[1], f"{found[0]} has the focus out of sight"
        if re.match(name, found[0]):
            return
    raise AssertionError(f"{name!r} is further than {most} stops away")


WAYS = [("wide", "light"), ("wide", "dark"), ("narrow", "light"), ("narrow", "dark")]


@pytest.mark.parametrize(("width", "scheme"), WAYS)
def test_a_beginner_gets_from_the_start_to_a_download(
    open_page: OpenPage, width: str, scheme: str
) -> None:
    page = open_page("/", width=width, scheme=scheme)
    tab_to(page, "Help me choose")
    page.keyboard.press("Enter")
    for question in ("What is your main aim", "What are you building", "Which parts"):
        expect(page.locator("h1")).to_contain_text(question)
        tab_to(page, "Launch|A business|Admin panel")
        page.keyboard.press("Space")
        tab_to(page, "Continue")
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("How much")
    tab_to(page, "See the whole result")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Django")
    tab_to(page, "Build it in Django")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Django").first).to_be_checked()
    tab_to(page, "Download")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "shelf.zip"


@pytest.mark.parametrize(("width", "scheme"), WAYS)
def test_a_teacher_prints_one_concept(open_page: OpenPage, width: str, scheme: str) -> None:
    page = open_page("/compare?features=auth", width=width, scheme=scheme)
    tab_to(page, "Skip to the content")
    page.keyboard.press("Enter")
    tab_to(page, "Skip to what is compared")
    page.keyboard.press("Enter")
    tab_to(page, "On to who does the work")
    page.keyboard.press("Enter")
    tab_to(page, "Find a concept")
    page.keyboard.type("password")
    expect(page.locator("[data-concept]:visible")).to_have_count(1)
    tab_to(page, "On its own page")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Keeping passwords")
