"""What every page offers: the theme, by choice or by the system."""

import pytest

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


def test_the_theme_is_remembered(open_page: OpenPage) -> None:
    page = open_page("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Switch to dark colours").click()
    page.goto("/learn")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
