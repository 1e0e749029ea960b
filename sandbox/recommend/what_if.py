"""Find the smallest change of answers that would make another framework win."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from sandbox.knowledge import NOT_SURE, Knowledge, Question
from sandbox.recommend.answers import Answers
from sandbox.recommend.standing import Vector, add, effects, option_vectors

LEVELS = (("easy", ("easy",)), ("project", ("easy", "project")))
MOST_EDITS = 2


@dataclass(frozen=True)
class Edit:
    """One change of one pick: `drop` has no `after`, `add` has no `before`, `swap` has both."""

    kind: str
    question: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class WhatIf:
    """The change that would make `framework` the one leader; without edits there is none.

    `level` is easy, or project where the answer changed belongs to what is being built, or none.
    `query` gives the changed answers.
    """

    framework: str
    level: str
    edits: tuple[Edit, ...]
    sentence: str
    query: str


def what_ifs(knowledge: Knowledge, answers: Answers, leaders: Sequence[str]) -> tuple[WhatIf, ...]:
    """Return one what-if for each framework that is not the single leader, alphabetically.

    In a tie, and while nothing is decided, that is every framework: what would settle it.
    """
    names = sorted(knowledge.frameworks)
    wanted = [name for name in names if tuple(leaders) != (name,)]
    found = _search(knowledge, answers, {names.index(name) for name in wanted})
    return tuple(
        _what_if(knowledge, answers, name, *found.get(names.index(name), ("none", ())))
        for name in wanted
    )


def apply_edits(knowledge: Knowledge, answers: Answers, edits: Sequence[Edit]) -> Answers:
    """Return the answers after the edits; a mark of importance goes with a dropped answer."""
    given = {key: set(picks) for key, picks in answers.given.items()}
    for edit in edits:
        picks = given.setdefault(edit.question, set())
        picks.discard(edit.before or "")
        picks |= {edit.after} if edit.after else set()
    kept = {
        key: tuple(option for option in question.options if option in given.get(key, ()))
        for key, question in knowledge.questions.items()
        if given.get(key)
    }
    important = tuple(key for key in answers.important if key in kept)
    return Answers(MappingProxyType(kept), important)


def list_edits(knowledge: Knowledge, answers: Answers, changes: Sequence[str]) -> tuple[Edit, ...]:
    """Return every single edit of questions with such a `change`: drop, swap, add, file order.

    Edits to an option without effect are left out: dropping or doing nothing does the same.
    """
    vectors = option_vectors(knowledge)
    edits = [
        edit
        for question in knowledge.questions.values()
        if question.change in changes
        for edit in _edits_of(question, answers.given.get(question.id, ()))
        if edit.after is None or any(vectors[question.id, edit.after])
    ]
    return tuple(sorted(edits, key=lambda edit: ("drop", "swap", "add").index(edit.kind)))


def _edits_of(question: Question, picks: tuple[str, ...]) -> Iterator[Edit]:
    for pick in picks:
        yield Edit("drop", question.id, before=pick)
    others = [name for name in question.options if name not in picks and name != NOT_SURE]
    for pick in picks:
        for name in others:
            if _fits(question, [name, *(kept for kept in picks if kept != pick)]):
                yield Edit("swap", question.id, before=pick, after=name)
    for name in others:
        if _fits(question, [name, *picks]):
            yield Edit("add", question.id, after=name)


def _fits(question: Question, picks: Sequence[str]) -> bool:
    alone = any(question.options[pick].exclusive for pick in picks)
    return len(picks) <= (1 if alone else question.max)


Try = tuple[str, tuple[Edit, ...]]


def _search(knowledge: Knowledge, answers: Answers, targets: set[int]) -> Mapping[int, Try]:
    """Return target → level and first edits that make it win."""
    scores = add(effects(knowledge, answers).values(), len(knowledge.frameworks))
    needed = knowledge.rules.tie_margin + 1
    found: dict[int, Try] = {}
    for level, edits, moves in _tries(knowledge, answers):
        winner = _winner([sum(points) for points in zip(scores, *moves, strict=True)], needed)
        if winner in targets and winner not in found:
            found[winner] = level, edits
            if len(found) == len(targets):
                break
    return found


def _tries(
    knowledge: Knowledge, answers: Answers
) -> Iterator[tuple[str, tuple[Edit, ...], tuple[Vector, ...]]]:
    """Yield level, edits and what they move: every one and two edits, in order of preference."""
    for level, changes in LEVELS:
        moves = {
            edit: _move(knowledge, answers, edit)
            for edit in list_edits(knowledge, answers, changes)
        }
        for size in range(1, MOST_EDITS + 1):
            for edits in combinations(moves, size):
                if len({edit.question for edit in edits}) == size:
                    yield level, edits, tuple(moves[edit] for edit in edits)


def _move(knowledge: Knowledge, answers: Answers, edit: Edit) -> Vector:
    """Return what the edit adds to each framework."""
    vectors = option_vectors(knowledge)
    weight = answers.weight(edit.question)
    nothing = (0,) * len(knowledge.frameworks)
    gone = vectors[edit.question, edit.before] if edit.before else nothing
    come = vectors[edit.question, edit.after] if edit.after else nothing
    return tuple(weight * (new - old) for new, old in zip(come, gone, strict=True))


def _winner(scores: Sequence[int], needed: int) -> int | None:
    """Return who leads by at least `needed`."""
    first = max(scores)
    behind = [score for score in scores if score > first - needed]
    return scores.index(first) if len(behind) == 1 else None


def _what_if(
    knowledge: Knowledge, answers: Answers, framework: str, level: str, edits: tuple[Edit, ...]
) -> WhatIf:
    name = knowledge.frameworks[framework].name
    query = apply_edits(knowledge, answers, edits).query
    if not edits:
        sentence = f"No change of one or two answers would make them point to {name}."
        return WhatIf(framework, level, edits, sentence, query)
    changes = " and ".join(
        _describe(knowledge.questions[edit.question], answers, edit) for edit in edits
    )
    sentence = f"Your answers would point to {name} if you {changes}."
    if level == "project":
        sentence += " That would be a different project."
    return WhatIf(framework, level, edits, sentence, query)


def _describe(question: Question, answers: Answers, edit: Edit) -> str:
    """Return the edit as what `you` would have done."""
    sentence, mark, _ = question.label.partition("?")
    asked = f"“{sentence}{mark}”"
    picks = len(answers.given.get(question.id, ()))
    before, after = (
        f"“{question.options[name].label}”" if name else "" for name in (edit.before, edit.after)
    )
    if edit.kind == "swap":
        return f"chose {after} instead of {before} for {asked}"
    if edit.kind == "drop":
        return f"took {before} away from {asked}" if picks > 1 else f"left {asked} open"
    return f"also chose {after} for {asked}" if picks else f"answered {asked} with {after}"
