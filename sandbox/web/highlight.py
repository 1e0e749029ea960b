"""Code as coloured lines. Highlighting is what a page costs, so results are kept by content."""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name  # pyright: ignore[reportUnknownVariableType]
from pygments.token import STANDARD_TYPES

_BY_ENDING = {
    ".css": "css",
    ".html": "html+jinja",
    ".ini": "ini",
    ".cfg": "ini",
    ".js": "javascript",
    ".json": "json",
    # Not "mako": its lexer loads forty further ones, and what we show is mostly Python.
    ".mako": "python",
    ".py": "python",
    ".sh": "bash",
    ".sql": "sql",
    ".toml": "toml",
    ".yaml": "yaml",
    ".yml": "yaml",
}
_BY_NAME = {"Dockerfile": "docker"}
# Beyond these a lexer may take seconds, some of them with the square of the length.
_LARGEST = 50_000  # characters
_LARGEST_MARKUP = 20_000
_LONGEST_LINE = 1_000
MOST_LINES = 3_000  # of one text on a page
_LINE_END = re.compile(r"\r\n|\r|\n")


def language_of(path: str) -> str:
    """Return the name of the language that a file is coloured as; plain text for unknown ones."""
    pure = PurePosixPath(path)
    return _BY_NAME.get(pure.name) or _BY_ENDING.get(pure.suffix.lower(), "text")


@dataclass(frozen=True)
class Shown:
    """Hold the lines of a text that a page shows, as safe HTML, and a remark on what it lacks."""

    lines: tuple[Markup, ...]
    remark: str


def show(text: str, language: str) -> Shown:
    """Return a text as coloured lines; a long one without colours, and no further than a limit."""
    remarks: list[str] = []
    if language != "text" and _is_long(text, language):
        remarks.append("Shown without colours, because it is so long.")
    lines = highlight_lines(text, language)
    if len(lines) > MOST_LINES:
        remarks.append(f"{len(lines) - MOST_LINES:,} further lines are not shown.")
    return Shown(lines[:MOST_LINES], " ".join(remarks))


def _is_long(text: str, language: str) -> bool:
    if len(text) > (_LARGEST_MARKUP if language.startswith("html") else _LARGEST):
        return True
    # JSON's lexer reads each letter once, and its files are often one line.
    return language != "json" and max(map(len, text.split("\n"))) > _LONGEST_LINE


@lru_cache(maxsize=4096)
def highlight_lines(text: str, language: str) -> tuple[Markup, ...]:
    """Return each line as safe HTML, its tokens in spans with the usual Pygments classes."""
    plain = _LINE_END.sub("\n", text).removesuffix("\n")
    if language == "text" or _is_long(plain, language):
        return tuple(Markup(escape(line, quote=False)) for line in plain.split("\n"))
    lines: list[list[str]] = [[]]
    for kind, value in _lexer(language).get_tokens(plain):
        css = _css_class(kind)
        first, *rest = value.split("\n")
        lines[-1].append(_span(css, first))
        for part in rest:
            lines.append([_span(css, part)])
    if lines[-1] in ([], [""]) and len(lines) > 1:
        lines.pop()  # Pygments ends every text with a line feed of its own
    return tuple(Markup("".join(line)) for line in lines)


@lru_cache(maxsize=32)
def _lexer(language: str) -> Lexer:
    # Lexers keep no state between texts, so threads may share one.
    return get_lexer_by_name(language, stripnl=False, stripall=False)


@lru_cache(maxsize=512)
def _css_class(kind: Any) -> str:
    while kind not in STANDARD_TYPES:  # the root of all kinds is in it
        kind = kind.parent
    name: str = STANDARD_TYPES[kind]
    return "" if name in _UNCOLOURED else name


# Classes without a colour of their own would only make the page longer.
_UNCOLOURED = frozenset({"w", "n", "p", "o", "l", "ld", "g", "x", "nx", "py", "esc"})


def _span(css: str, text: str) -> str:
    shown = escape(text, quote=False)
    return f'<span class="{css}">{shown}</span>' if css and text.strip() else shown
