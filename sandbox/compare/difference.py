"""What differs between two projects, file by file and line by line."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from sandbox.generate import FileTree

Status = Literal["added", "removed", "changed", "same"]
NO_FINAL_NEWLINE = " No newline at end of file"
_CONTEXT = 3


class Line(NamedTuple):
    r"""Hold one line of a hunk without its line feed.

    `sign` is "+", "-", " " or, as in a patch, "\" for the remark that the line before it is the
    file's last and ends without a line feed.
    """

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Hunk:
    """Hold changed lines with their surroundings; starts are line numbers, 0 for an empty side."""

    before_start: int
    after_start: int
    lines: tuple[Line, ...]

    @property
    def header(self) -> str:
        """Return the `@@` line of a patch."""
        before = sum(line.sign in "- " for line in self.lines)
        after = sum(line.sign in "+ " for line in self.lines)
        return f"@@ -{self.before_start},{before} +{self.after_start},{after} @@"


@dataclass(frozen=True, slots=True)
class FileDiff:
    """Say what happened to one file, with the number of lines added and removed in it."""

    path: str
    status: Status
    hunks: tuple[Hunk, ...]
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class TreeDiff:
    """Hold every file of two projects, sorted by path."""

    files: tuple[FileDiff, ...]

    @property
    def changes(self) -> tuple[FileDiff, ...]:
        """Return the files that are not the same on both sides."""
        return tuple(file for file in self.files if file.status != "same")

    @property
    def added(self) -> int:
        """Count the lines that only the second project has."""
        return sum(file.added for file in self.files)

    @property
    def removed(self) -> int:
        """Count the lines that only the first project has."""
        return sum(file.removed for file in self.files)


@lru_cache(maxsize=256)
def diff(before: FileTree, after: FileTree) -> TreeDiff:
    """Compare two projects: two steps of one, two frameworks, or ours and the learner's."""
    paths = sorted({*before, *after})
    return TreeDiff(tuple(_compare(path, before.get(path), after.get(path)) for path in paths))


def _compare(path: str, before: str | None, after: str | None) -> FileDiff:
    if before == after:
        return FileDiff(path, "same", (), 0, 0)
    hunks = tuple(_hunks(_marked(before or ""), _marked(after or "")))
    signs = [line.sign for hunk in hunks for line in hunk.lines]
    status: Status = "added" if before is None else "removed" if after is None else "changed"
    return FileDiff(path, status, hunks, signs.count("+"), signs.count("-"))


def _marked(text: str) -> list[str]:
    """Split at line feeds and keep them, so that a last line without one differs from one with."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + lines[-1:] * bool(lines[-1])


def _hunks(before: list[str], after: list[str]) -> Iterator[Hunk]:
    # Without autojunk=False, lines that are frequent in a long file would count as different.
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        lines: list[Line] = []
        for kind, start, end, new_start, new_end in group:
            if kind == "equal":
                lines += _signed(" ", before[start:end])
            else:
                lines += _signed("-", before[start:end])
                lines += _signed("+", after[new_start:new_end])
        (_, start, _, new_start, _), (_, _, end, _, new_end) = group[0], group[-1]
        yield Hunk(start + (end > start), new_start + (new_end > new_start), tuple(lines))


def _signed(sign: str, lines: list[str]) -> Iterator[Line]:
    for line in lines:
        yield Line(sign, line.removesuffix("\n"))
        if not line.endswith("\n"):
            yield Line("\\", NO_FINAL_NEWLINE)
