"""The ways through the product: by keyboard, without JavaScript, and with it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.className"))


def test_the_advisor_answers_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/")
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
    page = open_page("/", script=False)
    page.get_by_label("A small, simple REST API").check()
    page.get_by_label("Not sure, or does not matter").first.check()
    page.get_by_role("button", name="Show my result").click()
    expect(page).to_have_url(re.compile(r"/\?product=simple_api#result$"))
    expect(page.get_by_label("A small, simple REST API")).to_be_checked()
    expect(page.locator("#result li").first).to_contain_text("FastAPI")


def test_the_builder_works_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/build", script=False)
    page.get_by_label("Database and migrations").check()
    page.get_by_role("button", name="Show the project").click()
    expect(page.locator("#preview")).to_contain_text("came along")
    page.get_by_role("link", name=re.compile("What changes with.*Database")).click()
    expect(page.locator("#preview")).to_contain_text("files differ")
    page.get_by_role("link", name="All files").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download zip").click()
    assert download.value.suggested_filename == "shelf.zip"


def test_ticking_a_feature_changes_the_preview_and_the_address(open_page: OpenPage) -> None:
    page = open_page("/build?framework=flask")
    files = int(page.locator("#preview .facts dd").first.inner_text())
    page.get_by_label("Database and migrations").check()
    expect(page).to_have_url(re.compile("features=database"))
    expect(page.locator("#along-routes")).to_have_text("comes along")
    assert int(page.locator("#preview .facts dd").first.inner_text()) > files


def test_a_bad_name_is_explained_in_the_form_and_goes_away(open_page: OpenPage) -> None:
    page = open_page("/build")
    name = page.get_by_label("Name of the project")
    name.fill("a/b")
    expect(page.get_by_role("alert")).to_contain_text("cannot contain “/”")
    name.fill("A fine name")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("#preview h2").first).to_contain_text("A fine name")


def test_a_third_pick_waits_and_none_stands_alone(open_page: OpenPage) -> None:
    page = open_page("/?builtins=admin,async")
    boxes = page.locator("#builtins .choices")
    expect(boxes.get_by_label("HTML pages, forms and sessions")).to_be_disabled()
    boxes.get_by_label("None: keep the core small").check()
    expect(boxes.get_by_label("Admin panel")).not_to_be_checked()
    expect(page).to_have_url(re.compile(r"builtins=none$"))


def test_a_deep_link_marks_its_line(open_page: OpenPage) -> None:
    page = open_page("/build?framework=flask#app/hello.py:L3")
    assert page.evaluate("document.querySelector(':target').id") == "app/hello.py:L3"


def test_a_click_on_a_number_puts_its_line_into_the_address(open_page: OpenPage) -> None:
    page = open_page("/build?framework=flask")
    line = page.locator("[id='app/hello.py:L3']")
    line.click(position={"x": 200, "y": 8})
    assert "#" not in page.url
    line.click(position={"x": 20, "y": 8})
    expect(page).to_have_url(re.compile("#app/hello.py:L3$"))


def test_the_search_keeps_only_files_with_the_word(open_page: OpenPage) -> None:
    page = open_page("/build?framework=flask")
    page.get_by_label("Search in all files").fill("health")
    shown = page.locator(".explorer .file:visible")
    assert 0 < shown.count() < page.locator(".explorer .file").count()
    assert all("health" in text.lower() for text in shown.all_text_contents())


def test_the_theme_is_remembered(open_page: OpenPage) -> None:
    page = open_page("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Switch to dark colours").click()
    page.goto("/learn")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_a_project_is_created_by_a_click(open_page: OpenPage) -> None:
    page = open_page("/build?framework=fastapi&name=Clicked")
    page.get_by_role("button", name="Create in my workspace").click()
    expect(page.get_by_role("heading", name="clicked")).to_be_visible()
    assert "token" not in page.url
