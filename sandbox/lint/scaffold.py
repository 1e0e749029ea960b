"""Hold a scaffold's notes to the truth: every claim they make is checked in every variant."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from sandbox.compare import Excerpt, Missing, has, locate_first
from sandbox.errors import SandboxError
from sandbox.generate import (
    NOT_A_FIT,
    ConceptEntry,
    FileTree,
    Scaffold,
    create_request,
    render,
)
from sandbox.knowledge import ALWAYS, Knowledge, closed_sets

Trees = Mapping[tuple[str, ...], FileTree]
Found = Mapping[tuple[str, ...], Excerpt | Missing]

_QUOTED = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_NORMALISED = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SHORTEST_QUOTE = 3
_MOST_WORDS = 45
_TOO_ALIKE = 0.7  # of the words that either note has, those that both have


def lint_scaffold(knowledge: Knowledge, scaffold: Scaffold) -> list[str]:
    """Return what is wrong or missing in one scaffold, a sentence for each defect."""
    problems = [*_lint_files(scaffold), *_lint_owners(scaffold)]
    problems += _lint_commands(knowledge, scaffold)
    problems += _lint_packages(scaffold)
    trees: dict[tuple[str, ...], FileTree] = {}
    for features in closed_sets(knowledge.features, scaffold.offers):
        try:
            request = create_request(scaffold, knowledge.features, features=features)
            trees[features] = render(scaffold, request)
        except SandboxError as error:
            problems.append(f"The variant {_named(features)} does not render: {error}")
    problems += _lint_concepts(knowledge, scaffold, trees)
    return [f"scaffolds/{scaffold.framework}: {problem}" for problem in problems]


def lint_notes(scaffolds: Mapping[str, Scaffold]) -> list[str]:
    """Return the concepts whose note in one framework would do as well in another one."""
    return [
        f"scaffolds/{left.framework} and scaffolds/{right.framework}: the notes on {concept} "
        "say nearly the same; say what differs."
        for left, right in combinations(scaffolds.values(), 2)
        for concept in left.notes.concepts
        if concept in right.notes.concepts
        and _alike(left.notes.concepts[concept].note, right.notes.concepts[concept].note)
    ]


def quoted(note: str) -> list[str]:
    """Return the fragments that a note sets in backticks."""
    return [match[2].strip() for match in _QUOTED.finditer(note)]


def _lint_files(scaffold: Scaffold) -> Iterator[str]:
    reasons = scaffold.notes.files
    for path in scaffold.template:
        if path not in reasons:
            yield f"[files] does not say why {path} is there."
    for path in reasons:
        if path not in scaffold.template:
            yield f"[files] speaks of {path}, which does not exist."


def _lint_owners(scaffold: Scaffold) -> Iterator[str]:
    for path in scaffold.template:
        try:
            scaffold.owner(path)
        except SandboxError:
            yield f"no feature owns {path}; name it in _feature_paths."
    for feature, paths in scaffold.feature_paths.items():
        for path in paths:
            if not any(_covers(path, file) for file in scaffold.template):
                yield f"{feature} owns {path}, which does not exist."


def _covers(claim: str, path: str) -> bool:
    return path.startswith(claim) if claim.endswith("/") else path == claim


def _lint_packages(scaffold: Scaffold) -> Iterator[str]:
    installed = scaffold.notes.installed
    if not installed.get(ALWAYS):
        yield f"[installed] does not name the packages of {ALWAYS}."
    for feature, names in installed.items():
        for name in names:
            if not _NORMALISED.fullmatch(name):
                yield f"[installed] {feature} has {name!r}; write it in lower case with hyphens."


def _lint_commands(knowledge: Knowledge, scaffold: Scaffold) -> Iterator[str]:
    lines = scaffold.notes.commands
    for name, command in knowledge.commands.items():
        offered = command.feature in (ALWAYS, *scaffold.offers)
        if offered and not command.optional and not lines.get(name):
            yield f"[commands] does not say how to {name}."
    lab = scaffold.notes.lab
    if not any("{port}" in text for text in (lab.run, *lab.environment.values())):
        yield "[lab] does not say how the app takes a {port}."
    if "serve" in lines and "{port}" not in lab.serve:
        yield "[lab] does not say how the app in production takes a {port}."
    if not scaffold.notes.by_hand:
        yield "by_hand does not say how to make this start with the framework's own tools."


def _lint_concepts(knowledge: Knowledge, scaffold: Scaffold, trees: Trees) -> Iterator[str]:
    entries = scaffold.notes.concepts
    proofs: dict[str, frozenset[str]] = {}
    for concept in knowledge.concepts.values():
        entry = entries.get(concept.id)
        if entry is None:
            if has(scaffold.offers, concept):
                yield f"there is no [concepts.{concept.id}]."
            continue
        place = f"[concepts.{concept.id}]"
        if (words := len(entry.note.split())) > _MOST_WORDS:
            yield f"{place} note has {words} words; keep {_MOST_WORDS} and put the rest into more."
        if entry.who != NOT_A_FIT:
            known = {chosen: tree for chosen, tree in trees.items() if has(chosen, concept)}
            found = {chosen: locate_first(entry.anchors, tree) for chosen, tree in known.items()}
            proofs[concept.id] = _proofs(entry, found)
            yield from _lint_excerpts(place, found)
            if known and not proofs[concept.id]:
                yield f"{place} note quotes nothing in `backticks` that its excerpt always has."
    yield from _lint_distinct(entries, proofs)


def _lint_excerpts(place: str, found: Found) -> Iterator[str]:
    missing = {chosen: each for chosen, each in found.items() if isinstance(each, Missing)}
    for chosen, each in list(missing.items())[:1]:
        yield (
            f"{place} does not resolve in {len(missing)} of {len(found)} variants, "
            f"such as {_named(chosen)}: {each.reason}"
        )


def _proofs(entry: ConceptEntry, found: Found) -> frozenset[str]:
    """Return the quoted fragments that stand in the excerpt of every variant that has one."""
    texts = [each.text for each in found.values() if isinstance(each, Excerpt)]
    named = quoted(f"{entry.note} {entry.more}")
    fragments = [each for each in named if len(each) >= _SHORTEST_QUOTE]
    return frozenset(each for each in fragments if texts and all(each in text for text in texts))


def _lint_distinct(
    entries: Mapping[str, ConceptEntry], proofs: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    for left, right in combinations(entries, 2):
        if _alike(entries[left].note, entries[right].note):
            yield f"the notes on {left} and {right} say nearly the same."
        elif proofs.get(left) and proofs.get(left) == proofs.get(right):
            yield f"the notes on {left} and {right} quote the same code."


def _alike(left: str, right: str) -> bool:
    words, others = (set(re.findall(r"\w+", note.lower())) for note in (left, right))
    return len(words & others) >= _TOO_ALIKE * max(len(words | others), 1)


def _named(features: Sequence[str]) -> str:
    return " + ".join(features)
