"""Find the terms of the glossary in a text."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from sandbox.knowledge.model import Knowledge, Term


def terms_in(knowledge: Knowledge, text: str) -> tuple[Term, ...]:
    """Return the terms that a text uses, in the order in which it first does."""
    return tuple(dict.fromkeys(term for _, _, term in uses(knowledge, text)))


def uses(knowledge: Knowledge, text: str) -> Iterator[tuple[int, int, Term]]:
    """Yield where a term begins and ends in a text, the longest of several that begin there."""
    pattern, terms = _pattern(knowledge)
    for found in pattern.finditer(text):
        yield found.start(), found.end(), terms[found[0].lower()]


@lru_cache(maxsize=4)
def _pattern(knowledge: Knowledge) -> tuple[re.Pattern[str], Mapping[str, Term]]:
    terms = {word.lower(): term for term in knowledge.glossary.values() for word in term.words}
    longest_first = sorted(map(re.escape, terms), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE), terms
