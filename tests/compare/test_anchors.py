"""Anchors find the same piece of code wherever an edit has moved it, and never raise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.compare import Excerpt, Missing, locate
from sandbox.generate import FileTree

APP = """\
import tiny

CORS: dict = {
    "a": 1,
}
first, second = 1, 2


@tiny.get("/")
@tiny.cached
def index():
    return 1


class Book(
    tiny.Model
):
    title = tiny.Text()

    def save(self):
        pass


def create_app():
    app = tiny.App()

    @app.get("/health")
    def health():
        return "ok"

    return app


if True:
    app = create_app()
"""
SETTINGS = "a: 1\n\nbooks:\n  path: 'x'\n  size: 2\n\nsame\nsame\n"
TREE = FileTree({"app.py": APP, "settings.yml": SETTINGS, "empty.py": "", "pkg/__init__.py": "\n"})


@pytest.mark.parametrize(
    ("anchor", "first", "last"),
    [
        ("app.py::index", 9, 12),
        ("app.py::Book", 15, 21),
        ("app.py::Book.save", 20, 21),
        ("app.py::Book.title", 18, 18),
        ("app.py::CORS", 3, 5),
        ("app.py::second", 6, 6),
        ("app.py::create_app.health", 27, 29),
        ("app.py::app", 35, 35),
        ('app.py::@app.get("/health")', 27, 29),
        ("app.py::import tiny", 1, 1),
        ("app.py", 1, 35),
        ("settings.yml::books:", 3, 5),
        ('settings.yml::path:"x"', 4, 5),
        ("settings.yml::books", 3, 5),
        ("empty.py", 1, 1),
        ("/", 1, 4),
    ],
)
def test_an_anchor_finds_its_lines(anchor: str, first: int, last: int) -> None:
    excerpt = locate(anchor, TREE)
    assert isinstance(excerpt, Excerpt)
    assert (excerpt.first_line, excerpt.last_line) == (first, last)
    if anchor != "/":
        assert excerpt.text == "\n".join(TREE[excerpt.path].split("\n")[first - 1 : last])


def test_the_listing_names_every_file() -> None:
    excerpt = locate("/", TREE)
    assert isinstance(excerpt, Excerpt)
    assert excerpt.text.split("\n") == list(TREE)


@pytest.mark.parametrize(
    ("anchor", "reason"),
    [
        ("gone.py::index", "This project has no file gone.py."),
        ("gone.py", "This project has no file gone.py."),
        ("app.py::missing", "app.py does not define missing."),
        ("app.py::index.Book", "app.py does not define index.Book."),
        ("settings.yml::missing", "settings.yml has no line that contains “missing”."),
        ("settings.yml::", "settings.yml has no line that contains “”."),
        ("settings.yml::same", "settings.yml has 2 lines that contain “same”."),
    ],
)
def test_what_is_not_there_is_a_sentence(anchor: str, reason: str) -> None:
    assert locate(anchor, TREE) == Missing(reason)


@pytest.mark.parametrize(
    "broken", ["def index(:\n", "def index():\nreturn 1\n", "x = '\0'\n", "(" * 5000, "'\ud800"]
)
def test_code_that_python_cannot_read_is_a_sentence(broken: str) -> None:
    found = locate("app.py::index", FileTree({"app.py": broken}))
    assert isinstance(found, Missing)
    assert "not valid Python at the moment" in found.reason


@pytest.mark.parametrize(
    "edited",
    [
        f"# A remark of mine.\n\n\n{APP}",
        APP.replace("    return 1", "    one = 1\n\n    return one"),
        APP.replace('@tiny.get("/")', "@tiny.get(\n    '/',\n)"),
        APP.replace("\n", "\r\n"),
        APP.replace("def index", "async def index"),
        APP.replace("class Book", "def index():\n    return 2\n\n\nclass Book"),
    ],
)
def test_an_edited_file_still_shows_the_function(edited: str) -> None:
    excerpt = locate("app.py::index", FileTree({"app.py": edited}))
    assert isinstance(excerpt, Excerpt)
    assert "def index():\n" in excerpt.text
    assert "class Book" not in excerpt.text


@given(text=st.text(), name=st.text())
def test_no_text_and_no_name_raises(text: str, name: str) -> None:
    tree = FileTree({"a.py": text, "b.html": text})
    for anchor in (name, f"a.py::{name}", f"b.html::{name}", "a.py::index", "a.py", "/"):
        found = locate(anchor, tree)
        if not isinstance(found, Missing):
            assert 1 <= found.first_line <= found.last_line
            assert found.text.count("\n") <= found.last_line - found.first_line


@given(
    before=st.lists(st.sampled_from(["x = 1\n", "\n", "# note\n", "def other():\n    pass\n"])),
    name=st.from_regex(r"[a-z]{3,8}_[a-z]{3,8}", fullmatch=True),
)
def test_a_definition_is_found_below_any_other_code(before: list[str], name: str) -> None:
    definition = f"@mark\ndef {name}():\n    return 1"
    excerpt = locate(f"a.py::{name}", FileTree({"a.py": "".join(before) + definition + "\n"}))
    assert isinstance(excerpt, Excerpt)
    assert excerpt.text == definition
