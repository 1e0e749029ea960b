"""Choose few sets of features that show every two features together, singly and not at all."""

from collections.abc import Iterator, Sequence
from itertools import combinations

Setting = tuple[str, bool, str, bool]
"""Two features and whether each of them is on."""


def covering(sets: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return a few of these sets that show all settings of two features that any of them shows.

    Greedy, and the same each time: the full set, the empty one, then whichever shows most that is
    new; of equals, the larger one, which has more to go wrong.
    """
    names = sorted({name for chosen in sets for name in chosen})
    shown = {chosen: frozenset(_settings(names, chosen)) for chosen in sets}
    missing = frozenset().union(*shown.values())
    found: list[tuple[str, ...]] = []
    for chosen in (max(sets, key=len), min(sets, key=len)):
        if chosen not in found:
            found.append(chosen)
            missing -= shown[chosen]
    while missing:
        best = max(sets, key=lambda chosen: (len(shown[chosen] & missing), len(chosen), chosen))
        found.append(best)
        missing -= shown[best]
    return sorted(found, key=lambda chosen: (len(chosen), chosen))


def _settings(names: Sequence[str], chosen: tuple[str, ...]) -> Iterator[Setting]:
    for one, other in combinations(names, 2):
        yield one, one in chosen, other, other in chosen
