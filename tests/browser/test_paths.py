"""The ways through the product: by keyboard, without JavaScript, and with it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.className"))


def test_the_advisor_answers_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/choose")
    page.keyboard.press("Tab")
    assert focused(page) == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "goal"
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"\?goal=launch_mvp$"))
    expect(page.locator("#result h2")).not_to_have_text("Your result appears here")
    for _ in range(2):
        page.keyboard.press("Tab")
    assert focused(page) == "product"
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"goal=launch_mvp&product=web_app$"))
    expect(page.locator("#result h2")).to_contain_text("Django")
    page.get_by_role("link", name="Build it in Django").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/build\?framework=django"))


def test_the_advisor_works_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/choose", script=False)
    page.get_by_label("A small, simple REST API").check()
    page.get_by_label("Not sure, or does not matter").first.check()
    page.get_by_role("button", name="Show my result").click()
    expect(page).to_have_url(re.compile(r"/choose\?goal=not_sure&product=simple_api#result$"))
    expect(page.get_by_label("A small, simple REST API")).to_be_checked()
    expect(page.locator("#result li").first).to_contain_text("FastAPI")


def test_a_third_pick_waits_and_none_stands_alone(open_page: OpenPage) -> None:
    page = open_page("/choose?builtins=admin,async")
    boxes = page.locator("#builtins .choices")
    expect(boxes.get_by_label("HTML pages, forms and sessions")).to_be_disabled()
    boxes.get_by_label("None: keep the core small").check()
    expect(boxes.get_by_label("Admin panel")).not_to_be_checked()
    expect(page).to_have_url(re.compile(r"builtins=none$"))


def test_the_theme_is_remembered(open_page: OpenPage) -> None:
    page = open_page("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Switch to dark colours").click()
    page.goto("/learn")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
