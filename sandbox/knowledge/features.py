"""Complete a choice of features with the ones they need, and list every complete one."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sandbox.errors import RequestError
from sandbox.knowledge.model import Feature
from sandbox.names import say_what_exists

ALWAYS = "hello"


def close_features(features: Mapping[str, Feature], chosen: Iterable[str]) -> tuple[str, ...]:
    """Return `chosen` with everything it needs and `hello`, in the order of `features`.

    Raises `RequestError` (field `features`) for a name that does not exist.
    """
    closed: set[str] = set()
    waiting = [ALWAYS, *chosen]
    while waiting:
        name = waiting.pop()
        if name in closed:
            continue
        if name not in features:
            message = f'There is no feature "{name}".'
            raise RequestError("features", message, say_what_exists(name, features))
        closed.add(name)
        waiting.extend(features[name].needs)
    return tuple(name for name in features if name in closed)


def added_features(chosen: Iterable[str], closed: Iterable[str]) -> tuple[str, ...]:
    """Return the features of `closed` that came along because what was chosen needs them."""
    known = {*chosen, ALWAYS}
    return tuple(name for name in closed if name not in known)


def needed_by(features: Mapping[str, Feature], chosen: Sequence[str]) -> dict[str, str]:
    """Return for each feature that comes along the first chosen one that needs it."""
    found: dict[str, str] = {}
    for name in chosen:
        for along in added_features(chosen, close_features(features, [name])):
            found.setdefault(along, name)
    return found


def closed_sets(
    features: Mapping[str, Feature], offers: Collection[str]
) -> tuple[tuple[str, ...], ...]:
    """Return every set of offered features that has all it needs, each with `hello` and in order.

    These are the variants of a scaffold with such `offers`.
    """
    found: list[tuple[str, ...]] = [(ALWAYS,)]
    for name in (name for name in features if name in offers and name != ALWAYS):
        found += [(*chosen, name) for chosen in found if set(features[name].needs) <= set(chosen)]
    return tuple(found)
