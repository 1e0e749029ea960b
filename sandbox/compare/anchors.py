"""Anchors: point at a piece of a project by what it says, so that edits do not lose it.

`path::Name` and `path::Class.method` find Python definitions, `path::some text` a unique line,
`path` alone a whole file and `/` the list of all files.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from sandbox.generate import FileTree

LISTING = "/"
_DOTTED_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
# Not `str.splitlines`, which also breaks lines where Python's own line numbers do not.
_LINE_END = re.compile(r"\r\n|\r|\n")

Span = tuple[int, int]


@dataclass(frozen=True)
class Excerpt:
    """Hold some lines of a project's file: numbered from 1, both ends included."""

    path: str
    first_line: int
    last_line: int
    text: str


@dataclass(frozen=True)
class Missing:
    """Say in one sentence why an anchor finds nothing in a project."""

    reason: str


def locate(anchor: str, tree: FileTree) -> Excerpt | Missing:
    """Return what an anchor points at, or why it finds nothing; no text on either side raises."""
    if anchor == LISTING:
        return _whole(LISTING, "\n".join(tree.paths))
    path, separator, wanted = anchor.partition("::")
    if path not in tree:
        if reason := tree.why_unread(path):
            return Missing(f"{path} is there but cannot be read: {reason}.")
        return Missing(f"This project has no file {path}.")
    if not separator:
        return _whole(path, tree[path])
    if path.endswith(".py") and _DOTTED_NAME.fullmatch(wanted):
        return _definition(path, tree[path], wanted)
    return _passage(path, tree[path], wanted)


def _definition(path: str, text: str, name: str) -> Excerpt | Missing:
    definitions = _outline(text)
    if definitions is None:
        return Missing(
            f"{path} is not valid Python at the moment, so {name} cannot be found in it."
        )
    if name not in definitions:
        return Missing(f"{path} does not define {name}.")
    return _cut(path, _lines(text), definitions[name])


def _passage(path: str, text: str, wanted: str) -> Excerpt | Missing:
    lines = _lines(text)
    hits = [number for number, line in enumerate(lines, 1) if wanted in line]
    if not hits:
        squeezed = _squeeze(wanted)
        hits = [number for number, line in enumerate(lines, 1) if squeezed in _squeeze(line)]
    if not wanted.strip() or not hits:
        return Missing(f"{path} has no line that contains “{wanted}”.")
    if len(hits) > 1:
        return Missing(f"{path} has {len(hits)} lines that contain “{wanted}”.")
    last = hits[0]
    while last < len(lines) and lines[last].strip():
        last += 1
    return _cut(path, lines, (hits[0], last))


def _squeeze(line: str) -> str:
    """Drop what a formatter may change: spacing and the kind of quotes."""
    return re.sub(r"\s+", "", line).replace("'", '"')


def _whole(path: str, text: str) -> Excerpt:
    lines = _lines(text)
    return _cut(path, lines, (1, len(lines)))


def _cut(path: str, lines: list[str], span: Span) -> Excerpt:
    first, last = span
    return Excerpt(path, first, last, "\n".join(lines[first - 1 : last]))


def _lines(text: str) -> list[str]:
    lines = _LINE_END.split(text)
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


@lru_cache(maxsize=1024)
def _outline(text: str) -> Mapping[str, Span] | None:
    """Map dotted names to their lines, or return None for what Python cannot read.

    Of several definitions with one name the last one counts, as it does when Python runs them.
    """
    try:
        return MappingProxyType(dict(_definitions(ast.parse(text).body, "")))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _definitions(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, Span]]:
    for node in body:
        for name in _names(node):
            yield prefix + name, _span(node)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from _definitions(node.body, f"{prefix}{node.name}.")
        else:
            yield from _definitions(_inner(node), prefix)


def _names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    if isinstance(node, ast.Assign | ast.AnnAssign):
        for target in targets:
            inner = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
            yield from (name.id for name in inner if isinstance(name, ast.Name))


def _inner(node: ast.stmt) -> list[ast.stmt]:
    """Return the statements inside an `if`, `with`, `try` or loop, which open no new names."""
    parts = [getattr(node, field, []) for field in ("body", "orelse", "finalbody")]
    parts += [handler.body for handler in getattr(node, "handlers", [])]
    return [inner for part in parts for inner in part]


def _span(node: ast.stmt) -> Span:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return first, node.end_lineno or node.lineno
