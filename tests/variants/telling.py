"""Is a feature present where it is on, and not a word of it left where it is off?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from sandbox.generate.render import selected
from tests.variants.matrix import Problem, Variant

_EVERY = "every"


def problems_of_presence(variant: Variant) -> Iterator[Problem]:
    """Yield features that are on and cannot be seen, or are off and can."""
    said = {path: _said_in(path, text) for path, text in variant.tree.items()}
    for feature, patterns in telling_words(variant.framework).items():
        for pattern in patterns:
            found = sorted(
                path for path, patterns_there in said.items() if pattern in patterns_there
            )
            if feature in variant.features and not found:
                yield Problem(variant, f"nothing says {pattern!r}, though it has {feature}")
            if feature not in variant.features and found:
                places = ", ".join(found[:3])
                yield Problem(variant, f"{places} says {pattern!r} without {feature}")
    yield from _owned_files(variant)


def telling_words(framework: str) -> Mapping[str, tuple[str, ...]]:
    """Return for each feature that the framework offers the patterns that tell of it."""
    return _table()[framework]


@cache
def _table() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    data = tomllib.loads(Path(__file__).with_name("telling.toml").read_text(encoding="utf-8"))
    frameworks = {name for words in data.values() for name in words} - {_EVERY}
    return {
        framework: {
            feature: (*words.get(_EVERY, ()), *words.get(framework, ()))
            for feature, words in data.items()
        }
        for framework in sorted(frameworks)
    }


@cache
def _said_in(path: str, text: str) -> frozenset[str]:
    """Return which patterns of any framework a file's name or text matches."""
    every = {each for words in _table().values() for found in words.values() for each in found}
    return frozenset(each for each in every if re.search(each, f"{path}\n{text}"))


def _owned_files(variant: Variant) -> Iterator[Problem]:
    """Yield files of features that are off, and features that are on and own no file here."""
    scaffold = variant.scaffold
    owners = {path: scaffold.owner(source) for source, path in selected(scaffold, variant.features)}
    for feature in variant.features:
        if feature not in owners.values():
            yield Problem(variant, f"{feature} is on and owns no file")
    if set(owners) != set(variant.tree.paths):
        yield Problem(variant, "its files are not those that its features own")
