"""By keyboard: no part of a page is long to get past, and what is skipped to is there."""

import pytest

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


PATHS = [path for name, path in PAGES.items() if name != "console"]


@pytest.mark.parametrize("path", [*PATHS, EVERYTHING])
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
