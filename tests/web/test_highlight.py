"""Code as coloured lines: the text survives, whatever it is."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.web.highlight import MOST_LINES, highlight_lines, language_of, show
from sandbox.web.markdown import block


def text_of(lines: tuple[str, ...]) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", "\n".join(lines)))


@settings(deadline=None)  # a lexer is loaded at its first use
@given(
    st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"])),
    st.sampled_from(["python", "html+jinja", "toml", "text", "yaml"]),
)
def test_lines_say_what_the_text_says(text: str, language: str) -> None:
    shown = text_of(highlight_lines(text, language))
    assert shown == text.removesuffix("\n")


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("app/books.py", "python"),
        ("Dockerfile", "docker"),
        ("a", "text"),
    ],
)
def test_a_files_language_comes_from_its_name(path: str, language: str) -> None:
    assert language_of(path) == language


def test_of_a_text_that_is_too_long_the_rest_is_counted() -> None:
    assert show("x\n" * MOST_LINES, "text").remark == ""
    found = show("x\n" * (MOST_LINES + 1_234), "text")
    assert len(found.lines) == MOST_LINES
    assert found.remark == "1,234 further lines are not shown."


def test_html_in_our_markdown_is_shown_not_obeyed() -> None:
    assert "<script>" not in block("<script>alert(1)</script>\n\n```console\n<b>\n```")
