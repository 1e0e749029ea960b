"""What the sandbox knows, as frozen values: sources, claims, questions, frameworks, features."""

from collections.abc import Mapping
from dataclasses import dataclass

ANY = "any"
NOT_SURE = "not_sure"


@dataclass(frozen=True, slots=True)
class Source:
    """An article the claims come from, with what a reader should know about its author."""

    id: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class ClaimNote:
    """An editor's remark on a claim that is dated, imprecise, unmeasured or interested."""

    status: str
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a source about a framework (or `any`), polarity −2 (against) to 2 (for)."""

    id: str
    source: str
    framework: str
    criterion: str
    polarity: int
    text: str
    note: ClaimNote | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer; its claims give it its points. `exclusive` excludes further picks.

    `help` explains in plain words the terms the label uses; it may be empty.
    """

    id: str
    label: str
    exclusive: bool
    claims: tuple[str, ...]
    help: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `kind` is single or multi (up to `max` picks).

    `change` says whether a what-if may suggest another answer: easy, project or never.
    """

    id: str
    label: str
    why: str
    kind: str
    max: int
    core: bool
    change: str
    options: Mapping[str, Option]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Claims that conflict: `between` the sources, in `degree`, or `within` one of them."""

    id: str
    kind: str
    topic: str
    frameworks: tuple[str, ...]
    claims_1: tuple[str, ...]
    claims_2: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class When:
    """When an advice line shows; every condition that is given must hold.

    `any_of` holds question and option pairs, of which one must have been answered.
    """

    candidate: str | None = None
    any_of: tuple[tuple[str, str], ...] = ()
    statuses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """A line that is shown beside a result and never changes a score."""

    id: str
    slug: str
    text: str
    claims: tuple[str, ...]
    when: When


@dataclass(frozen=True, slots=True)
class Scenario:
    """Answers with the result they must give: no winner, one, or several that tie."""

    id: str
    description: str
    answers: Mapping[str, tuple[str, ...]]
    important: tuple[str, ...]
    winners: tuple[str, ...]
    rationale: str


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a framework's profile and the claims it rests on."""

    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework's profile; `accent` is the colour name its style sheet rule uses."""

    id: str
    name: str
    tagline: str
    since: int
    strengths: tuple[Point, ...]
    cautions: tuple[Point, ...]
    best_for: tuple[Point, ...]
    site: str
    tutorial: str
    accent: str


@dataclass(frozen=True, slots=True)
class Feature:
    """One optional capability of a generated project; `needs` are the direct ones."""

    id: str
    label: str
    needs: tuple[str, ...]
    adds: str
    why_needs: str


@dataclass(frozen=True, slots=True)
class Concept:
    """Something every web framework must do; projects show it once they have `feature`."""

    id: str
    title: str
    question: str
    feature: str


@dataclass(frozen=True, slots=True)
class Command:
    """Something one types in a project that has `feature`.

    Without a `purpose` it is a step on the way to the first page, otherwise typed on occasion.
    A scaffold may do without an `optional` one.
    """

    id: str
    feature: str
    purpose: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The features that one answer suggests for the project."""

    question: str
    option: str
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of the scoring rule, in points; `shared_claims` may serve two questions."""

    max_important: int
    tie_margin: int
    clear_margin: int
    shared_claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """Everything the data files say; mappings are read-only and keep the order of the files.

    Equal only to itself, so that results derived from it can be cached by it.
    """

    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    questions: Mapping[str, Question]
    disagreements: tuple[Disagreement, ...]
    advice: tuple[Advice, ...]
    scenarios: tuple[Scenario, ...]
    frameworks: Mapping[str, Framework]
    features: Mapping[str, Feature]
    concepts: Mapping[str, Concept]
    commands: Mapping[str, Command]
    suggestions: tuple[Suggestion, ...]
    rules: Rules

    def ratings(self, framework: str) -> Mapping[str, Claim]:
        """Return criterion → claim for the rows of the sources' comparison tables."""
        return {
            claim.criterion: claim
            for claim in self.claims.values()
            if claim.framework == framework and claim.text.startswith("Table:")
        }
