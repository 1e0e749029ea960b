"""Read what the sources say: sources, claims, editor's notes, disagreements."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from sandbox.knowledge.entry import Entry, read_csv
from sandbox.knowledge.model import ANY, Claim, ClaimNote, Disagreement, Source


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_HasId)


def by_id(pairs: Iterable[tuple[Entry, _T]]) -> Mapping[str, _T]:
    """Return the values by their id, in order; refuse an id that comes twice."""
    found: dict[str, _T] = {}
    for entry, value in pairs:
        if value.id in found:
            entry.refuse(f'the id "{value.id}" is already taken.', "Give it another id.")
        found[value.id] = value
    return MappingProxyType(found)


def read_sources(questions: Entry) -> Mapping[str, Source]:
    """Return the sources that the questionnaire file introduces."""
    tables = questions.inner("sources")
    sources: dict[str, Source] = {}
    for name in tables.fields:
        entry = tables.inner(name)
        entry.only("title", "note")
        sources[name] = Source(name, entry.text("title"), entry.text("note"))
    return MappingProxyType(sources)


def read_claims(
    folder: Path, sources: Collection[str], frameworks: Collection[str]
) -> Mapping[str, Claim]:
    """Return all claims with their notes."""
    columns = ("id", "source", "framework", "criterion", "polarity", "text")
    rows = read_csv(folder, "claims.csv", columns)
    notes = _read_notes(folder, [entry.name for entry in rows])
    return by_id((entry, _claim(entry, sources, frameworks, notes)) for entry in rows)


def _claim(
    entry: Entry,
    sources: Collection[str],
    frameworks: Collection[str],
    notes: Mapping[str, ClaimNote],
) -> Claim:
    return Claim(
        id=entry.text("id"),
        source=entry.one_of("source", sources),
        framework=entry.one_of("framework", [*frameworks, ANY]),
        criterion=entry.text("criterion"),
        polarity=entry.number("polarity", -2, 2),
        text=entry.text("text"),
        note=notes.get(entry.name),
    )


def _read_notes(folder: Path, claims: Collection[str]) -> Mapping[str, ClaimNote]:
    notes: dict[str, ClaimNote] = {}
    for entry in read_csv(folder, "claim_notes.csv", ("id", "status", "note")):
        claim = entry.one_of("id", claims)
        if claim in notes:
            entry.refuse("the claim already has a note.", "Join the two notes.")
        notes[claim] = ClaimNote(entry.text("status"), entry.text("note"))
    return notes


def read_disagreements(
    folder: Path, claims: Collection[str], frameworks: Collection[str]
) -> tuple[Disagreement, ...]:
    """Return the pairs of claims that conflict; `any` stands for every framework."""
    columns = ("id", "kind", "topic", "frameworks", "claims_1", "claims_2", "summary")
    rows = read_csv(folder, "disagreements.csv", columns)
    found = by_id((entry, _disagreement(entry, claims, frameworks)) for entry in rows)
    return tuple(found.values())


def _disagreement(
    entry: Entry, claims: Collection[str], frameworks: Collection[str]
) -> Disagreement:
    about = entry.names("frameworks", [*frameworks, ANY], separator="|")
    return Disagreement(
        id=entry.text("id"),
        kind=entry.one_of("kind", ("between", "degree", "within")),
        topic=entry.text("topic"),
        frameworks=tuple(frameworks) if about == (ANY,) else about,
        claims_1=entry.names("claims_1", claims),
        claims_2=entry.names("claims_2", claims),
        summary=entry.text("summary"),
    )
