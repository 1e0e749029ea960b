"""Give a module further imports where sorted imports have them, in isort's default style."""

import ast
import sys
from collections.abc import Collection, Sequence
from itertools import groupby, takewhile

_LINE_LENGTH = 88

_Import = ast.Import | ast.ImportFrom
_Place = tuple[int, bool, int, str]
"""What imports are sorted by: section, whether it is `from`, how near by, and the module."""
_RELATIVE = 4  # the last section


def add_imports(source: str, statements: Sequence[str], own: Collection[str] = ()) -> str:
    """Return a module's source with these statements, each an import of one module, among its own.

    Names from a module that is imported from already join that statement. `own` are the top-level
    names of the project itself, which come last. Raises `SyntaxError` for what is not Python.
    """
    lines = source.splitlines(keepends=True)
    body = ast.parse(source).body
    first = next((n for n, each in enumerate(body) if isinstance(each, _Import)), None)
    if first is None:  # after what the module says of itself
        first = int(bool(body) and isinstance(body[0], ast.Expr))
    start = end = (body[first - 1].end_lineno or 0) if first else 0
    found: dict[_Place, tuple[str, _Import]] = {}
    for each in takewhile(lambda each: isinstance(each, _Import), body[first:]):
        assert isinstance(each, _Import)
        text = "".join(lines[end : each.end_lineno]).strip("\n")  # with the comments before it
        found[_place(each, own)] = text, each
        end = each.end_lineno or 0
    for statement in statements:
        (new,) = ast.parse(statement).body
        assert isinstance(new, _Import), statement
        _, there = found.get(_place(new, own), ("", new))
        names = {name.name: name for name in (*there.names, *new.names)}
        if len(names) > len(there.names) or there is new:
            found[_place(new, own)] = _written(there, [*names.values()]), there
    sections = groupby(sorted(found), key=lambda place: place[0])
    block = "\n\n".join("\n".join(found[each][0] for each in places) for _, places in sections)
    rest = "".join(lines[end:])
    above = "".join(lines[:start]) + "\n" if start else ""
    return f"{above}{block}\n{rest}" if end > start else f"{above}{block}\n\n{rest.lstrip()}"


def _place(statement: _Import, own: Collection[str]) -> _Place:
    if isinstance(statement, ast.Import):
        return _section(statement.names[0].name, own), False, 0, statement.names[0].name
    module, level = statement.module or "", statement.level
    return _RELATIVE if level else _section(module, own), True, -level, module


def _section(module: str, own: Collection[str]) -> int:
    top = module.split(".")[0]
    if top in sys.stdlib_module_names:
        return 0 if top == "__future__" else 1
    return 3 if top in own else 2


def _written(statement: _Import, names: Sequence[ast.alias]) -> str:
    if isinstance(statement, ast.Import):
        return ast.unparse(statement)
    parts = [ast.unparse(each) for each in sorted(names, key=_of_name)]
    start = f"from {'.' * statement.level}{statement.module or ''} import "
    line = start + ", ".join(parts)
    if len(line) <= _LINE_LENGTH:
        return line
    return f"{start}(\n" + "".join(f"    {part},\n" for part in parts) + ")"


def _of_name(name: ast.alias) -> tuple[int, str]:
    """Sort constants before classes before all else."""
    kind = 0 if name.name.isupper() and len(name.name) > 1 else 1 if name.name[0].isupper() else 2
    return kind, name.name
