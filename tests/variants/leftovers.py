"""Is anything left in a variant of a feature that it does not have?

Not by a list of words (that is `telling.py`), but by what any reader would stumble over: an import
of nothing, a name that nobody uses, a package that nobody imports, a file that nobody mentions, a
mention of a file that is not there.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from sandbox.generate.scaffold import without
from tests.variants.facts import PythonFacts, python_facts, words
from tests.variants.matrix import Problem, Variant, full

# Distributions whose modules are called otherwise.
_MODULES = {
    "djangorestframework": ("rest_framework",),
    "python-multipart": ("multipart", "python_multipart"),
    "python-dotenv": ("dotenv",),
}
# Packages that a project needs and never names in code; each with who needs it.
UNNAMED = {
    "httpx2": "Starlette's test client",
    "greenlet": "SQLAlchemy, when an async library drives it",
    "python-multipart": "Starlette, to read forms",
    "itsdangerous": "Starlette, to sign the session cookie",
    "jinja2": "Starlette, to render templates",
    "sqlalchemy": "Flask-SQLAlchemy, which leaves the version open",
}
# Files whose names a framework or server looks up by itself.
_READ_BY_NAME = ("/settings.py", ".conf.py")
_DISTRIBUTION = re.compile(r"^[A-Za-z0-9._-]+")
_FILE_NAME = re.compile(r"[\w./-]*\w\.(?:py|html|css|csv|json|ini|toml|mako|conf|example)\b")


def problems_of_leftovers(variant: Variant) -> Iterator[Problem]:
    """Yield what this variant still has of others, or has for nobody."""
    facts = {
        path: python_facts(path, text)
        for path, text in variant.tree.items()
        if path.endswith(".py")
    }
    for text in (
        *_imports_of_nothing(variant, facts),
        *_unused_names(variant, facts),
        *_unused_packages(variant, facts),
        *_mentions_of_missing_files(variant),
    ):
        yield Problem(variant, text)


def _imports_of_nothing(variant: Variant, facts: Mapping[str, PythonFacts]) -> Iterator[str]:
    local = _local_modules(variant.tree.paths)
    roots = {module.split(".")[0] for module in local}
    provided = _provided(variant)
    for path, known in facts.items():
        for each in known.imports:
            root = each.module.split(".")[0]
            if root in roots:
                if each.module not in local:
                    yield f"{path} imports {each.module}, which is not in this variant"
                elif each.name and f"{each.module}.{each.name}" not in local:
                    source = facts[local[each.module]]
                    if each.name not in source.exports and each.name != "*":
                        yield f"{path} imports {each.name} from {each.module}, which has no such"
            elif root not in sys.stdlib_module_names and root not in provided:
                yield f"{path} imports {root}, which no package of this variant brings"


def _local_modules(paths: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in paths:
        if path.endswith(".py"):
            name = path.removesuffix("/__init__.py").removesuffix(".py")
            found[name.replace("/", ".")] = path
            folder, _, last = name.rpartition("/")
            if path.startswith("tests/") and f"{folder}/__init__.py" not in paths:
                found[last] = path  # pytest makes the neighbours of a test importable
    return found


def _provided(variant: Variant) -> set[str]:
    """Return the modules that a project may import: its packages and what these bring along."""
    notes = variant.scaffold.notes.installed
    names = {name for feature in variant.features for name in notes.get(feature, ())}
    names |= set(_declared(variant.tree["pyproject.toml"])["all"])
    return {module for name in names for module in _modules_of(name)}


def _modules_of(distribution: str) -> tuple[str, ...]:
    return _MODULES.get(distribution, (distribution.replace("-", "_"),))


@cache
def _declared(pyproject: str) -> dict[str, tuple[str, ...]]:
    """Return the distributions that a project declares: to run, and to run or develop."""
    data = tomllib.loads(pyproject)
    needed = _names(data["project"]["dependencies"])
    groups = data.get("dependency-groups", {})
    developing = tuple(name for group in groups.values() for name in _names(group))
    return {"needed": needed, "all": needed + developing}


def _names(requirements: list[str]) -> tuple[str, ...]:
    found = (_DISTRIBUTION.match(each) for each in requirements)
    return tuple(match[0].lower().replace("_", "-") for match in found if match)


def _unused_packages(variant: Variant, facts: Mapping[str, PythonFacts]) -> Iterator[str]:
    named = {each.module.split(".")[0] for known in facts.values() for each in known.imports}
    # Settings, commands and containers name packages in text: INSTALLED_APPS, `uvicorn app:app`.
    written: set[str] = set()
    for path, text in variant.tree.items():
        if path != "pyproject.toml" and not path.startswith(".sandbox/"):
            written |= words(text).keys()
    for name in _declared(variant.tree["pyproject.toml"])["all"]:
        modules = _modules_of(name)
        if name not in UNNAMED and not any(each in named or each in written for each in modules):
            yield f"pyproject.toml asks for {name}, which nothing uses"


def _unused_names(variant: Variant, facts: Mapping[str, PythonFacts]) -> Iterator[str]:
    """Yield what is defined here and used only in a larger variant: its users went, it stayed."""
    here, everywhere = _counted(variant), _counted(full(variant.framework))
    for path, known in facts.items():
        for name in sorted(known.defined - known.registered):
            is_special = name.startswith(("__", "test_")) or path.endswith(_READ_BY_NAME)
            if not is_special and here[name] == 1 and everywhere[name] > 1:
                yield f"{path} defines {name}, which only other variants use"


@cache
def _counted(variant: Variant) -> Counter[str]:
    total: Counter[str] = Counter()
    for text in variant.tree.values():
        total.update(words(text))
    return total


def _mentions_of_missing_files(variant: Variant) -> Iterator[str]:
    """Yield each file of the scaffold that a text speaks of and this variant does not have."""
    here = set(variant.tree.paths)
    gone = _all_paths(variant.framework) - here
    last_names = {path.rsplit("/", 1)[-1] for path in here}
    missing = {
        name
        for path in gone
        for name in (path, path.rsplit("/", 1)[-1])
        if name not in last_names and name not in here
    }
    for path, text in variant.tree.items():
        for name in sorted(_file_names(text) & missing):
            yield f"{path} speaks of {name}, which this variant does not have"


@cache
def _file_names(text: str) -> frozenset[str]:
    return frozenset(_FILE_NAME.findall(text))


@cache
def _all_paths(framework: str) -> frozenset[str]:
    template = full(framework).scaffold.template
    plain = ((without(path) or (path,))[0] for path in template)
    return frozenset(plain)
