"""What the request console offers: requests to choose from, and reasons why answers differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sandbox.datafile import Entry, Identifier, Names, Text, by_id, read_toml
from sandbox.knowledge.model import Knowledge


@dataclass(frozen=True)
class Example:
    """A request to choose: apps that have `feature` answer it in a way worth comparing.

    `json` or `form` is its body, `headers` are written as `Name: value`, `page` is where the form
    stands if not at `path`.
    """

    id: Identifier
    title: Text
    feature: Text
    method: Text
    path: Text
    json: str | None = None
    text: str | None = None
    form: tuple[tuple[str, str], ...] | None = None
    headers: Names = ()
    page: str = ""


@dataclass(frozen=True)
class Reason:
    """Why answers differ in one way: a sentence of ours, and the concept whose notes say more.

    The conditions: which `part` differs, and where given the methods, the body sent, the statuses
    that came (no others), a pattern of the path with its query, and one of the part's name.
    """

    id: Identifier
    part: Literal["status", "header", "body"]
    concept: Text
    sentence: Text
    methods: Names = ()
    sends: Names = ()
    statuses: tuple[int, ...] = ()
    path: str = "*"
    name: str = "*"


@dataclass(frozen=True)
class ConsoleKnowledge:
    """Hold the examples by id and the reasons in the order in which they are tried."""

    examples: Mapping[str, Example]
    reasons: Mapping[str, Reason]


def load_console(knowledge: Knowledge) -> ConsoleKnowledge:
    """Read the console's data; raises `DataError` with file, entry and fix."""
    whole = read_toml(knowledge.folder / "console.toml")
    whole.only("example", "reason")
    features, concepts = {"feature": knowledge.features}, {"concept": knowledge.concepts}
    return ConsoleKnowledge(
        by_id((each, _example(each).to(Example, features)) for each in whole.entries("example")),
        by_id((each, each.to(Reason, concepts)) for each in whole.entries("reason")),
    )


def _example(entry: Entry) -> Entry:
    """Return an entry whose form, a table in the file, is a list of pairs."""
    if "form" not in entry.fields:
        return entry
    pairs = [*entry.mapping("form", str).items()]
    return Entry(entry.file, entry.name, {**entry.fields, "form": pairs})
