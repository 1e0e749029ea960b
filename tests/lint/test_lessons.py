"""Every defect that can be planted in a lesson is found and named."""

from pathlib import Path

import pytest

from sandbox.learn import Course
from sandbox.lint import lint_lessons
from tests.compare.tiny import make_knowledge, make_scaffold

HELLO = "lessons/hello.md"
ROUTES = "lessons/routes.md"
TYPED_PYTHON = "```python\nx = 1\n```\n"

DEFECTS = {
    "no title": (HELLO, "# Say hello\n\n", "", "it does not begin with a title."),
    "a missing section": (HELLO, "## Try it", "## Use it", "there is no section “Try it”."),
    "an empty section": (
        *(HELLO, "The check asks for `/`.\n", ""),
        "nothing stands under “Check your work”.",
    ),
    "two equal headings": (
        *(HELLO, "## What to write", "## Try it"),
        "two headings say “Try it”.",
    ),
    "no code at all": (
        *(HELLO, "```snippet\napp.py::create_app\n```\n", ""),
        "it shows no code of its own project.",
    ),
    "a snippet that resolves nowhere": (
        *(HELLO, "app.py::create_app", "app.py::make_app"),
        "The snippet app.py::make_app shows nothing: app.py does not define make_app.",
    ),
    "a snippet of a later step": (
        *(HELLO, "app.py::create_app", "books.py::read"),
        "The snippet books.py::read shows nothing: This project has no file books.py.",
    ),
    "a broken snippet of another framework": (
        *(ROUTES, "tiny:books.py::@get", "tiny:books.py::@post"),
        "The snippet books.py::@post shows nothing: books.py has no line that contains “@post”.",
    ),
    "an unknown framework": (
        *(ROUTES, "tiny:books.py", "rails:books.py"),
        "There are no lessons for 'rails'.",
    ),
    "typed code": (
        *(HELLO, "", TYPED_PYTHON),
        "a block of python is typed by hand; show code with a snippet block.",
    ),
    "indented code": (
        *(HELLO, "", "\n    x = 1\n"),
        "an indented block is typed by hand; show code with a snippet block.",
    ),
    "an indented snippet": (
        *(HELLO, "", "\n- one\n\n  ```snippet\n  app.py\n  ```\n"),
        "line 32 has an indented snippet.",
    ),
    "HTML": (HELLO, "", "\nA <b>bold</b> word.\n", "'<b>' is HTML"),
    "a link that is not https": (
        *(HELLO, "https://tiny.example/", "http://tiny.example/"),
        "the link to http://tiny.example/ must begin with https://.",
    ),
}


def test_the_small_course_has_no_defect(tmp_path: Path) -> None:
    assert lint(tmp_path) == []


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_named(defect: str, tmp_path: Path) -> None:
    path, old, new, sentence = DEFECTS[defect]
    problems = lint(tmp_path, {path: (old, new)})
    assert any(each.startswith(f"scaffolds/tiny/{path}: {sentence}") for each in problems), problems


def test_a_missing_lesson_is_named(tmp_path: Path) -> None:
    scaffold = make_scaffold(tmp_path)
    (scaffold.folder / ROUTES).unlink()
    problems = lint_lessons(Course(make_knowledge(), {"tiny": scaffold}, {}))
    assert problems == ["scaffolds/tiny/lessons/routes.md: the lesson is missing."]


def test_a_lesson_for_no_feature_is_named(tmp_path: Path) -> None:
    (problem,) = lint(tmp_path, {"lessons/magic.md": ("", "# Magic\n")})
    assert problem == (
        "scaffolds/tiny/lessons/magic.md: it belongs to no feature that the scaffold offers."
    )


def lint(folder: Path, changes: dict[str, tuple[str, str]] | None = None) -> list[str]:
    scaffold = make_scaffold(folder, changes)
    return lint_lessons(Course(make_knowledge(), {"tiny": scaffold}, {}))
