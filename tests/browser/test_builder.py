"""The Builder in a browser: choosing, naming, taking along."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


def count_of_files(page: Page) -> int:
    return int(page.locator("#bar .counts-line .number").first.inner_text())


def test_the_builder_works_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/build?framework=flask", script=False)
    page.get_by_label("Database and migrations").check()
    page.get_by_role("button", name="Show the project").click()
    expect(page.get_by_label("Routes and parameters")).to_be_checked()
    expect(page.locator("#along-routes")).to_have_text("Database and migrations needs this.")
    page.get_by_role("link", name=re.compile("^models.py")).click()
    expect(page.locator("#open-name")).to_have_text("app/models.py")
    page.get_by_role("link", name=re.compile("^Changes")).click()
    expect(page.locator("#open-file .line.is-new").first).to_be_visible()
    page.get_by_label("Search in all files").fill("Review(")
    page.get_by_role("button", name="Show", exact=True).click()
    page.locator(".hits a").first.click()
    expect(page.locator(".line.marked")).to_contain_text("create_review(")
    expect(page.get_by_label("Database and migrations")).to_be_checked()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "shelf.zip"


def test_ticking_a_feature_keeps_what_is_open_and_found(open_page: OpenPage) -> None:
    page = open_page(
        "/build?framework=flask&features=routes&file=app/api/books.py&line=3&search=def"
    )
    files = count_of_files(page)
    page.get_by_label("Accounts and sessions").check()
    expect(page.locator("#along-database")).to_have_text("Accounts and sessions needs this.")
    expect(page.get_by_label("Database and migrations")).to_be_checked()
    expect(page.get_by_label("Accounts and sessions")).to_be_focused()
    expect(page).to_have_url(re.compile("features=routes,auth"))
    expect(page).to_have_url(re.compile("file=app%2Fapi%2Fbooks.py"))
    expect(page).to_have_url(re.compile("search=def"))
    expect(page.locator("#open-name")).to_have_text("app/api/books.py")
    expect(page.get_by_label("Search in all files")).to_have_value("def")
    assert count_of_files(page) > files
    page.get_by_label("Accounts and sessions").uncheck()
    expect(page.get_by_label("Database and migrations")).not_to_be_checked()
    expect(page.get_by_label("Routes and parameters")).to_be_checked()


def test_what_comes_along_cannot_be_taken_away(open_page: OpenPage) -> None:
    page = open_page("/build?framework=flask&features=database")
    page.get_by_label("Routes and parameters").click()
    expect(page.get_by_label("Routes and parameters")).to_be_checked()
    expect(page).to_have_url(re.compile("features=database"))


def test_hovering_moves_nothing(open_page: OpenPage) -> None:
    page = open_page("/build")
    last = page.get_by_label("Ready for production")
    before = last.bounding_box()
    for name in ("Routes and parameters", "Checked JSON input", "Database and migrations"):
        page.get_by_label(name).hover()
        assert last.bounding_box() == before


def test_a_bad_name_is_explained_at_its_field_and_goes_away(open_page: OpenPage) -> None:
    page = open_page("/build?framework=flask")
    name = page.get_by_label("Name of the project")
    name.fill("a/b")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_have_accessible_description(re.compile("cannot contain “/”"))
    expect(page.get_by_role("button", name="Create", exact=True)).to_be_disabled()
    expect(page.get_by_role("link", name="Download")).to_have_count(0)
    name.fill("Мой сайт")
    expect(name).not_to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Folder")).to_have_attribute("placeholder", "moi_sait")
    expect(page.locator("#bar")).to_contain_text("Мой сайт")
    name.fill("123")
    page.get_by_role("link", name="Call it shelf").click()
    expect(page.get_by_label("Folder")).to_have_value("shelf")
    expect(page.get_by_role("link", name="Download")).to_be_visible()


def test_a_taken_folder_offers_a_free_one(open_page: OpenPage) -> None:
    page = open_page("/build?framework=flask")
    page.get_by_label("Name of the project").fill("Mine")
    expect(page.locator("#slug-said")).to_contain_text("mine exists")
    page.get_by_role("link", name="call this one mine_2").click()
    expect(page.get_by_label("Folder")).to_have_value("mine_2")
    expect(page.locator("#slug-said")).not_to_contain_text("exists")


def test_a_project_is_created_by_a_click(open_page: OpenPage) -> None:
    page = open_page("/build?framework=fastapi&name=Clicked")
    page.get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_role("heading", name="clicked", exact=True)).to_be_visible()
    assert "token" not in page.url


def test_a_tab_shows_the_other_framework_in_place(open_page: OpenPage) -> None:
    page = open_page("/build?framework=django,flask")
    page.get_by_role("link", name="Flask").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#open-name")).to_have_text("app/hello.py")
    expect(page.locator("#tab-flask")).to_be_focused()
    page.go_back()
    expect(page.locator("#open-name")).to_have_text("shelf/views.py")
