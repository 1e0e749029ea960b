"""Read what is asked and what hangs on the answers: questions, advice, scenarios."""

from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from sandbox.knowledge.entry import Entry, read_csv, read_tables
from sandbox.knowledge.evidence import by_id
from sandbox.knowledge.model import (
    NOT_SURE,
    Advice,
    Option,
    Question,
    Rules,
    Scenario,
    When,
)

STATUSES = ("clear", "lean", "tie", "none")


def read_rules(questions: Entry, claims: Collection[str]) -> Rules:
    """Return the numbers of the scoring rule."""
    return Rules(
        max_important=questions.number("max_important", 0, 99),
        tie_margin=questions.number("tie_margin", 0, 99),
        clear_margin=questions.number("clear_margin", 1, 99),
        shared_claims=questions.names("shared_claims", claims, empty=True),
    )


def read_questions(questions: Entry, claims: Collection[str]) -> Mapping[str, Question]:
    """Return the questions with their options, in the order in which they are asked."""
    entries = questions.entries("question", "question")
    return by_id((entry, _question(entry, claims)) for entry in entries)


def _question(entry: Entry, claims: Collection[str]) -> Question:
    entry.only("id", "label", "why", "kind", "max", "core", "change", "option")
    options = by_id((each, _option(each, claims)) for each in entry.entries("option", "option"))
    if NOT_SURE not in options:
        entry.refuse(f'it has no option "{NOT_SURE}".', f'Add an option with id = "{NOT_SURE}".')
    kind = entry.one_of("kind", ("single", "multi"))
    return Question(
        id=entry.text("id"),
        label=entry.text("label"),
        why=entry.text("why"),
        kind=kind,
        max=1 if kind == "single" else entry.number("max", 1, len(options)),
        core=entry.flag("core"),
        change=entry.one_of("change", ("easy", "project", "never")),
        options=options,
    )


def _option(entry: Entry, claims: Collection[str]) -> Option:
    entry.only("id", "label", "help", "exclusive", "claims")
    return Option(
        id=entry.text("id"),
        label=entry.text("label"),
        exclusive=entry.flag("exclusive", default=False),
        claims=entry.names("claims", claims, empty=True),
        help=entry.text("help", default=""),
    )


def read_advice(
    folder: Path,
    claims: Collection[str],
    questions: Mapping[str, Question],
    frameworks: Collection[str],
) -> tuple[Advice, ...]:
    """Return the advice lines in the order in which they are shown."""
    lines: list[tuple[Entry, Advice]] = []
    for entry in read_tables(folder, "advice", "advice.toml"):
        entry.only("id", "slug", "text", "claims", "when")
        advice = Advice(
            id=entry.text("id"),
            slug=entry.text("slug"),
            text=entry.text("text"),
            claims=entry.names("claims", claims),
            when=_when(entry.inner("when"), questions, frameworks),
        )
        lines.append((entry, advice))
    return tuple(by_id(lines).values())


def _when(entry: Entry, questions: Mapping[str, Question], frameworks: Collection[str]) -> When:
    entry.only("candidate", "any_of", "status")
    if not entry.fields:
        entry.refuse("it has no condition.", 'Write for example status = ["tie"].')
    return When(
        candidate=entry.one_of("candidate", frameworks) if "candidate" in entry.fields else None,
        any_of=tuple(
            split_answer(answer)
            for answer in entry.names("any_of", every_answer(questions), empty=True)
        ),
        statuses=entry.names("status", STATUSES, empty=True) or STATUSES,
    )


def every_answer(questions: Mapping[str, Question]) -> list[str]:
    """Return each possible answer as `question=option`."""
    return [
        f"{question.id}={option}" for question in questions.values() for option in question.options
    ]


def split_answer(answer: str) -> tuple[str, str]:
    """Return question and option of `question=option`."""
    question, _, option = answer.partition("=")
    return question, option


def read_scenarios(
    folder: Path, questions: Mapping[str, Question], frameworks: Collection[str]
) -> tuple[Scenario, ...]:
    """Return the scenarios, whose results the tests demand."""
    columns = ("id", "description", "answers", "expected_winner", "rationale")
    rows = read_csv(folder, "scenarios.csv", columns)
    return tuple(by_id((row, _scenario(row, questions, frameworks)) for row in rows).values())


def _scenario(
    entry: Entry, questions: Mapping[str, Question], frameworks: Collection[str]
) -> Scenario:
    given = [split_answer(part) for part in entry.text("answers", default="").split(";") if part]
    answers = {key: tuple(value.split("|")) for key, value in given}
    important = answers.pop("important", ())
    entry.check_names("answers", [key for key, _ in given], [*questions, "important"])
    entry.check_names("answers", important, questions)
    for key, options in answers.items():
        entry.check_names("answers", options, questions[key].options)
    expected = entry.text("expected_winner").removeprefix("tie:")
    winners = () if expected == "none" else tuple(expected.split("|"))
    entry.check_names("expected_winner", winners, frameworks)
    return Scenario(
        id=entry.text("id"),
        description=entry.text("description"),
        answers=MappingProxyType(answers),
        important=important,
        winners=winners,
        rationale=entry.text("rationale"),
    )
