"""Read what there is to choose from: frameworks, features, concepts, commands, suggestions."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from sandbox.knowledge.entry import Entry, read_tables
from sandbox.knowledge.evidence import by_id
from sandbox.knowledge.features import ALWAYS
from sandbox.knowledge.model import (
    Command,
    Concept,
    Feature,
    Framework,
    Point,
    Question,
    Suggestion,
)
from sandbox.knowledge.questionnaire import every_answer, split_answer


def framework_entries(folder: Path) -> list[Entry]:
    """Return the unread profiles: their ids are needed before their claims can be checked."""
    entries = list(read_tables(folder, "framework", "frameworks.toml"))
    for entry in entries:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", entry.text("id")):
            entry.refuse("the id is not a plain name.", "Use small letters, digits and _.")
    return entries


def read_frameworks(entries: list[Entry], claims: Collection[str]) -> Mapping[str, Framework]:
    """Return the frameworks' profiles."""
    return by_id((entry, _framework(entry, claims)) for entry in entries)


def _framework(entry: Entry, claims: Collection[str]) -> Framework:
    lists = ("strengths", "cautions", "best_for")
    entry.only("id", "name", "tagline", "since", "site", "tutorial", "accent", *lists)
    return Framework(
        id=entry.text("id"),
        name=entry.text("name"),
        tagline=entry.text("tagline"),
        since=entry.number("since", 1990, 9999),
        strengths=_points(entry, "strengths", claims),
        cautions=_points(entry, "cautions", claims),
        best_for=_points(entry, "best_for", claims),
        site=_address(entry, "site"),
        tutorial=_address(entry, "tutorial"),
        accent=entry.text("accent"),
    )


def _points(entry: Entry, key: str, claims: Collection[str]) -> tuple[Point, ...]:
    found: list[Point] = []
    for each in entry.entries(key, key, named="text"):
        each.only("text", "claims")
        found.append(Point(each.text("text"), each.names("claims", claims)))
    return tuple(found)


def _address(entry: Entry, key: str) -> str:
    address = entry.text(key)
    if not address.startswith("https://"):
        entry.refuse(f'"{key}" is not a web address.', "Begin it with https://.")
    return address


def read_features(folder: Path) -> Mapping[str, Feature]:
    """Return the features; each needs only features above it, so needs cannot go in a ring."""
    found: list[tuple[Entry, Feature]] = []
    for entry in read_tables(folder, "feature", "features.toml"):
        entry.only("id", "label", "needs", "adds", "why_needs")
        above = [feature.id for _, feature in found]
        feature = Feature(
            id=entry.text("id"),
            label=entry.text("label"),
            needs=entry.names("needs", above, empty=True),
            adds=entry.text("adds"),
            why_needs=entry.text("why_needs", default=""),
        )
        found.append((entry, feature))
    if found[0][1].id != ALWAYS:
        found[0][0].refuse("it comes first.", f"Put the feature {ALWAYS} first.")
    return by_id(found)


def read_concepts(folder: Path, features: Collection[str]) -> Mapping[str, Concept]:
    """Return the concepts in the order in which they are compared."""
    found: list[tuple[Entry, Concept]] = []
    for entry in read_tables(folder, "concept", "concepts.toml"):
        entry.only("id", "title", "question", "feature")
        concept = Concept(
            id=entry.text("id"),
            title=entry.text("title"),
            question=entry.text("question"),
            feature=entry.one_of("feature", features),
        )
        found.append((entry, concept))
    return by_id(found)


def read_commands(folder: Path, features: Collection[str]) -> Mapping[str, Command]:
    """Return the commands in the order in which they are typed."""
    found: list[tuple[Entry, Command]] = []
    for entry in read_tables(folder, "command", "commands.toml"):
        entry.only("id", "feature", "purpose", "optional")
        command = Command(
            id=entry.text("id"),
            feature=entry.one_of("feature", features),
            purpose=entry.text("purpose", default=""),
            optional=entry.flag("optional", default=False),
        )
        found.append((entry, command))
    return by_id(found)


def read_suggestions(
    folder: Path, questions: Mapping[str, Question], features: Collection[str]
) -> tuple[Suggestion, ...]:
    """Return which features an answer suggests."""
    found: dict[str, Suggestion] = {}
    for entry in read_tables(folder, "suggestion", "suggestions.toml", named="answer"):
        entry.only("answer", "features")
        answer = entry.one_of("answer", every_answer(questions))
        if answer in found:
            entry.refuse("the answer already has an entry.", "Join the two lists.")
        found[answer] = Suggestion(*split_answer(answer), entry.names("features", features))
    return tuple(found.values())
