"""What no style of a room may undo: what is hidden stays hidden, what shall not move does not."""

import pytest

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser
PATHS = ["/", "/choose", "/choose?size=small", "/build", "/learn/flask/routes", "/claims"]


@pytest.mark.parametrize("path", PATHS)
def test_without_javascript_no_dead_control_is_shown(open_page: OpenPage, path: str) -> None:
    page = open_page(path, script=False)
    hidden = page.locator("[hidden], .scripted")
    assert hidden.count()
    assert [each for each in hidden.all() if each.is_visible()] == []


@pytest.mark.parametrize("path", PATHS)
def test_reduced_motion_stops_every_transition(open_page: OpenPage, path: str) -> None:
    page = open_page(path)
    assert (
        page.evaluate(
            "[...document.querySelectorAll('*')].filter((each) => { const style ="
            " getComputedStyle(each); return style.transitionDuration !== '0s' ||"
            " style.animationName !== 'none'; }).map((each) => each.outerHTML.slice(0, 80))"
        )
        == []
    )
