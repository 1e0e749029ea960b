"""Check what a learner answered, whichever way it came in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sandbox.errors import AnswerError
from sandbox.knowledge import NOT_SURE, Knowledge, Question
from sandbox.names import say_what_exists

IMPORTANT = "important"


@dataclass(frozen=True)
class Answers:
    """Checked answers, question → options, and the questions that count twice.

    Everything stands in the order of the questionnaire, so the order of input is forgotten.
    `unsure` are the questions answered `not_sure` alone: they count for nothing, but are not open
    any more. There is no mark on a question without an answer.
    """

    given: Mapping[str, tuple[str, ...]]
    important: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()

    @classmethod
    def parse(
        cls,
        knowledge: Knowledge,
        pairs: Mapping[str, Sequence[str]],
        important: Sequence[str] = (),
    ) -> "Answers":
        """Return checked answers; each value may hold several options with commas between.

        `pairs` may also hold the key `important`, as a query string does. Options given
        twice count once, empty ones not at all. Raises `AnswerError`, which names the key and
        what is allowed.
        """
        marks = {*_split(important), *_split(pairs.get(IMPORTANT, ()))}
        asked = {key: _split(values) for key, values in pairs.items() if key != IMPORTANT}
        given = {key: _check(_question(knowledge, key), picks) for key, picks in asked.items()}
        _check_marks(knowledge, marks)
        answered = [key for key in knowledge.questions if given.get(key)]
        return cls(
            MappingProxyType({key: given[key] for key in answered}),
            tuple(key for key in answered if key in marks),
            tuple(key for key in knowledge.questions if asked.get(key) and not given[key]),
        )

    @property
    def query(self) -> str:
        """Return the query string that gives these answers again."""
        pairs = [*self.given.items(), *((key, (NOT_SURE,)) for key in self.unsure)]
        if self.important:
            pairs.append((IMPORTANT, self.important))
        return "&".join(f"{key}={','.join(picks)}" for key, picks in pairs)

    def without(self, question: str) -> "Answers":
        """Return the answers with one question open again."""
        return Answers(
            MappingProxyType({key: picks for key, picks in self.given.items() if key != question}),
            tuple(key for key in self.important if key != question),
            tuple(key for key in self.unsure if key != question),
        )

    def weight(self, question: str) -> int:
        """Return how often the question counts."""
        return 2 if question in self.important else 1


def _split(values: Sequence[str]) -> list[str]:
    listed = [values] if isinstance(values, str) else values
    parts = [part.strip() for value in listed for part in value.split(",")]
    return [part for part in parts if part]


def _question(knowledge: Knowledge, key: str) -> Question:
    if key not in knowledge.questions:
        message = f'There is no question "{key}".'
        raise AnswerError(message, say_what_exists(key, knowledge.questions))
    return knowledge.questions[key]


def _check(question: Question, picked: Sequence[str]) -> tuple[str, ...]:
    """Return the picks in file order without `not_sure`."""
    for name in picked:
        if name not in question.options:
            message = f'The question "{question.id}" has no option "{name}".'
            hint = say_what_exists(name, question.options)
            raise AnswerError(message, hint, question=question.id)
    options = [
        option
        for option in question.options.values()
        if option.id in picked and option.id != NOT_SURE
    ]
    if len(options) > question.max:
        message = (
            f'The question "{question.id}" has {len(options)} answers; {question.max} allowed.'
        )
        names = ", ".join(option.id for option in options)
        hint = f"Keep at most {question.max} of: {names}."
        raise AnswerError(message, hint, question=question.id)
    for option in options:
        if option.exclusive and len(options) > 1:
            message = f'"{option.id}" of "{question.id}" cannot stand beside another answer.'
            hint = f'Give either "{option.id}" alone or the other answers.'
            raise AnswerError(message, hint, question=question.id)
    return tuple(option.id for option in options)


def _check_marks(knowledge: Knowledge, marks: set[str]) -> None:
    for key in sorted(marks):
        if key not in knowledge.questions:
            message = f'"{IMPORTANT}" names "{key}", which is no question.'
            raise AnswerError(message, say_what_exists(key, knowledge.questions))
    limit = knowledge.rules.max_important
    if len(marks) > limit:
        message = f'"{IMPORTANT}" names {len(marks)} questions; {limit} allowed.'
        raise AnswerError(message, f"Keep at most {limit} of: {', '.join(sorted(marks))}.")
