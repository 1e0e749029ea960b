"""Load all data files into one `Knowledge`; every name that one entry uses of another exists."""

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType

from sandbox.datafile import (
    Entry,
    Identifier,
    Names,
    SomeNames,
    Text,
    by_id,
    read_csv,
    read_tables,
    read_toml,
)
from sandbox.knowledge.features import ALWAYS
from sandbox.knowledge.model import (
    ANY,
    NOT_SURE,
    Advice,
    Claim,
    ClaimNote,
    Command,
    Concept,
    Criterion,
    Disagreement,
    Feature,
    Framework,
    Knowledge,
    Option,
    Persona,
    Point,
    Question,
    Rules,
    Scenario,
    Source,
    Suggestion,
    Tension,
    Term,
    When,
)
from sandbox.paths import KNOWLEDGE

_PROFILE_LISTS = ("strengths", "cautions", "best_for")


def load_knowledge(folder: Path = KNOWLEDGE) -> Knowledge:
    """Return what the data files in `folder` say; raises `DataError` with file, entry and fix."""
    profiles = read_tables(folder / "frameworks.toml", "framework")
    frameworks = sorted(entry.value("id", Identifier) for entry in profiles)
    asked = read_toml(folder / "questions.toml")
    asked.only("sources", "question", *(each.name for each in fields(Rules)))
    sources = {name: entry.to(Source, id=name) for name, entry in asked.inner_entries("sources")}
    claims = _claims(folder, sources, frameworks)
    questions = by_id((each, _question(each, claims)) for each in asked.entries("question"))
    features = _features(folder)
    concepts = by_id(
        (each, each.to(Concept, {"feature": features}))
        for each in read_tables(folder / "concepts.toml", "concept")
    )
    return Knowledge(
        folder=folder,
        sources=MappingProxyType(sources),
        claims=claims,
        questions=questions,
        disagreements=_disagreements(folder, claims, frameworks),
        tensions=_tensions(folder, questions),
        advice=_advice(folder, claims, questions, frameworks),
        scenarios=_scenarios(folder, questions, frameworks),
        personas=_personas(folder, questions),
        criteria=by_id(
            (each, each.to(Criterion, {"concepts": concepts}))
            for each in read_tables(folder / "criteria.toml", "criterion")
        ),
        glossary=by_id(
            (each, each.to(Term)) for each in read_tables(folder / "glossary.toml", "term")
        ),
        frameworks=by_id((each, _framework(each, claims)) for each in profiles),
        features=features,
        concepts=concepts,
        commands=_commands(folder, features),
        suggestions=_suggestions(folder, questions, features),
        rules=asked.without("sources", "question").to(Rules, {"shared_claims": claims}),
    )


def _claims(
    folder: Path, sources: Collection[str], frameworks: Collection[str]
) -> Mapping[str, Claim]:
    known = {"source": sources, "framework": [*frameworks, ANY]}
    columns = ("id", "source", "framework", "criterion", "polarity", "text")
    rows = read_csv(folder / "claims.csv", columns)
    notes = _claim_notes(folder, [entry.name for entry in rows])
    return by_id((row, row.to(Claim, known, note=notes.get(row.name))) for row in rows)


def _claim_notes(folder: Path, claims: Collection[str]) -> Mapping[str, ClaimNote]:
    notes: dict[str, ClaimNote] = {}
    for row in read_csv(folder / "claim_notes.csv", ("id", "status", "note")):
        row.check_names("id", row.name, claims)
        if row.name in notes:
            row.refuse("the claim already has a note.", "Join the two notes.")
        notes[row.name] = row.without("id").renamed("note", "text").to(ClaimNote)
    return notes


def _question(entry: Entry, claims: Collection[str]) -> Question:
    options = by_id((each, each.to(Option, {"claims": claims})) for each in entry.entries("option"))
    if NOT_SURE not in options:
        entry.refuse(f'it has no option "{NOT_SURE}".', f'Add an option with id = "{NOT_SURE}".')
    question = entry.without("option").to(Question, options=options)
    most = 1 if question.kind == "single" else len(options)
    if question.max > most or (question.kind == "multi" and "max" not in entry.fields):
        entry.refuse(f'"max" is {question.max}.', f"Write max, at most {most}.")
    return question


def _framework(entry: Entry, claims: Collection[str]) -> Framework:
    known = {"claims": claims}
    lists = {
        key: tuple(each.to(Point, known) for each in entry.entries(key, "text"))
        for key in _PROFILE_LISTS
    }
    return entry.without(*_PROFILE_LISTS).to(Framework, {"ratings": claims}, **lists)


def _commands(folder: Path, features: Mapping[str, Feature]) -> Mapping[str, Command]:
    return by_id(
        (each, each.to(Command, {"feature": features}))
        for each in read_tables(folder / "commands.toml", "command")
    )


def _features(folder: Path) -> Mapping[str, Feature]:
    """Return the features; each needs only features above it, so needs cannot go in a ring."""
    entries = read_tables(folder / "features.toml", "feature")
    ids: list[str] = [entry.value("id", Identifier) for entry in entries]
    if ids[0] != ALWAYS:
        entries[0].refuse("it comes first.", f"Put the feature {ALWAYS} first.")
    return by_id(
        (entry, entry.to(Feature, {"needs": ids[:place]})) for place, entry in enumerate(entries)
    )


def _disagreements(
    folder: Path, claims: Collection[str], frameworks: Collection[str]
) -> tuple[Disagreement, ...]:
    """Return the pairs of claims that conflict; `any` stands for every framework."""
    columns = ("id", "kind", "topic", "frameworks", "claims_1", "claims_2", "summary")
    lists = {"frameworks": "|", "claims_1": " ", "claims_2": " "}
    known = {"frameworks": frameworks, "claims_1": claims, "claims_2": claims}
    rows = read_csv(folder / "disagreements.csv", columns, lists)
    for place, row in enumerate(rows):
        if row.fields["frameworks"] == [ANY]:
            every = {**row.fields, "frameworks": list(frameworks)}
            rows[place] = replace(row, fields=every)
    return tuple(by_id((row, row.to(Disagreement, known)) for row in rows).values())


def _tensions(folder: Path, questions: Mapping[str, Question]) -> tuple[Tension, ...]:
    """Return the pairs of answers that pull apart."""
    found: list[tuple[Entry, Tension]] = []
    for entry in read_tables(folder / "tensions.toml", "tension"):
        pair: tuple[str, ...] = entry.value("answers", tuple[Text, Text])
        entry.check_names("answers", pair, every_answer(questions))
        one, other = map(split_answer, pair)
        found.append((entry, entry.without("answers").to(Tension, answers=(one, other))))
    return tuple(by_id(found).values())


def _advice(
    folder: Path,
    claims: Collection[str],
    questions: Mapping[str, Question],
    frameworks: Collection[str],
) -> tuple[Advice, ...]:
    """Return the advice lines in the order in which they are shown."""
    found: list[tuple[Entry, Advice]] = []
    for entry in read_tables(folder / "advice.toml", "advice"):
        when = _when(entry.inner("when"), questions, frameworks)
        found.append((entry, entry.without("when").to(Advice, {"claims": claims}, when=when)))
    return tuple(by_id(found).values())


def _when(entry: Entry, questions: Mapping[str, Question], frameworks: Collection[str]) -> When:
    if not entry.fields:
        entry.refuse("it has no condition.", 'Write for example status = ["tie"].')
    answers: tuple[str, ...] = entry.value("any_of", Names, default=())
    entry.check_names("any_of", answers, every_answer(questions))
    kept = entry.without("any_of").renamed("status", "statuses")
    known = {"candidate": frameworks} if "candidate" in entry.fields else {}
    return kept.to(When, known, any_of=tuple(split_answer(answer) for answer in answers))


def _scenarios(
    folder: Path, questions: Mapping[str, Question], frameworks: Collection[str]
) -> tuple[Scenario, ...]:
    """Return the scenarios, whose results the tests demand."""
    columns = ("id", "description", "answers", "expected_winner", "rationale")
    rows = read_csv(folder / "scenarios.csv", columns, {"answers": ";"})
    return tuple(by_id((row, _scenario(row, questions, frameworks)) for row in rows).values())


def _scenario(
    entry: Entry, questions: Mapping[str, Question], frameworks: Collection[str]
) -> Scenario:
    given = [split_answer(part) for part in entry.value("answers", Names)]
    answers = {key: tuple(value.split("|")) for key, value in given}
    important = answers.pop("important", ())
    entry.check_names("answers", [key for key, _ in given], [*questions, "important"])
    entry.check_names("answers", important, questions)
    for key, options in answers.items():
        entry.check_names("answers", options, questions[key].options)
    expected: str = entry.value("expected_winner", str).removeprefix("tie:")
    winners = () if expected == "none" else tuple(expected.split("|"))
    entry.check_names("expected_winner", winners, frameworks)
    return entry.without("answers", "expected_winner").to(
        Scenario, answers=MappingProxyType(answers), important=important, winners=winners
    )


def _personas(folder: Path, questions: Mapping[str, Question]) -> tuple[Persona, ...]:
    """Return the people to look around with."""
    found: list[tuple[Entry, Persona]] = []
    for entry in read_tables(folder / "personas.toml", "persona"):
        listed: tuple[str, ...] = entry.value("answers", SomeNames)
        entry.check_names("answers", listed, every_answer(questions))
        answers: dict[str, tuple[str, ...]] = {}
        for key, option in map(split_answer, listed):
            answers[key] = (*answers.get(key, ()), option)
        found.append(
            (entry, entry.without("answers").to(Persona, answers=MappingProxyType(answers)))
        )
    return tuple(by_id(found).values())


def _suggestions(
    folder: Path, questions: Mapping[str, Question], features: Collection[str]
) -> tuple[Suggestion, ...]:
    """Return which features an answer suggests."""
    found: dict[str, Suggestion] = {}
    for entry in read_tables(folder / "suggestions.toml", "suggestion", "answer"):
        answer: str = entry.value("answer", str)
        entry.check_names("answer", answer, every_answer(questions))
        if answer in found:
            entry.refuse("the answer already has an entry.", "Join the two lists.")
        question, option = split_answer(answer)
        found[answer] = entry.without("answer").to(
            Suggestion, {"features": features}, question=question, option=option
        )
    return tuple(found.values())


def every_answer(questions: Mapping[str, Question]) -> list[str]:
    """Return each possible answer as `question=option`."""
    return [
        f"{question.id}={option}" for question in questions.values() for option in question.options
    ]


def split_answer(answer: str) -> tuple[str, str]:
    """Return question and option of `question=option`."""
    question, _, option = answer.partition("=")
    return question, option
