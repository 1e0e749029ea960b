"""Link the terms of the glossary where they stand in a text."""

from flask import url_for
from markupsafe import Markup, escape

from sandbox.knowledge import uses
from sandbox.web.current import current_workshop


def link_terms(text: str) -> Markup:
    """Return a plain text as HTML in which the first use of each term leads to its sentence."""
    parts: list[Markup] = []
    linked: set[str] = set()
    done = 0
    for start, end, term in uses(current_workshop().knowledge, text):
        if term.id not in linked:
            linked.add(term.id)
            address = url_for("library.glossary", _anchor=term.id)
            parts += [
                escape(text[done:start]),
                Markup('<a class="term" href="{}" title="{}">{}</a>').format(
                    address, term.text, text[start:end]
                ),
            ]
            done = end
    return Markup().join([*parts, escape(text[done:])])
