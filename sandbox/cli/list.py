"""`sandbox list`: projects of the workspace, and every name that the other commands take."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import click

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.checks import list_checks
from sandbox.cli.choices import features_option, json_option, open_here, own_command
from sandbox.errors import AnswerError
from sandbox.learn import look_up_progress, steps
from sandbox.run.state import AppState
from sandbox.workshop import Workshop
from sandbox.workspace import Project


def _projects(workshop: Workshop) -> None:
    made, damaged = workshop.projects(), workshop.damaged()
    if not made and not damaged:
        show.line(f"There are no projects in {workshop.workspace.folder} yet.")
        show.line(f"Make the first one: {own_command('new flask')}")
        return
    for each in damaged:
        show.problem(each.problem, each.hint)
    if made:
        _tell_projects(workshop, made)


def _tell_projects(workshop: Workshop, made: Sequence[Project]) -> None:
    states = workshop.lab.states()
    show.table(
        ("project", "framework", "features", "state", "edited", "lessons"),
        [
            (
                each.folder.name,
                each.framework,
                ", ".join(each.features),
                _doing(states.get(each.folder.name) or workshop.lab.state(each)),
                _edited(workshop, each),
                _lessons(workshop, each),
            )
            for each in made
        ],
    )
    show.note(f"In {workshop.workspace.folder}")


def _doing(state: AppState) -> str:
    if state.phase == "running":
        return state.address or "running"
    return f"{state.phase}: {state.problem}" if state.problem else state.phase


def _edited(workshop: Workshop, project: Project) -> str:
    found = workshop.edited(project)
    first = ", ".join(found.paths[:2])
    more = f" and {len(found.paths) - 2} more" if len(found.paths) > 2 else ""
    return "unknown" if found.problem else f"{first}{more}" or "nothing"


def _lessons(workshop: Workshop, project: Project) -> str:
    ladder = steps(workshop.course, project.framework)
    done = look_up_progress(project.folder).done
    return f"{sum(each in done for each in ladder)} of {len(ladder)}"


def _frameworks(workshop: Workshop) -> None:
    profiles = workshop.knowledge.frameworks
    show.table(
        ("framework", "since", "in one line"),
        [(name, profiles[name].since, profiles[name].tagline) for name in workshop.scaffolds],
    )


def _features(workshop: Workshop) -> None:
    show.table(
        ("feature", "what it is", "needs", "adds"),
        [
            (name, each.label, ", ".join(each.needs) or "-", each.adds)
            for name, each in workshop.offered.items()
        ],
    )


def _questions(workshop: Workshop) -> None:
    for question in workshop.knowledge.questions.values():
        picks = f" (up to {question.max})" if question.kind == "multi" else ""
        show.heading(f"{question.id}: {question.label}{picks}")
        show.table(
            ("option", "meaning"), [(each.id, each.label) for each in question.options.values()]
        )


def _concepts(workshop: Workshop) -> None:
    known = workshop.knowledge.concepts
    rows = [
        (name, known[name].title, known[name].question, known[name].feature)
        for name in workshop.concepts
    ]
    show.table(("concept", "title", "question", "from feature"), rows)


_KINDS: dict[str, Callable[[Workshop], None]] = {
    "projects": _projects,
    "frameworks": _frameworks,
    "features": _features,
    "questions": _questions,
    "concepts": _concepts,
}


@click.command("list")
@click.argument("kind", type=click.Choice([*_KINDS, "checks"]), default="projects")
@features_option
@click.option("--markdown", is_flag=True, help="Print the whole contract as a page (checks only).")
@json_option
@click.pass_context
def command(
    ctx: click.Context, kind: str, *, features: tuple[str, ...], markdown: bool, json_wanted: bool
) -> None:
    """List your projects, or the frameworks, features, questions, concepts or checks by name.

    Checks are the sentences of the contract that an app is held to; --features chooses them.
    """
    workshop = open_here(ctx)
    if kind == "checks":
        list_checks(workshop, features, json_wanted=json_wanted, markdown=markdown)
    elif features or markdown:
        raise AnswerError(
            "--features and --markdown choose among checks.", "Write `sandbox list checks`."
        )
    elif not json_wanted:
        _KINDS[kind](workshop)
    elif kind == "projects":
        show.as_json(wire.projects(workshop))
    else:
        show.as_json({kind: cast("dict[str, Any]", wire.capabilities(workshop))[kind]})
