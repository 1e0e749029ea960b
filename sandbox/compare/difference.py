"""What differs between two projects, file by file and line by line."""

import difflib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from sandbox.generate import FileTree

Status = Literal["added", "removed", "changed", "same"]
NO_FINAL_NEWLINE = " No newline at end of file"
_CONTEXT = 3
# Comparisons of two lines; a million take about half a second. What we generate takes thousands.
_STEPS_OF_A_FILE = 1_000_000
_STEPS_OF_A_PROJECT = 5 * _STEPS_OF_A_FILE
_STEPS_ALWAYS = 20_000

Opcode = tuple[str, int, int, int, int]


class Line(NamedTuple):
    r"""Hold one line of a hunk without its line feed.

    `sign` is "+", "-", " " or, as in a patch, "\" for the remark that the line before it is the
    file's last and ends without a line feed.
    """

    sign: str
    text: str


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class FileDiff:
    """Say what happened to one file, with the number of lines added and removed in it.

    `coarse` says that the lines in the middle were not matched with each other, as that would
    take too long: they stand as removed and added, though some may be the same.
    """

    path: str
    status: Status
    hunks: tuple[Hunk, ...]
    added: int
    removed: int
    coarse: bool = False


@dataclass(frozen=True)
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
    budget = _Budget()
    return TreeDiff(
        tuple(_compare(path, before.get(path), after.get(path), budget) for path in paths)
    )


@dataclass(slots=True)
class _Budget:
    """Count down the steps that are left for the files of a project."""

    left: int = _STEPS_OF_A_PROJECT

    def grant(self) -> int:
        """Return what the next file may take."""
        return max(min(self.left, _STEPS_OF_A_FILE), _STEPS_ALWAYS)


def _compare(path: str, before: str | None, after: str | None, budget: _Budget) -> FileDiff:
    if before == after:
        return FileDiff(path, "same", (), 0, 0)
    old, new = _marked(before or ""), _marked(after or "")
    groups, coarse = _opcodes(old, new, budget)
    hunks = tuple(_hunks(groups, old, new))
    signs = [line.sign for hunk in hunks for line in hunk.lines]
    status: Status = "added" if before is None else "removed" if after is None else "changed"
    return FileDiff(path, status, hunks, signs.count("+"), signs.count("-"), coarse)


def _marked(text: str) -> list[str]:
    """Split at line feeds and keep them, so that a last line without one differs from one with."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + lines[-1:] * bool(lines[-1])


class _TooManyStepsError(Exception):
    """Matching the lines would take too long."""


class _Matcher(difflib.SequenceMatcher[str]):
    """Match lines, and give up before the work grows with the square of a large file."""

    def __init__(self, before: list[str], after: list[str], left: int) -> None:
        # Without autojunk=False, lines that are frequent in a long file would count as different.
        super().__init__(None, before, after, autojunk=False)
        partners = Counter(after)
        self._steps = [0, *accumulate(1 + partners[line] for line in before)]
        self.left = left

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> difflib.Match:
        """Do as the matcher does, but count the comparisons; raises `_TooManyStepsError`."""
        end = len(self._steps) - 1 if ahi is None else ahi
        self.left -= self._steps[end] - self._steps[alo]
        if self.left < 0:
            raise _TooManyStepsError
        return super().find_longest_match(alo, ahi, blo, bhi)


def _opcodes(
    before: list[str], after: list[str], budget: _Budget
) -> tuple[list[list[Opcode]], bool]:
    """Return groups of changes with their surroundings, and whether they are coarse."""
    granted = budget.grant()
    matcher = _Matcher(before, after, granted)
    try:
        return list(matcher.get_grouped_opcodes(_CONTEXT)), False
    except _TooManyStepsError:
        return [_middle(before, after)], True
    finally:
        budget.left -= granted - max(matcher.left, 0)


def _middle(before: list[str], after: list[str]) -> list[Opcode]:
    """Return all between the first and the last different line as replaced."""
    start = _count_same(before, after)
    room = min(len(before), len(after)) - start
    end = min(_count_same(before[::-1], after[::-1]), room)
    first, old_end, new_end = max(start - _CONTEXT, 0), len(before) - end, len(after) - end
    kept = min(end, _CONTEXT)
    return [
        ("equal", first, start, first, start),
        ("replace", start, old_end, start, new_end),
        ("equal", old_end, old_end + kept, new_end, new_end + kept),
    ]


def _count_same(before: list[str], after: list[str]) -> int:
    pairs = zip(before, after, strict=False)
    return next(
        (number for number, (old, new) in enumerate(pairs) if old != new),
        min(len(before), len(after)),
    )


def _hunks(groups: list[list[Opcode]], before: list[str], after: list[str]) -> Iterator[Hunk]:
    for group in groups:
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
