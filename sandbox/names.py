"""Say what could have been meant by a name that does not exist."""

import difflib
from collections.abc import Collection


def say_what_exists(name: str, known: Collection[str]) -> str:
    """Return a hint: the nearest known name, if one is near, and all names there are."""
    near = difflib.get_close_matches(name, sorted(known), n=1)
    guess = f'Did you mean "{near[0]}"? ' if near else ""
    return f"{guess}There are: {', '.join(known)}."
