"""Link the terms of the glossary where they stand in a text."""

import re

from flask import url_for
from markupsafe import Markup, escape

from sandbox.knowledge import Term, uses
from sandbox.web.current import current_workshop

_TAG = re.compile(r"(</?(\w+)[^>]*>)")
_AS_THEY_STAND = frozenset({"a", "code", "pre", "h1", "h2", "h3", "h4"})


def link_terms(text: str, linked: set[str] | None = None) -> Markup:
    """Return a text as HTML in which the first use of each term leads to its sentence.

    A plain text is escaped; in HTML of ours, code, headings and links stay as they stand. Terms in
    `linked` are left alone, and those linked here are added to it.
    """
    linked = set[str]() if linked is None else linked
    if not isinstance(text, Markup):
        return _linked(text, linked)
    parts: list[str] = []
    inside = 0
    pieces = _TAG.split(text)
    for at in range(0, len(pieces), 3):
        said, (tag, name) = pieces[at], pieces[at + 1 : at + 3] or ("", "")
        parts += [said if inside else _linked(Markup(said), linked), tag]
        if name in _AS_THEY_STAND:
            inside += -1 if tag.startswith("</") else 1
    return Markup("".join(parts))


def _linked(text: str, linked: set[str]) -> Markup:
    parts: list[Markup] = []
    done = 0
    for start, end, term in uses(current_workshop().knowledge, text):
        if term.id not in linked:
            linked.add(term.id)
            parts += [escape(text[done:start]), _link(term, text[start:end])]
            done = end
    return Markup().join([*parts, escape(text[done:])])


def _link(term: Term, said: str) -> Markup:
    address = url_for("library.glossary", _anchor=term.id)
    return Markup('<a class="term" href="{}" title="{}">{}</a>').format(address, term.text, said)
