"""The commands of `sandbox lesson` that lead through the steps of a lesson, one at a time."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.choices import json_option, open_here
from sandbox.cli.exit_codes import FOUND_SOMETHING
from sandbox.cli.interrupt import ended_by_signals, undisturbed
from sandbox.cli.lesson_meant import step_arguments, step_meant
from sandbox.cli.lesson_tell import (
    rewritten_as_json,
    tell_rewritten,
    tell_step_report,
    tell_task,
)
from sandbox.cli.places import Place
from sandbox.errors import ServerError
from sandbox.learn import (
    Step,
    begin,
    is_done,
    read_at_hand,
    read_progress,
    redo,
    sides,
    steps,
    steps_of,
    take_hint,
)
from sandbox.learn.saving import saves
from sandbox.workshop import Workshop
from sandbox.workspace import Project, read_project

Command = TypeVar("Command", bound=Callable[..., Any])


@click.command("begin")
@step_arguments
@json_option
@click.pass_context
def begin_step(ctx: click.Context, /, *, folder: Path, step: str | None, json_wanted: bool) -> int:
    """Put everything of a step into the project in FOLDER, but what you write yourself.

    STEP is FEATURE/STEP; without it, the next one. What was there is kept in a snapshot.
    """
    workshop = open_here(ctx)
    project = read_project(folder.resolve())
    meant = step_meant(workshop, project, step)
    done = begin(workshop.course, project, meant.key)
    if json_wanted:
        show.as_json({"step": meant.key, **rewritten_as_json(done)})
    else:
        tell_rewritten(done)
        if not done.conflicts:
            tell_task(project, folder, meant)
    return FOUND_SOMETHING if done.conflicts else 0


@click.command("hint")
@step_arguments
@json_option
@click.pass_context
def hint_step(ctx: click.Context, /, *, folder: Path, step: str | None, json_wanted: bool) -> None:
    """Give the next hint of a step: words, then lines to put in order, then the solution."""
    workshop = open_here(ctx)
    project = read_project(folder.resolve())
    meant = step_meant(workshop, project, step)
    hint = take_hint(workshop.course, project, meant.key)
    if json_wanted:
        show.as_json({"step": meant.key, "hint": wire.plain(hint)})
        return
    show.heading(f"Hint {hint.number} of {hint.of} for {meant.key}")
    show.markdown(hint.text)
    for piece in hint.pieces:
        show.line(piece.path)
        show.source(piece.text, piece.path)


@click.command("solve")
@step_arguments
@click.option("--show", "only_show", is_flag=True, help="Only show it; write nothing.")
@json_option
@click.pass_context
def solve_step(
    ctx: click.Context, /, *, folder: Path, step: str | None, only_show: bool, json_wanted: bool
) -> int:
    """Put the solution of a step where you write; yours is kept in a snapshot.

    Shown side by side: what you have, what you started with, and the solution.
    """
    workshop = open_here(ctx)
    project = read_project(folder.resolve())
    meant = step_meant(workshop, project, step)
    found = sides(workshop.course, project, meant.key)
    done = None if only_show else redo(workshop.course, project, meant.key, "solve")
    if json_wanted:
        told = rewritten_as_json(done) if done else {}
        show.as_json({"step": meant.key, "places": wire.plain(found), **told})
        return FOUND_SOMETHING if done and done.conflicts else 0
    for side in found:
        for title, text in (
            ("yours", side.mine or ""),
            ("the start", side.start),
            ("the solution", side.solution),
        ):
            show.heading(f"{side.anchor}: {title}")
            show.source(text, side.path)
    if meant.types:
        show.heading("Type this")
        show.commands(meant.types)
    if done:
        tell_rewritten(done)
    return FOUND_SOMETHING if done and done.conflicts else 0


@click.command("reset")
@step_arguments
@json_option
@click.pass_context
def reset_step(ctx: click.Context, /, *, folder: Path, step: str | None, json_wanted: bool) -> int:
    """Empty the places of a step again, to begin it anew; yours is kept in a snapshot."""
    workshop = open_here(ctx)
    project = read_project(folder.resolve())
    meant = step_meant(workshop, project, step)
    done = redo(workshop.course, project, meant.key, "reset")
    if json_wanted:
        show.as_json({"step": meant.key, **rewritten_as_json(done)})
    else:
        tell_rewritten(done)
    return FOUND_SOMETHING if done.conflicts else 0


@click.command("status")
@click.argument("folder", type=Place(), default=".")
@json_option
@click.pass_context
def status(ctx: click.Context, /, *, folder: Path, json_wanted: bool) -> None:
    """Show which steps of the project in FOLDER are done, and which one is at hand."""
    workshop = open_here(ctx)
    project = read_project(folder.resolve())
    rows = _standing(workshop, project)
    hand = read_at_hand(project.folder)
    if json_wanted:
        show.as_json({"at_hand": hand.step if hand else None, "steps": wire.plain(rows)})
        return
    show.table(
        ("step", "title", "state", "tries", "hints"),
        [
            (each["step"], each["title"], each["state"], each["tries"], each["hints"])
            for each in rows
        ],
    )
    if hand and hand.step:
        show.line(f"At hand: {hand.step}")


def _standing(workshop: Workshop, project: Project) -> list[dict[str, object]]:
    scaffold, progress = workshop.scaffold(project.framework), read_progress(project.folder)
    found: list[dict[str, object]] = []
    for feature in steps(workshop.course, project.framework):
        lesson = list(steps_of(scaffold, feature).values())
        for step in lesson:
            known = progress.steps.get(step.key)
            state = "done" if is_done(progress, lesson, step) else "open"
            if known and known.missing:
                state = "done except what could not be checked"
            if known and known.hardened:
                state = "done, hardened"
            found.append(
                {
                    "step": step.key,
                    "title": step.title,
                    "state": state,
                    "tries": known.count if known else 0,
                    "hints": known.hints if known else 0,
                }
            )
    return found


@click.command("watch")
@step_arguments
@click.pass_context
def watch_step(ctx: click.Context, /, *, folder: Path, step: str | None) -> int:
    """Run the app, check a step each time you save, and tell the first thing to mend.

    It ends when the step is done, or with Ctrl-C; the app is stopped then.
    """
    workshop = open_here(ctx)
    project = read_project(folder.resolve())
    meant = step_meant(workshop, project, step)
    with ended_by_signals():
        try:
            _run_beside(workshop, project, meant)
            for _ in saves(project.folder):
                show.heading(f"{datetime.now():%H:%M:%S}  {meant.key}")
                try:
                    report = workshop.check_key(project, meant.key)
                except ServerError as error:  # such as an environment that cannot be made
                    show.problem(error.message, error.hint)
                    continue
                tell_step_report(workshop, project, folder, report)
                if report.done:
                    return 0
        finally:
            with undisturbed():
                workshop.lab.close()
    return FOUND_SOMETHING


def _run_beside(workshop: Workshop, project: Project, step: Step) -> None:
    """Start the app for the learner to look at, if it can be started yet."""
    try:
        state = workshop.lab.start(project)
        show.line(f"Your app runs at {state.address}.")
    except ServerError as error:
        if step.starts:
            show.problem(error.message, error.hint)
    show.line("Save, and it is checked again. Ctrl-C ends it.")
