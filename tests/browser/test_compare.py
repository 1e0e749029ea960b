"""Compare in a browser: aligned, whole, one column at a time where it is narrow, and on paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

SEVERAL = "/compare?features=auth"
EVERYTHING = "/compare?features=admin,api_docs,async,live,jobs,model,deploy"
CLIPPED = """() => [...document.querySelectorAll('.code, .line')]
  .filter((each) => each.scrollWidth > each.clientWidth + 1).length"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.line')]
  .map((each) => parseFloat(getComputedStyle(each).fontSize)))"""


def tops(page: Page, selector: str) -> list[list[float]]:
    """Return for each concept where the parts of its columns begin."""
    return page.evaluate(
        """(selector) => [...document.querySelectorAll('[data-concept]')].map((concept) =>
          [...concept.querySelectorAll(selector)].map((each) => each.getBoundingClientRect().y))""",
        selector,
    )


@pytest.mark.parametrize("selector", [".cell .head", ".cell .file", ".cell .note"])
def test_each_part_of_a_concept_starts_on_one_line(open_page: OpenPage, selector: str) -> None:
    for places in tops(open_page(SEVERAL), selector):
        assert len(places) == 3
        assert max(places) - min(places) <= 1


@pytest.mark.parametrize("width", ["wide", "narrow"])
@pytest.mark.parametrize("path", ["/compare", SEVERAL])
def test_code_is_large_enough_and_never_cut_off(open_page: OpenPage, path: str, width: str) -> None:
    page = open_page(path, width=width)
    assert page.evaluate(CLIPPED) == 0
    assert page.evaluate(SMALLEST) >= 14


def test_the_map_is_filtered_by_word_and_so_are_the_concepts(open_page: OpenPage) -> None:
    page = open_page(SEVERAL)
    page.get_by_label("Find a concept").fill("password")
    expect(page.locator("[data-entry]:visible")).to_have_count(1)
    expect(page.locator("[data-concept]:visible")).to_have_count(1)
    expect(page.get_by_text("1 concept", exact=True)).to_be_visible()
    page.get_by_label("Find a concept").fill("")
    assert page.locator("[data-concept]:visible").count() > 10


def test_a_tab_shows_another_framework_and_keeps_the_place(open_page: OpenPage) -> None:
    page = open_page(f"{SEVERAL}#passwords", width="narrow")
    concept = page.locator("#passwords")
    expect(concept).to_be_in_viewport()
    expect(concept.locator(".cell:visible")).to_have_count(1)
    before = concept.evaluate("(each) => each.getBoundingClientRect().top")
    page.get_by_role("link", name="FastAPI", exact=True).dispatch_event("click")
    expect(concept.locator(".cell:visible")).to_have_attribute("data-column", "fastapi")
    after = concept.evaluate("(each) => each.getBoundingClientRect().top")
    assert abs(after - before) <= 1
    expect(page).to_have_url(re.compile("show=fastapi"))
    page.reload()
    expect(concept.locator(".cell:visible")).to_have_attribute("data-column", "fastapi")


def test_the_tabs_work_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/compare/data_model", width="narrow", script=False)
    page.get_by_role("link", name="Flask", exact=True).click()
    expect(page.locator(".cell:visible")).to_have_attribute("data-column", "flask")
    expect(page.get_by_role("heading", name="Describing your data")).to_be_visible()


def test_the_code_stands_on_the_first_screen_of_a_phone(open_page: OpenPage) -> None:
    page = open_page("/compare", width="narrow")
    page.set_viewport_size({"width": 360, "height": 800})
    first = page.locator(".line:visible").first.bounding_box()
    assert first is not None
    assert first["y"] < 800


def test_the_reader_puts_another_framework_first(open_page: OpenPage) -> None:
    page = open_page("/compare")
    page.get_by_role("link", name="Put FastAPI first").click()
    expect(page).to_have_url(re.compile("framework=fastapi,django,flask"))
    page.get_by_label("Only where different ones do the work").check()
    expect(page).to_have_url(re.compile("framework=fastapi,django,flask&only=who"))
    names = page.locator("#comparison .map thead .mark").all_inner_texts()
    assert names == ["FastAPI", "Django", "Flask"]


def test_features_and_the_switch_change_what_is_compared(open_page: OpenPage) -> None:
    page = open_page("/compare")
    page.get_by_text("Add features", exact=True).click()
    page.get_by_label("Accounts and sessions").check()
    expect(page.get_by_label("Database and migrations")).to_be_checked()
    expect(page.locator("#along-said")).to_contain_text(
        "came along: Accounts and sessions needs them"
    )
    expect(page.get_by_text("5 features: change them")).to_be_visible()
    expect(page.locator("#passwords")).to_be_visible()
    page.get_by_label("Only where different ones do the work").check()
    expect(page.locator("#hello_route")).to_have_count(0)
    expect(page).to_have_url(re.compile("features=auth&only=who"))


@pytest.mark.parametrize("path", ["/compare", EVERYTHING, "/compare/admin"])
def test_a_hand_out_has_one_page_a_concept(open_page: OpenPage, path: str) -> None:
    page = open_page(path)
    concepts = page.locator("[data-concept]").count()
    paper = page.pdf(prefer_css_page_size=True)
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", paper))
    landscape = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", paper)
    assert landscape is not None
    assert float(landscape[1]) > float(landscape[2])
    maps = 0 if path == "/compare/admin" else 1
    assert pages == concepts + maps
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1047, "height": 718})
    assert page.evaluate(CLIPPED) == 0
