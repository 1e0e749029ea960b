"""A variant of a scaffold as what it is made of, and a problem in it as a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.generate import FileTree, Scaffold
from tests.support.variants import WORKSHOP, feature_sets, named, tree


@dataclass(frozen=True, slots=True)
class Variant:
    """One framework with one closed set of features; `planted` files stand in for its own."""

    framework: str
    features: tuple[str, ...]
    planted: FileTree | None = None

    @property
    def name(self) -> str:
        """Return a short name that is nobody else's."""
        return f"{self.framework}-{named(self.features)}"

    @property
    def tree(self) -> FileTree:
        """Return the rendered project, or what a test has planted."""
        return self.planted or tree(self.framework, self.features)

    @property
    def scaffold(self) -> Scaffold:
        """Return the scaffold that it comes from."""
        return WORKSHOP.scaffold(self.framework)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one variant; the same text in many variants is one defect."""

    variant: Variant
    text: str


def every_variant(framework: str) -> list[Variant]:
    """Return all variants of a framework."""
    return [Variant(framework, features) for features in feature_sets(framework)]


def full(framework: str) -> Variant:
    """Return the variant with every feature."""
    return max(every_variant(framework), key=lambda variant: len(variant.features))


def summary(problems: list[Problem]) -> list[str]:
    """Return each defect once, with the smallest variant that has it and how many do."""
    found: dict[str, list[Variant]] = {}
    for problem in problems:
        found.setdefault(problem.text, []).append(problem.variant)
    return [
        f"{min(variants, key=lambda each: len(each.features)).name}: {text}"
        + (f" (and {len(variants) - 1} more)" if len(variants) > 1 else "")
        for text, variants in found.items()
    ]
