"""Cut what a learner shall write out of a project, and leave its signature and a TODO there."""

import ast
import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from sandbox.compare import Excerpt, Missing, locate
from sandbox.errors import LessonError
from sandbox.generate import FileTree
from sandbox.learn.step import Step, Write

_WIDTH = 88
# How a line of a file becomes a comment; what ends otherwise has no comments, or none we know.
_COMMENTS = {
    ".html": ("{# ", " #}"),
    ".css": ("/* ", " */"),
    ".js": ("// ", ""),
    ".md": ("<!-- ", " -->"),
    ".py": ("# ", ""),
    ".toml": ("# ", ""),
    ".ini": ("# ", ""),
    ".env": ("# ", ""),
    ".yml": ("# ", ""),
    ".yaml": ("# ", ""),
    "Dockerfile": ("# ", ""),
    ".example": ("# ", ""),
    ".flaskenv": ("# ", ""),
    ".dockerignore": ("# ", ""),
    ".gitignore": ("# ", ""),
}
_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Cut:
    """What stands at an anchor of a step: the `solution` in a whole project, the `stub` before.

    Both are whole lines without the last line feed; `first_line` and `last_line` are the solution's
    in its project. `most` is set where only so many of the anchor's lines are cut.
    """

    step: str
    anchor: str
    path: str
    first_line: int
    last_line: int
    solution: str
    stub: str
    most: int | None = None

    @property
    def lines(self) -> int:
        """Count the lines to type: those of the solution that do not stand in the stub."""
        given = set(self.stub.split("\n"))
        return sum(bool(line.strip()) and line not in given for line in self.solution.split("\n"))


def cuts_of(tree: FileTree, steps: Iterable[Step]) -> tuple[Cut, ...]:
    """Return what the learner writes in these steps of a whole project, in file order.

    Raises `LessonError` for an anchor that finds nothing and is not optional, two that overlap, and
    a stub that would leave a Python file that cannot be read.
    """
    found = [
        cut_at(tree, step, write)
        for step in steps
        for write in step.write
        if not write.optional or is_there(tree, write)
    ]
    found.sort(key=lambda cut: (cut.path, cut.first_line))
    for one, next_one in pairwise(found):
        if one.path == next_one.path and next_one.first_line <= one.last_line:
            raise LessonError(
                f"The anchors {one.anchor} and {next_one.anchor} overlap.",
                "Let each line be written in one step.",
            )
    for cut in found:
        if sum(cut.path == each.path and cut.stub == each.stub for each in found) > 1:
            raise LessonError(
                f"Two places in {cut.path} would look the same: {cut.anchor} is one.",
                "Give each its own todo.",
            )
    return tuple(found)


def emptied(tree: FileTree, cuts: Iterable[Cut]) -> FileTree:
    """Return the project with a stub at each of the cuts."""
    files = dict(tree)
    for cut in sorted(cuts, key=lambda each: each.first_line, reverse=True):
        lines = files[cut.path].split("\n")
        lines[cut.first_line - 1 : cut.last_line] = cut.stub.split("\n")
        files[cut.path] = "\n".join(lines)
    return FileTree(files)


def is_there(tree: FileTree, write: Write) -> bool:
    """Tell whether a project has a place."""
    return isinstance(locate(write.at, tree), Excerpt)


def excerpt_at(tree: FileTree, anchor: str, most: int | None) -> Excerpt | Missing:
    """Return the lines that an anchor finds, or the first `most` of them."""
    found = locate(anchor, tree)
    if most is None or not isinstance(found, Excerpt):
        return found
    lines = found.text.split("\n")[:most]
    last = found.first_line + len(lines) - 1
    return replace(found, last_line=last, text="\n".join(lines))


def cut_at(tree: FileTree, step: Step, write: Write) -> Cut:
    """Return one place of a step in a whole project; raises `LessonError`."""
    found = excerpt_at(tree, write.at, write.lines)
    if not isinstance(found, Excerpt):
        raise LessonError(
            f"The step {step.key} has no place to write: {found.reason}",
            "Correct the anchor in the lesson, or add what this project lacks.",
        )
    text = tree[found.path]
    stub = _stub(text, found, write.todo or step.goal) if write.stub is None else write.stub
    lines = found.first_line, found.last_line
    cut = Cut(step.key, write.at, found.path, *lines, found.text, stub, write.lines)
    if found.path.endswith(".py"):
        cut = _readable(text, cut)
    return cut


def _stub(text: str, found: Excerpt, todo: str) -> str:
    todo = f"TODO: {todo}"
    if found.path.endswith(".py"):
        node = _node(text, found)
        if node is not None:
            return _of_definition(text, found, node, todo)
    indent = re.match(r"\s*", found.text)
    return "\n".join(_comment(found.path, todo, indent[0] if indent else ""))


def _of_definition(text: str, found: Excerpt, node: _Function | ast.ClassDef, todo: str) -> str:
    """Keep decorators, signature and docstring; the body becomes the TODO."""
    first = node.body[0]
    documented = ast.get_docstring(node) is not None
    last = (first.end_lineno if documented else first.lineno - 1) or first.lineno
    kept = text.split("\n")[found.first_line - 1 : last]
    indent = " " * first.col_offset
    ending = ["raise NotImplementedError"] if isinstance(node, _Function) else []
    if isinstance(node, ast.ClassDef) and not documented:
        ending = ["pass"]
    return "\n".join(
        [*kept, *_comment(found.path, todo, indent), *(f"{indent}{line}" for line in ending)]
    )


def _node(text: str, found: Excerpt) -> _Function | ast.ClassDef | None:
    """Return the function or class that fills these lines exactly, if one does."""
    for node in _definitions(text):
        if node.end_lineno == found.last_line:
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            one_line = node.body[0].lineno == node.lineno
            if first == found.first_line and not one_line:
                return node
    return None


# A project's places are looked up one after the other, and most of them in the same few files.
@lru_cache(maxsize=64)
def _definitions(text: str) -> Sequence[_Function | ast.ClassDef]:
    found = ast.walk(ast.parse(text))
    return [node for node in found if isinstance(node, _Function | ast.ClassDef)]


def _comment(path: str, todo: str, indent: str) -> Sequence[str]:
    name = path.rpartition("/")[2]
    marks = next((each for end, each in _COMMENTS.items() if name.endswith(end)), None)
    if marks is None:
        raise LessonError(
            f"{path} has no comments, so no TODO can stand in it.",
            "Give the anchor a stub, or choose another file.",
        )
    before, after = marks
    if after:
        return [f"{indent}{before}{todo}{after}"]
    return textwrap.wrap(
        todo,
        _WIDTH,
        initial_indent=f"{indent}{before}",
        subsequent_indent=f"{indent}{before}",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _readable(text: str, cut: Cut) -> Cut:
    """Return the cut with a `pass` in it where the code around would be left without a body."""
    indent = re.match(r"\s*", cut.solution)
    filled = replace(cut, stub=f"{cut.stub}\n{indent[0] if indent else ''}pass")
    for each in (cut, filled):
        whole = emptied(FileTree({cut.path: text}), [each])[cut.path]
        try:
            ast.parse(whole)
        except (SyntaxError, ValueError):
            continue
        return each
    raise LessonError(
        f"Without {cut.anchor}, {cut.path} is no longer Python.",
        "Choose whole statements, or give the anchor a stub.",
    )
