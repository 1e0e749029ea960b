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


CHOSEN = [
    ("/compare", ".rooms a"),
    ("/claims", ".tabs a"),
    ("/build?framework=django,flask", ".viewer-bar .tabs a"),
    ("/build?framework=flask", "[data-tree] a"),
    ("/choose?view=all&goal=prototype", "#goal .choice"),
]


@pytest.mark.parametrize(("path", "among"), CHOSEN)
def test_in_forced_colours_what_is_current_is_seen(
    open_page: OpenPage, path: str, among: str
) -> None:
    looks = open_page(path, forced=True).evaluate(
        "(among) => [...document.querySelectorAll(among)].map((each) => {"
        " const style = getComputedStyle(each);"
        " return `${style.outlineStyle} ${style.borderBottomColor}`; })",
        among,
    )
    assert sorted(looks.count(look) for look in set(looks)) == [1, len(looks) - 1]
