"""`sandbox recommend`: from answers to the framework that fits, with every reason."""

import sys

import click

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.choices import complete_question, json_option, open_here, own_command, split
from sandbox.cli.questionnaire import ask
from sandbox.errors import UsageError
from sandbox.knowledge import NOT_SURE, Knowledge
from sandbox.program import as_line
from sandbox.recommend import Answers, Reason, Recommendation
from sandbox.workshop import Workshop


@click.command("recommend")
@click.option(
    "--answer",
    "-a",
    "answers",
    multiple=True,
    metavar="QUESTION=OPTION[,OPTION]",
    shell_complete=complete_question,
    help="One answer; see `sandbox list questions`. Without any, you are asked.",
)
@click.option(
    "--important",
    multiple=True,
    callback=split,
    metavar="QUESTION",
    shell_complete=complete_question,
    help="A question that counts twice (at most two).",
)
@json_option
@click.pass_context
def command(
    ctx: click.Context, answers: tuple[str, ...], important: tuple[str, ...], json_wanted: bool
) -> None:
    """Find out which framework fits your answers, why, and what would change that."""
    workshop = open_here(ctx)
    if answers:
        parsed = Answers.parse(workshop.knowledge, _pairs(answers), important)
    elif important:
        raise click.UsageError("--important needs the --answer that it marks.", ctx)
    elif sys.stdin.isatty():
        parsed = ask(workshop.knowledge)
    else:
        raise UsageError(
            "Without a terminal there is nobody to ask: add at least one --answer.",
            "For example: sandbox recommend --answer product=simple_api",
        )
    result = workshop.recommend(parsed)
    if json_wanted:
        show.as_json(wire.recommendation(workshop, result))
    else:
        _tell(workshop, result)


def _pairs(answers: tuple[str, ...]) -> dict[str, list[str]]:
    pairs: dict[str, list[str]] = {}
    for answer in answers:
        question, equals, option = answer.partition("=")
        if not equals:
            raise UsageError(
                f"The answer {answer[:60]!a} has no “=”.",
                "Write QUESTION=OPTION, such as product=simple_api.",
            )
        pairs.setdefault(question.strip(), []).append(option)
    return pairs


def _tell(workshop: Workshop, result: Recommendation) -> None:
    knowledge = workshop.knowledge
    names = {key: each.name for key, each in knowledge.frameworks.items()}
    show.heading(result.headline)
    show.line("No framework is best for everything: this is what your answers speak for.")
    show.line()
    show.table(
        ("", "framework", "points"),
        [(rank.rank, names[rank.framework], f"{rank.points:+d}") for rank in result.ranking],
    )
    if result.status != "none":
        for rank in result.ranking:
            _tell_reasons(knowledge, names[rank.framework], result.ledger[rank.framework])
    _section("Your answers pull apart", [each.text for each in result.tensions])
    _section("What decides it", [_label(knowledge, each) for each in result.decisive])
    _section("What would change it", [each.sentence for each in result.what_ifs])
    _section("The sources disagree here", _disagreements(knowledge, result))
    _section("Good to know", [each.text for each in result.advice])
    if result.settled:
        _section("Settled", ["No remaining answer can change this."])
    elif result.status != "none":
        _section(
            f"Still open, and could change this: {result.could_change}",
            [f"{_label(knowledge, each)} ({each})" for each in result.open_questions],
        )
    _next_steps(workshop, result)


def _section(title: str, lines: list[str]) -> None:
    if lines:
        show.heading(title)
        show.bullets(lines)


def _label(knowledge: Knowledge, question: str) -> str:
    return knowledge.questions[question].label


def _tell_reasons(knowledge: Knowledge, name: str, reasons: tuple[Reason, ...]) -> None:
    if not reasons:
        return
    show.heading(f"{name}: for and against")
    for each in reasons:
        question = knowledge.questions[each.question]
        twice = ", counted twice" if each.weight > 1 else ""
        option = question.options[each.option].label
        show.line(f"{each.points:+d}  {question.label} → {option}{twice}", indent=2)
        for claim in (knowledge.claims[name] for name in each.claims):
            remark = f" (Editor: {claim.note.text})" if claim.note else ""
            source = knowledge.sources[claim.source].short
            show.line(f"{source}: “{claim.text}”{remark}", indent=6)


def _disagreements(knowledge: Knowledge, result: Recommendation) -> list[str]:
    told = [each.disagreement.summary for each in result.disagreements]
    if told:
        told += [
            f"By the {knowledge.sources[source].short.lower()} alone: {standing.headline}."
            for source, standing in result.by_source.items()
        ]
    return told


def _next_steps(workshop: Workshop, result: Recommendation) -> None:
    if not result.leaders:
        show.line()
        show.line(f"Answer a question or two more: {own_command('recommend', here=False)}")
        return
    features = result.suggested_features
    wanted = ("--features", ",".join(features)) if features else ()
    given, important = result.answers.given.items(), result.answers.important
    again = [word for key, picks in given for word in ("--answer", f"{key}={','.join(picks)}")]
    again += [word for key in result.answers.unsure for word in ("--answer", f"{key}={NOT_SURE}")]
    again += [word for key in important for word in ("--important", key)]
    show.heading("Next")
    show.commands(
        [
            own_command(as_line("new", *result.leaders, *wanted)) + "   # start a project",
            own_command(as_line("compare", *wanted), here=False) + "   # see all side by side",
            own_command(as_line("recommend", *again), here=False) + "   # this result again",
        ]
    )
