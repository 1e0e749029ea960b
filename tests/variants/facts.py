"""What a text of a project says about itself, read once however many variants share it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

WORD = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name: `from module import name`, or the module itself when `name` is empty."""

    module: str
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class PythonFacts:
    """What a Python file brings in, offers, and defines for itself.

    `defined` leaves out what a base class may call by its name; `registered` names are handed to
    somebody by a decorator other than a fixture's.
    """

    imports: tuple[Import, ...]
    exports: frozenset[str]
    defined: frozenset[str]
    registered: frozenset[str]
    strings: tuple[str, ...]


@cache
def words(text: str) -> Counter[str]:
    """Count the identifiers of a text of any kind."""
    return Counter(WORD.findall(text))


@cache
def python_facts(path: str, text: str) -> PythonFacts:
    """Read a Python file; raises `SyntaxError`."""
    module = ast.parse(text, path)
    strings = (
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    definitions = [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    return PythonFacts(
        imports=tuple(_imports(path, module)),
        exports=frozenset(_bound(module.body)),
        defined=frozenset(_defined(module.body)),
        registered=frozenset(node.name for node in definitions if _is_registered(node)),
        strings=tuple(strings),
    )


def _is_registered(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    decorators = [ast.unparse(each) for each in node.decorator_list]
    return any(
        "fixture" not in each or "autouse=True" in each
        for each in decorators
        if each not in ("property", "staticmethod", "classmethod", "contextmanager")
    )


def _imports(path: str, module: ast.Module) -> Iterator[Import]:
    package = path.removesuffix("/__init__.py").removesuffix(".py").split("/")
    if not path.endswith("/__init__.py"):
        package = package[:-1]
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for each in node.names:
                yield Import(each.name, "", node.lineno)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            for each in node.names:
                yield Import(source, each.name, node.lineno)


def _bound(body: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield the names that statements bind, inside `if`, `with` and `try` too."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((each.asname or each.name).split(".")[0] for each in node.names)
        yield from _assigned([node])
        for part in ("body", "orelse", "finalbody", "handlers"):
            if isinstance(node, ast.If | ast.With | ast.Try | ast.For | ast.ExceptHandler):
                yield from _bound(getattr(node, part, ()))


def _defined(body: Iterable[ast.stmt]) -> Iterator[str]:
    yield from _assigned(body)
    for node in body:
        is_class = isinstance(node, ast.ClassDef)
        if is_class and any("TestCase" in ast.unparse(base) for base in node.bases):
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        if is_class and not node.bases:
            methods = (
                each for each in node.body if not isinstance(each, ast.Assign | ast.AnnAssign)
            )
            yield from _defined(methods)


def _assigned(body: Iterable[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                    yield inner.id
