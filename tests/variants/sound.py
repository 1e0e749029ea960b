"""Everything that can be said of all variants of a framework without starting one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.variants.files import problems_in_files
from tests.variants.html import problems_in_html
from tests.variants.leftovers import problems_of_leftovers
from tests.variants.matrix import Problem, Variant, every_variant, summary
from tests.variants.style import problems_of_style
from tests.variants.telling import problems_of_presence

CHECKS: tuple[Callable[[Variant], Iterable[Problem]], ...] = (
    problems_in_files,
    problems_of_leftovers,
    problems_of_presence,
    problems_in_html,
)


def unsound(framework: str) -> list[str]:
    """Render every variant of a framework and return its defects, each once."""
    variants = every_variant(framework)
    readable = [variant for variant in variants if not list(problems_in_files(variant))]
    found = [problem for variant in variants for problem in problems_in_files(variant)]
    for check in CHECKS[1:]:
        found += [problem for variant in readable for problem in check(variant)]
    found += problems_of_style(variants)
    return summary(found)
