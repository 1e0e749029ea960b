"""What an address of the Advisor asks for: answers, and at which field one cannot be taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import parse_qs, quote

from flask import request, url_for

from sandbox.errors import AnswerError
from sandbox.knowledge import NOT_SURE, Knowledge, Question
from sandbox.recommend import Answers

IMPORTANT = "important"
OURS = ("at", "go", "then", "undo", "view")


@dataclass(frozen=True)
class Asked:
    """The answers that hold, every pick as it came, and question → why its picks do not hold.

    A mark too many stands under `important`.
    """

    answers: Answers
    picks: Mapping[str, tuple[str, ...]]
    problems: Mapping[str, AnswerError]

    def picked(self, question: str) -> tuple[str, ...]:
        """Return what the form shows as picked."""
        return self.picks.get(question, ())


def read_answers(knowledge: Knowledge) -> Asked:
    """Return what this request's address says; raises `AnswerError` for a question unknown."""
    given = {
        key: tuple(part for value in values for part in value.split(",") if part)
        for key, values in request.args.lists()
        if key not in OURS
    }
    marks = given.pop(IMPORTANT, ())
    problems: dict[str, AnswerError] = {}
    for key, picks in given.items():
        try:
            Answers.parse(knowledge, {key: picks})
        except AnswerError as problem:
            if key not in knowledge.questions:
                raise
            problems[key] = _at_the_field(knowledge.questions[key], picks, problem)
    sound = {key: picks for key, picks in given.items() if key not in problems}
    try:
        answers = Answers.parse(knowledge, sound, marks)
    except AnswerError as problem:
        problems[IMPORTANT] = problem
        answers = Answers.parse(knowledge, sound)
    picks = {key: tuple(dict.fromkeys(each)) for key, each in given.items()} | {IMPORTANT: marks}
    return Asked(answers, MappingProxyType(picks), MappingProxyType(problems))


def _at_the_field(question: Question, picks: tuple[str, ...], problem: AnswerError) -> AnswerError:
    """Return the problem in the words that stand at the field, rather than in ids."""
    labels = [each.label for each in question.options.values() if each.id in picks]
    if len(labels) < len(set(picks)):
        return problem
    if len(labels) > question.max:
        return AnswerError(f"You have chosen {len(labels)}.", f"Choose at most {question.max}.")
    alone = next(each.label for each in question.options.values() if each.exclusive)
    return AnswerError(f"“{alone}” goes alone.", "Take away either it or the others.")


def read_query(knowledge: Knowledge, query: str) -> Answers | None:
    """Return the answers of which this is the query string, or nothing if it is none of ours."""
    try:
        answers = Answers.parse(knowledge, parse_qs(query))
    except (AnswerError, ValueError):
        return None
    return answers if answers.query == query else None


def address(answers: Answers, **more: str) -> str:
    """Return the Advisor's address with these answers, and what else it says."""
    parts = [answers.query] if answers.query else []
    parts += [f"{key}={quote(value, safe='')}" for key, value in more.items()]
    return f"{url_for('advisor.page')}{'?' if parts else ''}{'&'.join(parts)}"


def result_address(answers: Answers) -> str:
    """Return the address of the result, which without answers has to say that it is one."""
    return address(answers) if answers.query else address(answers, view="result")


def is_plain(answers: Answers) -> bool:
    """Tell whether the address says its answers as we would."""
    said = {key: values for key, values in request.args.lists() if key not in OURS}
    kept = {key: [",".join(picks)] for key, picks in answers.given.items()}
    kept |= {key: [NOT_SURE] for key in answers.unsure}
    if answers.important:
        kept[IMPORTANT] = [",".join(answers.important)]
    return said == kept
