"""Names as people give them: by comma or repeated, and sometimes misspelt."""

import difflib
from collections.abc import Collection, Iterable


def say_what_exists(name: str, known: Collection[str]) -> str:
    """Return a hint: the nearest known name, if one is near, and all names there are."""
    near = difflib.get_close_matches(name, sorted(known), n=1)
    guess = f'Did you mean "{near[0]}"? ' if near else ""
    return f"{guess}There are: {', '.join(known)}."


def each_once(values: Iterable[str]) -> tuple[str, ...]:
    """Return the names in `values`, which may hold several by comma, each once and in order."""
    names = (name.strip() for value in values for name in value.split(","))
    return tuple(dict.fromkeys(name for name in names if name))
