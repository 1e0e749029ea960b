"""List every way in which a question can be answered."""

from itertools import combinations

from sandbox.knowledge import NOT_SURE, Question


def answer_sets(question: Question) -> tuple[tuple[str, ...], ...]:
    """Return all allowed sets of picks in file order, the empty set (left open) first."""
    options = [option for option in question.options.values() if option.id != NOT_SURE]
    return tuple(
        tuple(option.id for option in picked)
        for size in range(question.max + 1)
        for picked in combinations(options, size)
        if size < 2 or not any(option.exclusive for option in picked)
    )
