"""Merge two changes of one text, line by line; what both changed differently is a conflict."""

import difflib
from collections.abc import Iterator

# Its only kept library has a licence that ours cannot take in; the rule fits into a page.


def merge(base: str, one: str, other: str) -> str | None:
    """Return `base` with the changes of both texts, or None where they contradict each other.

    Between two changes that are merged, at least one line of `base` is the same everywhere.
    """
    if one == other or base == other:
        return one
    if base == one:
        return other
    lines, first, second = (text.split("\n") for text in (base, one, other))
    merged: list[str] = []
    done = (0, 0, 0)
    for start, in_first, in_second, size in _common(lines, first, second):
        part = _part(lines[done[0] : start], first[done[1] : in_first], second[done[2] : in_second])
        if part is None:
            return None
        merged += [*part, *lines[start : start + size]]
        done = (start + size, in_first + size, in_second + size)
    return "\n".join(merged)


def _part(base: list[str], one: list[str], other: list[str]) -> list[str] | None:
    if one in (other, base):
        return other
    if other == base:
        return one
    size = len(base)
    if base and other[:size] == base:  # only added behind what the first has changed
        return [*one, *other[size:]]
    if base and other[-size:] == base:
        return [*other[:-size], *one]
    return None


def _common(
    base: list[str], one: list[str], other: list[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the runs of lines that all three have, as starts in each and a length; then the end."""
    in_one, in_other = _matches(base, one), _matches(base, other)
    for start, first, size in in_one:
        for other_start, second, other_size in in_other:
            low = max(start, other_start)
            high = min(start + size, other_start + other_size)
            if low < high:
                yield low, first + low - start, second + low - other_start, high - low
    yield len(base), len(one), len(other), 0


def _matches(base: list[str], text: list[str]) -> list[tuple[int, int, int]]:
    matcher = difflib.SequenceMatcher(None, base, text, autojunk=False)
    return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks()]
