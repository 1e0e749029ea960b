"""What the sandbox knows, as frozen values: sources, claims, questions, frameworks, features."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from sandbox.datafile import Identifier, Names, Short, SomeNames, Text, WebAddress

ANY = "any"
NOT_SURE = "not_sure"
Statuses = tuple[Literal["clear", "lean", "tie", "none"], ...]
STATUSES: Statuses = ("clear", "lean", "tie", "none")


@dataclass(frozen=True)
class Source:
    """An article the claims come from, with what a reader should know about its author.

    `short` says in a word or two what kind of text it is.
    """

    id: str
    title: Text
    short: Short
    note: Text


@dataclass(frozen=True)
class ClaimNote:
    """An editor's remark on a claim that is dated, imprecise, unmeasured or interested."""

    status: Text
    text: Text


@dataclass(frozen=True)
class Claim:
    """One statement of a source about a framework (or `any`), polarity −2 (against) to 2 (for)."""

    id: Text
    source: Text
    framework: Text
    criterion: Text
    polarity: Annotated[int, Meta(ge=-2, le=2)]
    text: Text
    note: ClaimNote | None = None


@dataclass(frozen=True)
class Option:
    """One possible answer; its claims give it its points. `exclusive` excludes further picks.

    `short` is the label in at most two words. `help` explains in plain words the terms the label
    uses; it may be empty.
    """

    id: Text
    label: Text
    short: Short
    exclusive: bool = False
    claims: Names = ()
    help: str = ""


@dataclass(frozen=True)
class Question:
    """One question: `kind` is single or multi (up to `max` picks); `short` names it in one word.

    `change` says whether a what-if may suggest another answer: easy, project or never.
    """

    id: Text
    label: Text
    short: Short
    why: Text
    kind: Literal["single", "multi"]
    core: bool
    change: Literal["easy", "project", "never"]
    options: Mapping[str, Option]
    max: Annotated[int, Meta(ge=1)] = 1


@dataclass(frozen=True)
class Disagreement:
    """Claims that conflict: `between` the sources, in `degree`, or `within` one of them."""

    id: Text
    kind: Literal["between", "degree", "within"]
    topic: Text
    frameworks: SomeNames
    claims_1: SomeNames
    claims_2: SomeNames
    summary: Text


@dataclass(frozen=True)
class Tension:
    """Two answers that pull apart, as question and option, and one sentence that says so."""

    id: Text
    answers: tuple[tuple[str, str], tuple[str, str]]
    text: Text


@dataclass(frozen=True)
class When:
    """When an advice line shows; every condition that is given must hold.

    `any_of` holds question and option pairs, of which one must have been answered.
    """

    candidate: str | None = None
    any_of: tuple[tuple[str, str], ...] = ()
    statuses: Statuses = STATUSES


@dataclass(frozen=True)
class Advice:
    """A line that is shown beside a result and never changes a score."""

    id: Text
    slug: Text
    text: Text
    claims: SomeNames
    when: When


@dataclass(frozen=True)
class Scenario:
    """Answers with the result they must give: no winner, one, or several that tie."""

    id: Text
    description: Text
    answers: Mapping[str, tuple[str, ...]]
    important: tuple[str, ...]
    winners: tuple[str, ...]
    rationale: Text


@dataclass(frozen=True)
class Persona:
    """Somebody to look around with: `text` goes on after the name, `answers` are theirs."""

    id: Identifier
    name: Text
    text: Text
    answers: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Term:
    """A word of the trade and what it means in one sentence; `words` are its forms in a text."""

    id: Identifier
    term: Text
    words: SomeNames
    text: Text


@dataclass(frozen=True)
class Criterion:
    """A row of the guide's table: the criteria its claims have, and what we set beside it.

    `says` begins what its claims say. `concepts` name the work of which we know who does it;
    `counted` says what we count.
    """

    id: Identifier
    label: Text
    ratings: SomeNames
    says: str = ""
    concepts: Names = ()
    counted: Literal["", "first_app", "built_in", "packages"] = ""
    note: str = ""


@dataclass(frozen=True)
class Point:
    """One line of a framework's profile and the claims it rests on."""

    text: Text
    claims: SomeNames


@dataclass(frozen=True)
class Framework:
    """A framework's profile; `accent` is the colour name its style sheet rule uses.

    `ratings` are the claims that quote a source's comparison table.
    """

    id: Identifier
    name: Text
    tagline: Text
    since: Annotated[int, Meta(ge=1990, le=9999)]
    strengths: tuple[Point, ...]
    cautions: tuple[Point, ...]
    best_for: tuple[Point, ...]
    site: WebAddress
    tutorial: WebAddress
    accent: Text
    ratings: Names = ()


@dataclass(frozen=True)
class Feature:
    """One optional capability of a generated project; `needs` are the direct ones."""

    id: Identifier
    label: Text
    needs: Names
    adds: Text
    why_needs: str = ""


@dataclass(frozen=True)
class Concept:
    """Something every web framework must do; projects show it once they have `feature`."""

    id: Identifier
    title: Text
    question: Text
    feature: Text


@dataclass(frozen=True)
class Command:
    """Something one types in a project that has `feature`.

    Without a `purpose` it is a step on the way to the first page, otherwise typed on occasion.
    A scaffold may do without an `optional` one.
    """

    id: Identifier
    feature: Text
    purpose: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Suggestion:
    """The features that one answer suggests for the project."""

    question: Text
    option: Text
    features: SomeNames


@dataclass(frozen=True)
class Rules:
    """The numbers of the scoring rule, in points; `shared_claims` may serve two questions."""

    max_important: Annotated[int, Meta(ge=0, le=99)]
    tie_margin: Annotated[int, Meta(ge=0, le=99)]
    clear_margin: Annotated[int, Meta(ge=1, le=99)]
    shared_claims: Names = ()


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Everything the data files say; mappings are read-only and keep the order of the files.

    Equal only to itself, so that results derived from it can be cached by it. `folder` holds the
    files that are read only where they are needed.
    """

    folder: Path
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    questions: Mapping[str, Question]
    disagreements: tuple[Disagreement, ...]
    tensions: tuple[Tension, ...]
    advice: tuple[Advice, ...]
    scenarios: tuple[Scenario, ...]
    personas: tuple[Persona, ...]
    criteria: Mapping[str, Criterion]
    glossary: Mapping[str, Term]
    frameworks: Mapping[str, Framework]
    features: Mapping[str, Feature]
    concepts: Mapping[str, Concept]
    commands: Mapping[str, Command]
    suggestions: tuple[Suggestion, ...]
    rules: Rules

    def ratings(self, framework: str) -> Mapping[str, Claim]:
        """Return criterion → claim for the claims that quote a comparison table."""
        named = (self.claims[name] for name in self.frameworks[framework].ratings)
        return {claim.criterion: claim for claim in named}
