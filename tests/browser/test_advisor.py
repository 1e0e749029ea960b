"""The Advisor in a browser: by keyboard, without JavaScript, live, and on paper."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser
LONG = (
    "/choose?goal=prototype&product=ml_service&builtins=admin,validation&experience=new"
    "&style=own_parts&interface=programs&size=large&async_skill=none&traffic=high"
    "&deadline=today&ecosystem=a_lot&important=builtins"
)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.className"))


def test_it_answers_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/choose")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "All on one page"
    page.keyboard.press("Tab")
    assert focused(page) == "goal"
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"goal=launch_mvp$"))
    expect(page.locator("#so-far h2")).to_contain_text("So far: Django, from 1 answer")
    expect(page.locator("#announcement")).to_contain_text("So far: Django")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("What are you building?")
    expect(page.locator("#given")).to_contain_text("Launch a product or MVP quickly")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_the_whole_conversation(open_page: OpenPage, script: bool) -> None:
    page = open_page("/choose", script=script)
    for label in ("Launch a product", "A REST API", "Request validation", "Some: tutorials"):
        page.get_by_label(re.compile(label)).check()
        page.get_by_role("button", name="Continue").click()
    expect(page.locator(".steps")).to_contain_text("Question 5 of 5")
    page.get_by_role("button", name="Skip").click()
    expect(page).to_have_url(
        re.compile(
            r"/choose\?goal=launch_mvp&product=rest_api&builtins=validation&experience=some$"
        )
    )
    expect(page.locator("h1")).to_contain_text("from 4 answers")
    page.get_by_role("link", name="Refine").click()
    expect(page.locator(".steps")).to_contain_text("of 11")
    page.get_by_role("link", name="See the whole result").click()
    page.get_by_role("link", name=re.compile("Change.*What are you building")).click()
    expect(page.get_by_label("A REST API", exact=False).first).to_be_checked()
    page.get_by_label(re.compile("A business app")).check()
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(re.compile("product=business_app&builtins=validation"))
    page.get_by_role("link", name=re.compile("Make this change")).first.click()
    page.get_by_role("link", name="Undo").click()
    expect(page).to_have_url(re.compile("product=business_app&builtins=validation"))
    page.locator("#why-goal-launch_mvp summary").click()
    expect(page.locator("#why-goal-launch_mvp .claims").first).to_be_visible()


def test_continue_with_nothing_chosen_says_so_at_the_field(open_page: OpenPage) -> None:
    page = open_page("/choose")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#goal-problem")).to_contain_text("No answer is chosen.")
    assert Axe().run(page).violations_count == 0


def test_all_on_one_page_answers_as_you_pick(open_page: OpenPage) -> None:
    page = open_page("/choose?view=all")
    page.get_by_label(re.compile("A complete web application")).check()
    expect(page.locator("#so-far h2")).to_contain_text("So far: Django, from 1 answer")
    expect(page).to_have_url(re.compile("view=all&product=web_app$"))
    page.get_by_role("button", name="Show my result").click()
    expect(page).to_have_url(re.compile(r"/choose\?product=web_app$"))


def test_a_third_pick_waits_and_none_stands_alone(open_page: OpenPage) -> None:
    page = open_page("/choose?builtins=admin,async&at=builtins")
    boxes = page.locator("#builtins .choices")
    expect(boxes.get_by_label("HTML pages, forms and sessions")).to_be_disabled()
    boxes.get_by_label("None: keep the core small").check()
    expect(boxes.get_by_label("Admin panel")).not_to_be_checked()
    expect(page).to_have_url(re.compile(r"builtins=none$"))


@pytest.mark.parametrize("path", ["/choose?goal=prototype&at=product", "/choose?view=all"])
def test_nothing_moves_while_one_answers(open_page: OpenPage, path: str) -> None:
    page = open_page(path)
    page.evaluate(
        "new PerformanceObserver((list) => { window.moved = (window.moved ?? 0) +"
        " list.getEntries().reduce((sum, each) => sum + each.value, 0); })"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.get_by_label(re.compile("A complete web application")).check()
    expect(page.locator("#so-far h2")).to_contain_text(re.compile(r"from \d answer"))
    assert page.evaluate("window.moved ?? 0") <= 0.02


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_the_open_result_passes_axe(open_page: OpenPage, width: str, scheme: str) -> None:
    page = open_page(LONG, width=width, scheme=scheme)
    page.evaluate("document.querySelectorAll('main details').forEach((each) => each.open = true)")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_result_with_every_answer_prints_on_one_page(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(LONG)
    content = page.pdf(path=tmp_path / "result.pdf", format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1


def test_copy_link_gives_the_address_of_this_result(open_page: OpenPage) -> None:
    page = open_page(LONG)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith(LONG)
