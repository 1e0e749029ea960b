"""Each check of the variants finds what it is there to find: a defect is planted, and named."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from sandbox.generate import FileTree
from tests.support.variants import tree
from tests.variants.files import problems_in_files
from tests.variants.html import problems_in_html
from tests.variants.leftovers import problems_of_leftovers
from tests.variants.matrix import Problem, Variant, summary
from tests.variants.style import problems_of_style
from tests.variants.telling import problems_of_presence

Check = Callable[[Variant], Iterable[Problem]]


def style(variant: Variant) -> Iterable[Problem]:
    return problems_of_style([variant])


HELLO = ("hello",)
ROUTES = ("hello", "routes")
MAIN = "app/__init__.py"

PLANTED: dict[str, tuple[Check, tuple[str, ...], str, str, str]] = {
    "no newline": (problems_in_files, HELLO, MAIN, "x = 1", "does not end with a newline"),
    "a marker": (problems_in_files, HELLO, MAIN, "#: endif :#\n", "still contains #:"),
    "no Python": (problems_in_files, HELLO, MAIN, "def\n", "cannot be read: invalid syntax"),
    "a hole": (problems_in_files, HELLO, "README.md", "a\n\n\nb\n", "has a hole"),
    "dead import": (problems_of_leftovers, HELLO, MAIN, "import app.live\n", "is not in this"),
    "dead name": (
        problems_of_leftovers,
        HELLO,
        MAIN,
        "from app.hello import farewell\n",
        "imports farewell from app.hello, which has no such",
    ),
    "stranger": (problems_of_leftovers, HELLO, MAIN, "import httpx2\n", "no package of this"),
    "unused name": (
        problems_of_leftovers,
        HELLO,
        MAIN,
        "def read_book():\n    return 1\n",
        "defines read_book, which only other variants use",
    ),
    "dead mention": (
        problems_of_leftovers,
        HELLO,
        "README.md",
        "See `app/schemas.py`.\n",
        "speaks of app/schemas.py",
    ),
    "unused package": (
        problems_of_leftovers,
        HELLO,
        "pyproject.toml",
        '[project]\nname = "shelf"\ndependencies = ["flask>=3", "pydantic>=2"]\n',
        "asks for pydantic, which nothing uses",
    ),
    "telling word": (
        problems_of_presence,
        HELLO,
        "README.md",
        "It listens at /api/books.\n",
        "README.md says '/api/books' without routes",
    ),
    "absent feature": (
        problems_of_presence,
        ROUTES,
        "app/samples.json",
        "",
        "says '\\\\bPersepolis",
    ),
    "lost template": (
        problems_in_html,
        HELLO,
        MAIN,
        'render_template("lost.html")\n',
        "names the template lost.html",
    ),
    "lost route": (problems_in_html, HELLO, MAIN, 'url_for("books.lost")\n', "leads to books.lost"),
    "lost address": (
        problems_in_html,
        HELLO,
        "app/templates/a.html",
        '<a href="/lost">\n',
        "leads to /lost, which is not there",
    ),
    "orphan template": (
        problems_in_html,
        HELLO,
        "app/templates/a.html",
        "<p>\n",
        "is a template that nothing names",
    ),
    "unused import": (style, HELLO, MAIN, "import os\n", "F401"),
    "unformatted": (style, HELLO, MAIN, "x = {'a':1}\n", "unformatted"),
}


@pytest.mark.parametrize(
    ("check", "features", "path", "text", "said"), PLANTED.values(), ids=PLANTED
)
def test_a_planted_defect_is_found_and_named(
    check: Check, features: tuple[str, ...], path: str, text: str, said: str
) -> None:
    files = FileTree({**tree("flask", features), path: text})
    found = summary(list(check(Variant("flask", features, files))))
    assert [each for each in found if said in each], found


@pytest.mark.parametrize(
    "check", dict.fromkeys(entry[0] for entry in PLANTED.values()), ids=lambda check: check.__name__
)
def test_a_check_is_silent_about_a_sound_project(check: Check) -> None:
    assert list(check(Variant("flask", ROUTES))) == []
