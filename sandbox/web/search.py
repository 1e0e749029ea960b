"""One search over concepts, lessons, claims and the glossary."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.knowledge import ANY
from sandbox.web.current import current_workshop
from sandbox.workshop import Workshop

blueprint = Blueprint("search", __name__)
KINDS = ("Glossary", "Concepts", "Lessons", "Claims")
_MOST = 20  # of one kind
_LONGEST = 100


@dataclass(frozen=True)
class Find:
    """Something to be found: what it is called, what it says, and its address.

    What it is `also` about is looked through too, but not shown.
    """

    kind: str
    title: str
    text: str
    endpoint: str
    values: Mapping[str, Any]
    anchor: str = ""
    also: str = ""

    @property
    def address(self) -> str:
        """Return where it stands."""
        return url_for(self.endpoint, **self.values, _anchor=self.anchor or None)


@blueprint.get("/search")
def page() -> ResponseReturnValue:
    """Show what holds all the words, those that have them in their name first."""
    wanted = request.args.get("q", "")[:_LONGEST].strip()
    words = wanted.lower().split()
    found = [each for each in everything(current_workshop()) if _holds(each, words)]
    found.sort(key=lambda each: not all(word in each.title.lower() for word in words))
    groups = {kind: [each for each in found if each.kind == kind] for kind in KINDS}
    return render_template(
        "search/page.html",
        wanted=wanted,
        count=len(found),
        groups={kind: (listed[:_MOST], len(listed)) for kind, listed in groups.items() if listed},
    )


def _holds(find: Find, words: list[str]) -> bool:
    text = f"{find.title} {find.text} {find.also}".lower()
    return bool(words) and all(word in text for word in words)


def everything(workshop: Workshop) -> tuple[Find, ...]:
    """Return all that can be found."""
    return (*_terms(workshop), *_concepts(workshop), *_lessons(workshop), *_claims(workshop))


def _terms(workshop: Workshop) -> Iterator[Find]:
    for term in workshop.knowledge.glossary.values():
        yield Find("Glossary", term.term, term.text, "library.glossary", {}, term.id)


def _concepts(workshop: Workshop) -> Iterator[Find]:
    for name in workshop.concepts:
        concept = workshop.knowledge.concepts[name]
        entries = (each.notes.concepts.get(name) for each in workshop.scaffolds.values())
        notes = " ".join(f"{entry.note} {entry.more}" for entry in entries if entry)
        also = f"{name} {notes}"
        place = {"concept": name}
        yield Find("Concepts", concept.title, concept.question, "compare.concept", place, also=also)


def _lessons(workshop: Workshop) -> Iterator[Find]:
    for (framework, feature), title in workshop.lesson_titles.items():
        text = f"{workshop.knowledge.frameworks[framework].name} · "
        known = workshop.knowledge.features.get(feature)
        text += known.label if known else "a lesson of your own"
        values = {"framework": framework, "feature": feature}
        yield Find("Lessons", title, text, "learn.lesson", values, also=feature)


def _claims(workshop: Workshop) -> Iterator[Find]:
    knowledge = workshop.knowledge
    for claim in knowledge.claims.values():
        about = (
            "All three" if claim.framework == ANY else knowledge.frameworks[claim.framework].name
        )
        source = knowledge.sources[claim.source].short
        yield Find("Claims", claim.text, f"{about} · {source}", "library.claims", {}, claim.id)
