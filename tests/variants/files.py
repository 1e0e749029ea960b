"""Is each file of a variant whole: rendered, readable for its kind, explained?"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from functools import cache

from sandbox.generate.render import selected
from tests.variants.facts import python_facts
from tests.variants.matrix import Problem, Variant

# The first two are our block markers; `{{` opens a value, and may stand only where nothing is
# rendered: in the project's own HTML.
_MARKERS = ("#:", ":#", "cookiecutter")


def problems_in_files(variant: Variant) -> Iterator[Problem]:
    """Yield what is wrong with the files one by one."""
    scaffold = variant.scaffold
    for source, path in selected(scaffold, variant.features):
        if not scaffold.notes.files.get(source, "").strip():
            yield Problem(variant, f"{path} has no reason in scaffold.toml")
        if ".without-" in path:
            yield Problem(variant, f"{path} still has its template's name")
        for text in _flaws(path, variant.tree[path], scaffold.is_copied(source)):
            yield Problem(variant, f"{path} {text}")


@cache
def _flaws(path: str, text: str, copied: bool) -> tuple[str, ...]:
    return tuple(_read(path, text, copied))


def _read(path: str, text: str, copied: bool) -> Iterator[str]:
    if text and not text.endswith("\n"):
        yield "does not end with a newline"
    if text.endswith("\n\n"):
        yield "ends with an empty line"
    if "\r" in text:
        yield "has carriage returns"
    if "\n\n\n\n" in text or ("\n\n\n" in text and not path.endswith((".py", ".py.mako"))):
        yield "has a hole where a block was"
    for marker in (*_MARKERS, *(() if copied else ("{{",))):
        if marker in text:
            yield f"still contains {marker}"
    try:
        if path.endswith(".py"):
            python_facts(path, text)
        elif path.endswith(".toml"):
            tomllib.loads(text)
        elif path.endswith(".json"):
            json.loads(text)
    except (SyntaxError, ValueError) as error:
        yield f"cannot be read: {error}"
