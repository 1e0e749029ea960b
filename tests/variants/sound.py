"""Everything that can be said of all variants of a framework without starting one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sandbox.errors import ScaffoldError
from tests.variants.files import problems_in_files
from tests.variants.html import problems_in_html
from tests.variants.leftovers import problems_of_leftovers
from tests.variants.matrix import Problem, Variant, every_variant, summary
from tests.variants.style import problems_of_style
from tests.variants.telling import problems_of_presence

CHECKS: tuple[Callable[[Variant], Iterable[Problem]], ...] = (
    problems_of_leftovers,
    problems_of_presence,
    problems_in_html,
)


def unsound(framework: str, variants: Sequence[Variant] = ()) -> list[str]:
    """Render all variants of a framework, or these, and return their defects, each once."""
    variants = variants or every_variant(framework)
    found: list[Problem] = []
    rendered: list[Variant] = []
    for variant in variants:
        try:
            found += problems_in_files(variant)
            rendered.append(variant)
        except ScaffoldError as error:
            found.append(Problem(variant, error.message))
    broken = {problem.variant for problem in found if "cannot be read" in problem.text}
    readable = [variant for variant in rendered if variant not in broken]
    if len(rendered) == len(variants):  # otherwise the full variant, the measure of all, is missing
        found += [problem for check in CHECKS for each in readable for problem in check(each)]
    return summary([*found, *problems_of_style(rendered)])
