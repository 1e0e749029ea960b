"""Complete a choice of features with the ones they need."""

from collections.abc import Iterable, Mapping

from sandbox.errors import RequestError
from sandbox.knowledge.model import Feature
from sandbox.knowledge.names import say_what_exists

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
