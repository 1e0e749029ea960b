"""The single changes of an answer that a learner could make."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sandbox.knowledge import NOT_SURE, Knowledge, Question
from sandbox.recommend.answers import Answers
from sandbox.recommend.standing import option_vectors


@dataclass(frozen=True)
class Edit:
    """One change of one pick: `drop` has no `after`, `add` has no `before`, `swap` has both."""

    kind: str
    question: str
    before: str | None = None
    after: str | None = None


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
    unsure = tuple(key for key in answers.unsure if key not in kept)
    return Answers(MappingProxyType(kept), important, unsure)


def list_edits(knowledge: Knowledge, answers: Answers, changes: Sequence[str]) -> tuple[Edit, ...]:
    """Return every single edit of questions with such a `change`, in order of preference.

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
    return tuple(sorted(edits, key=lambda edit: preference(knowledge, edit)))


def preference(knowledge: Knowledge, edit: Edit) -> int:
    """Return the place of this kind of edit among those that a learner would try, first is 0.

    To swap an answer where there is only one comes first, then to answer what is open, other
    swaps, and taking an answer away.
    """
    if edit.kind == "swap":
        return 0 if knowledge.questions[edit.question].max == 1 else 2
    return 1 if edit.kind == "add" else 3


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
