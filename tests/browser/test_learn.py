"""Learn by keyboard: the focus goes where the work went, and a page loaded again lost nothing."""

import re
from collections.abc import Iterator
from threading import Event

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, one_project
from tests.contract.conftest import serving
from tests.contract.reference import Reference, held_until
from tests.support.serving import Served

pytestmark = pytest.mark.browser

STEP = "/learn/flask/hello/health?project=mine"
NOBODY = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of its own: a step that is begun changes the project, which others only read."""
    with one_project(tmp_path_factory.mktemp("lessons")) as served:
        yield served


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).press("Enter")


def test_what_a_form_has_done_has_the_focus_and_stays_when_loaded_again(
    open_page: OpenPage,
) -> None:
    page = open_page(STEP)
    _press(page, "Begin this step")
    result = page.locator("#result")
    expect(result).to_be_focused()
    expect(result).to_contain_text("in your editor")
    expect(result).to_be_in_viewport(ratio=1)
    page.reload()
    expect(result).to_contain_text("in your editor")


@pytest.mark.parametrize("script", [True, False])
def test_a_check_ends_where_the_focus_is(open_page: OpenPage, script: bool) -> None:
    page = open_page(f"{STEP}&url={NOBODY}", script=script)
    _press(page, "Check it")
    result = page.locator("#result")
    expect(result).to_contain_text("Nothing was checked, and nothing was noted.")
    expect(result).to_be_focused()


@pytest.mark.parametrize("script", [True, False])
def test_a_check_that_takes_a_while_comes_to_its_end_on_the_page(
    open_page: OpenPage, script: bool
) -> None:
    let_go = Event()
    slow = held_until(let_go, Reference(frozenset({"hello"})))
    with serving(slow) as url:
        page = open_page(f"{STEP}&url={url}", script=script)
        _press(page, "Check it")
        expect(page.locator("#result")).to_contain_text("Checking")
        if not script:  # it is loaded again, and again
            page.wait_for_url(re.compile(r"look=2\b"))
        let_go.set()
        expect(page.locator("#result")).to_contain_text("Step done.")
    expect(page.locator("#result")).to_be_focused()


def test_a_guess_leads_to_its_answer(open_page: OpenPage) -> None:
    page = open_page(STEP)
    page.get_by_text("First, a guess").press("Enter")
    page.get_by_label("Your guess").fill("a text")
    page.get_by_label("Your guess").press("Enter")
    expect(page.locator("#answer")).to_be_focused()
    expect(page.locator("#answer")).to_contain_text("You said: a text")


def test_hints_that_were_opened_stay_open(open_page: OpenPage) -> None:
    page = open_page(STEP)
    page.get_by_text("Hint 2 of").press("Enter")
    expect(page.locator("#hint-2")).to_have_attribute("open", "")
    page.wait_for_function("Object.values(sessionStorage).join().includes('hint-2')")
    page.reload()
    expect(page.locator("#hint-2")).to_have_attribute("open", "")
    expect(page.locator("#hint-1")).not_to_have_attribute("open", "")


def test_code_and_result_stand_together_above_the_fold(open_page: OpenPage) -> None:
    page = open_page(f"{STEP}&url={NOBODY}")
    _press(page, "Check it")
    expect(page.locator("#result")).to_contain_text("Nothing was checked")
    expect(page.locator("#result")).to_be_in_viewport(ratio=1)
    expect(page.locator("#write .code").first).to_be_in_viewport()


def test_words_in_the_boxes_of_a_sheet_stay_in_their_lines(open_page: OpenPage) -> None:
    page = open_page("/learn/sheets/flask/auth", width="narrow")
    tall = """() => [...document.querySelectorAll('.boxes li')]
      .filter((each) => each.getBoundingClientRect().height > 160).map((each) => each.innerText)"""
    assert page.evaluate(tall) == []
