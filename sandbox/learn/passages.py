"""The text of a lesson: Markdown cut into passages of prose and references to code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sandbox.errors import LessonError

SNIPPET = "snippet"
# `flask:app/books.py::list_books`: one colon ends a framework, two begin what an anchor looks for.
_OF_FRAMEWORK = re.compile(r"([a-z][a-z0-9_-]*):(?!:)(.+)")

_SENTENCE_ENDS = re.compile(r"(?<=[.!?:;])[\"”’)*]*\s+")


@dataclass(frozen=True)
class Prose:
    """Some Markdown, without headings of the first two levels; raw HTML in it is plain text."""

    text: str


@dataclass(frozen=True)
class Reference:
    """Point at code of this step's project, or of `framework`'s project at the same step."""

    anchor: str
    framework: str | None


@dataclass(frozen=True)
class Passage:
    """A heading as plain text and what stands below it, in order."""

    title: str
    parts: tuple[Prose | Reference, ...]


def markdown() -> MarkdownIt:
    """Return the Markdown of lessons: CommonMark and tables; raw HTML is shown, not obeyed."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


_READER = markdown()


@lru_cache(maxsize=128)
def parse(text: str, place: str) -> tuple[Passage, ...]:
    """Cut a lesson into its title with the introduction, then its sections.

    Raises `LessonError` naming `place` and the line: unless there is one `#` heading, at the top,
    and each snippet stands at the margin and holds one anchor.
    """
    tokens = _READER.parse(text)
    problem = next(_problems(tokens), None)
    if problem:
        raise LessonError(f"{place}: {problem[0]}", problem[1])
    lines = text.split("\n")
    passages: list[Passage] = []
    title, parts, start = "", list[Prose | Reference](), 0
    for token, inner in zip(tokens, [*tokens[1:], None], strict=True):
        reference = _reference(token)
        if not token.map or not (reference or _is_heading(token)):
            continue
        parts += _prose(lines[start : token.map[0]])
        start = token.map[1]
        if reference:
            parts.append(reference)
            continue
        if title:
            passages.append(Passage(title, tuple(parts)))
        title, parts = _plain(inner), []
    parts += _prose(lines[start:])
    return (*passages, Passage(title, tuple(parts)))


def _problems(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Yield what keeps a text from being a lesson, and what to do about it."""
    if not tokens or tokens[0].tag != "h1":
        yield "it does not begin with a title.", "Begin with `# ` and the title."
    for token in tokens[1:]:
        line = f"line {token.map[0] + 1}" if token.map else "somewhere"
        if token.type == "heading_open" and token.tag == "h1":
            yield f"{line} is a second title.", "Use `## ` for sections."
        if token.type == "fence" and token.info.strip() == SNIPPET:
            if token.level:
                yield f"{line} has an indented snippet.", "Put its fence at the margin."
            if len(token.content.split("\n")) != 2 or not token.content.strip():
                yield f"{line} has a snippet without one anchor.", "Write `path::name` in it."


def _is_heading(token: Token) -> bool:
    return token.type == "heading_open" and token.level == 0 and token.tag in ("h1", "h2")


def _reference(token: Token) -> Reference | None:
    if token.type != "fence" or token.info.strip() != SNIPPET:
        return None
    anchor = token.content.strip()
    named = _OF_FRAMEWORK.fullmatch(anchor)
    return Reference(named[2], named[1]) if named else Reference(anchor, None)


def _prose(lines: Sequence[str]) -> list[Prose]:
    text = "\n".join(lines).strip("\n")
    return [Prose(text)] if text.strip() else []


def _plain(inline: Token | None) -> str:
    children = inline.children or [] if inline else []
    return "".join(child.content for child in children)


def commands_in(text: str) -> list[str]:
    """Return what a text tells to type, line by line: what follows `$` in its console blocks."""
    fences = [each for each in _READER.parse(text) if each.type == "fence"]
    lines = [line for each in fences for line in each.content.splitlines()]
    return [line[2:].strip() for line in lines if line.startswith("$ ")]


def sentences_in(text: str) -> list[str]:
    """Return the sentences of some Markdown, code in them counted as one word."""
    inlines = [each for each in _READER.parse(text) if each.type == "inline"]
    found = (_SENTENCE_ENDS.split(_spoken(each)) for each in inlines)
    return [sentence for each in found for sentence in each if sentence.strip()]


def _spoken(inline: Token) -> str:
    words = {"code_inline": "code", "softbreak": " ", "hardbreak": " "}
    return "".join(words.get(each.type, each.content) for each in inline.children or [])
