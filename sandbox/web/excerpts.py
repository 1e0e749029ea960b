"""Excerpts as a comparison shows them: as long as a reader compares, the rest on demand."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from sandbox.compare import LISTING, Excerpt
from sandbox.web.highlight import language_of, show

_WIDTH = 46  # letters in a line of one of three columns
_MOST_ROWS = 34
_FEW = 6  # lines that are not worth folding away
_LONG_LISTING = 30  # files; a longer list is told folder by folder


@dataclass(frozen=True)
class Piece:
    """Hold an excerpt's lines as HTML: those to show, and how many more `rest` has.

    `rows` is what the shown ones take in a narrow column, where long lines wrap.
    """

    shown: Markup
    rest: Markup
    more: int
    rows: int
    remark: str


@lru_cache(maxsize=2048)
def piece(excerpt: Excerpt) -> Piece:
    """Return an excerpt ready for a column."""
    text = _folders(excerpt.text) if excerpt.path == LISTING else excerpt.text
    language = "text" if excerpt.path == LISTING else language_of(excerpt.path)
    found = show(text, language)
    rows = [1 + len(line) // _WIDTH for line in text.split("\n")]
    kept = _kept(rows)
    numbered = [
        Markup('<span class="line" data-nr="{}">{}\n</span>').format(number, line)
        for number, line in enumerate(found.lines, excerpt.first_line)
    ]
    return Piece(
        shown=Markup("").join(numbered[:kept]),
        rest=Markup("").join(numbered[kept:]),
        more=max(len(numbered) - kept, 0),
        rows=sum(rows[:kept]),
        remark=found.remark,
    )


def _kept(rows: list[int]) -> int:
    total = 0
    for number, height in enumerate(rows):
        total += height
        if total > _MOST_ROWS:
            return number if len(rows) - number > _FEW else len(rows)
    return len(rows)


def _folders(text: str) -> str:
    """Return a long list of files as one of folders, each with its number of files."""
    paths = text.split("\n")
    if len(paths) <= _LONG_LISTING:
        return text
    found = Counter("/".join(path.split("/")[:-1][:2]) for path in paths if "/" in path)
    folders = [f"{name}/  {count} file{'s' * (count > 1)}" for name, count in found.items()]
    return "\n".join([*folders, *(path for path in paths if "/" not in path)])
