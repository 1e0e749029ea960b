"""The questionnaire on a terminal: core questions, an interim result, then more if wanted."""

from collections.abc import Callable
from typing import TypeVar

import click

from sandbox.cli import show
from sandbox.errors import AnswerError
from sandbox.knowledge import NOT_SURE, Knowledge, Question
from sandbox.recommend import Answers, recommend

STOP = "q"
_YES = ("", "y", "yes")
_NO = (STOP, "n", "no")
Given = dict[str, list[str]]
Read = TypeVar("Read")


class _Enough(Exception):  # noqa: N818 - not an error, a wish
    """The learner wants the result now."""


def ask(knowledge: Knowledge) -> Answers:
    """Ask question by question on standard error, so that the answer can be piped.

    Nothing is preselected; Enter leaves a question open and `q` goes on to the result.
    """
    show.note("Press Enter to leave a question open, q to see the result.")
    given: Given = {}
    core = [each for each in knowledge.questions.values() if each.core]
    refining = [each for each in knowledge.questions.values() if not each.core]
    try:
        _ask_all(knowledge, core, given)
        interim = recommend(knowledge, Answers.parse(knowledge, given))
        show.note(f"\nInterim result: {interim.headline}.")
        if _more(interim.open_questions):
            wanted = [each for each in refining if each.id in interim.open_questions]
            _ask_all(knowledge, wanted, given)
    except _Enough:
        pass
    return Answers.parse(knowledge, given, _pick_important(knowledge, given))


def _more(open_questions: tuple[str, ...]) -> bool:
    if not open_questions:
        show.note("No remaining answer can change this.")
        return False

    def check(value: str) -> bool:
        if value.strip().lower() not in (*_YES, *_NO):
            raise click.BadParameter(f"Press Enter to go on, or type {STOP}.")
        return value.strip().lower() in _YES

    return _read(f"Enter for a few more questions, {STOP} for the result", check)


def _ask_all(knowledge: Knowledge, questions: list[Question], given: Given) -> None:
    for number, question in enumerate(questions, 1):
        show.note(f"\n{number}/{len(questions)}  {question.label}\n     {question.why}")
        options = list(question.options.values())
        for at, option in enumerate(options, 1):
            remark = f": {option.help}" if option.help else ""
            show.note(f"  {at:>2}  {option.label}{remark}")
        picked = _pick(knowledge, question)
        if picked:
            given[question.id] = picked


def _pick(knowledge: Knowledge, question: Question) -> list[str]:
    """Read numbers until they are a valid answer; the recommender's own rule judges."""
    names = list(question.options)

    def check(value: str) -> list[str]:
        picked = _numbered(value, names)
        try:
            Answers.parse(knowledge, {question.id: picked})
        except AnswerError:
            alone = [each.label for each in question.options.values() if each.exclusive]
            only = f" “{alone[0]}” goes alone." if alone else ""
            raise click.BadParameter(f"Choose at most {question.max}.{only}") from None
        return picked

    most = f"up to {question.max} of " if question.max > 1 else ""
    return _read(f"Your answer ({most}1-{len(names)})", check)


def _pick_important(knowledge: Knowledge, given: Given) -> list[str]:
    answered = [key for key, picks in given.items() if picks != [NOT_SURE]]
    if len(answered) < 2:
        return []
    show.note("\nWhich of these matter most to you? They count twice.")
    for at, key in enumerate(answered, 1):
        show.note(f"  {at:>2}  {knowledge.questions[key].label}")

    def check(value: str) -> list[str]:
        picked = _numbered(value, answered)
        if len(picked) > knowledge.rules.max_important:
            raise click.BadParameter(f"Choose at most {knowledge.rules.max_important}.")
        return picked

    try:
        return _read(f"Up to {knowledge.rules.max_important} of 1-{len(answered)}", check)
    except _Enough:
        return []


def _numbered(value: str, names: list[str]) -> list[str]:
    if value.strip().lower() == STOP:
        raise _Enough
    parts = dict.fromkeys(value.replace(",", " ").split())
    numbers = {str(at): name for at, name in enumerate(names, 1)}
    if not all(part in numbers for part in parts):
        raise click.BadParameter(f"Type numbers from 1 to {len(names)}, or just press Enter.")
    return [numbers[part] for part in parts]


def _read(asked: str, check: Callable[[str], Read]) -> Read:
    read: Read = click.prompt(asked, default="", show_default=False, value_proc=check, err=True)
    return read
