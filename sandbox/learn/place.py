"""Find in a learner's own file what stands where a step cut something out."""

import difflib

from sandbox.compare import Excerpt, locate
from sandbox.generate import FileTree
from sandbox.learn.athand import AtHand, stands_in
from sandbox.learn.stubs import Cut


def place_of(theirs: FileTree, last: AtHand, cut: Cut) -> str | None:
    """Return the whole lines that stand in the place of a cut, None if it is not found.

    A definition is found by its name, other lines between those that were around them.
    """
    text = theirs.get(cut.path)
    if text is None:
        return None
    for lines in (cut.stub, cut.solution):
        if stands_in(lines, text):
            return lines
    found = locate(cut.anchor, theirs) if _is_definition(cut) else None
    lines = found.text if isinstance(found, Excerpt) else _between(last.written, cut, text)
    return lines if lines and stands_in(lines, text) else None


def _is_definition(cut: Cut) -> bool:
    name = cut.anchor.partition("::")[2]
    return (
        cut.most is None
        and cut.path.endswith(".py")
        and all(part.isidentifier() for part in name.split("."))
    )


def _between(written: FileTree, cut: Cut, text: str) -> str | None:
    """Return what stands between the lines that stood before and after the place, if both do."""
    before, after = written[cut.path].split("\n"), text.split("\n")
    lines = next(
        (each for each in (cut.stub, cut.solution) if stands_in(each, written[cut.path])), None
    )
    if lines is None:
        return None
    first = written[cut.path].partition(lines)[0].count("\n")
    end = first + lines.count("\n") + 1
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    partner = {
        block.a + step: block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
    partner |= {-1: -1, len(before): len(after)}
    if first - 1 not in partner or end not in partner:
        return None
    found = "\n".join(after[partner[first - 1] + 1 : partner[end]])
    return found if found.strip() else None
