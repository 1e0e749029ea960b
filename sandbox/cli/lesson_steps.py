"""The commands of `sandbox lesson` that lead through the steps of a lesson, one at a time."""

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.choices import json_option, open_here, own_command
from sandbox.cli.exit_codes import FOUND_SOMETHING
from sandbox.cli.places import Place
from sandbox.contract import MeansName
from sandbox.errors import LessonError
from sandbox.learn import (
    Diagnosis,
    Rewritten,
    Seen,
    Step,
    StepReport,
    begin,
    is_done,
    next_step,
    read_at_hand,
    read_progress,
    redo,
    sides,
    step_of,
    steps,
    steps_of,
    take_hint,
)
from sandbox.workshop import Workshop
from sandbox.workspace import Project, read_project

Command = TypeVar("Command", bound=Callable[..., Any])
_NEEDED: dict[MeansName, str] = {
    "restart": "restart",
    "production": "production",
    "staff": "staff",
    "name": "name",
}


def step_arguments(command: Command) -> Command:
    """Add FOLDER, which is the working folder unless given, and STEP."""
    step = click.argument("step", required=False)(command)
    return click.argument("folder", type=Place(), default=".")(step)


def step_meant(workshop: Workshop, project: Project, given: str | None) -> Step:
    """Return the step that a learner means; without a name the one at hand, or the next one.

    Raises `LessonError`.
    """
    scaffold = workshop.scaffold(project.framework)
    if given is not None and "/" in given:
        return step_of(scaffold, given)
    if given is not None:
        found = next_step(workshop.course, project, given) if given.isidentifier() else None
        return (
            found
            or next(iter(steps_of(scaffold, given).values()), None)
            or step_of(scaffold, given)
        )
    found = _at_hand(workshop, project) or _coming(workshop, project)
    if found is None:
        raise LessonError(
            "Every step of this project is done.", "Name one to do it again: FEATURE/STEP."
        )
    return found


def _at_hand(workshop: Workshop, project: Project) -> Step | None:
    """Return the step that was begun last, while it is not done."""
    known = read_at_hand(project.folder)
    if known is None or not known.step:
        return None
    step = step_of(workshop.scaffold(project.framework), known.step)
    lesson = list(steps_of(workshop.scaffold(project.framework), step.feature).values())
    return None if is_done(read_progress(project.folder), lesson, step) else step


def _coming(workshop: Workshop, project: Project) -> Step | None:
    """Return the next step: of the lesson at hand, or of the ladder's first one that has any."""
    known = read_at_hand(project.folder)
    ladder = steps(workshop.course, project.framework)
    first = [known.step.partition("/")[0]] if known and known.step else []
    done = read_progress(project.folder).done
    for feature in (*first, *ladder):
        found = next_step(workshop.course, project, feature)
        if found is not None and (feature in first or feature not in done):
            return found
    return None


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
        show.as_json({"step": meant.key, **_rewritten(done)})
    else:
        _tell_rewritten(done)
        if not done.conflicts:
            _tell_task(project, folder, meant)
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
        told = _rewritten(done) if done else {}
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
        _tell_rewritten(done)
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
        show.as_json({"step": meant.key, **_rewritten(done)})
    else:
        _tell_rewritten(done)
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


def tell_seen(seen: Seen) -> None:
    """Print one thing that a step's check looked at, as soon as it is known."""
    if seen.outcome == "passed" and seen.own:
        show.line(f"✓ {seen.sentence}", colour="green")


def tell_step_report(
    workshop: Workshop, project: Project, folder: Path, report: StepReport
) -> None:
    """Print how a step stands: what to mend first, or what comes next.

    `folder` is the project's as it was typed.
    """
    place = shlex.quote(str(folder))
    step = report.step
    if report.lost:
        show.line(f"This was green before, and is red again: {', '.join(report.lost)}.")
    if report.done:
        badge = " It is hardened, too." if report.hardened else ""
        show.line(f"Step “{step.key}” is done.{badge}", colour="green")
        following = _coming(workshop, project)
        if following is not None:
            show.line("The next one:")
            show.commands([own_command(f"lesson begin {place} {following.key}")])
    elif report.missing:
        names = sorted({_NEEDED[each.means] for each in report.missing if each.means})
        show.line(f"Step “{step.key}” is done except: {', '.join(names) or 'what was skipped'}.")
        show.bullets([f"{each.sentence} {each.message}" for each in report.missing])
    elif report.first is not None:
        if report.diagnosis is not None:
            _tell_diagnosis(report.diagnosis)
        show.line(f"✗ {report.first.sentence}", colour="red")
        show.line(report.first.message, indent=4)
        show.line(f"Step “{step.key}” is not done yet. A hint:")
        show.commands([own_command(f"lesson hint {place} {step.key}")])


def _tell_diagnosis(found: Diagnosis) -> None:
    show.heading(found.says)
    if found.do:
        show.line(found.do)
    if found.place:
        path, line = found.place
        show.line(f"Look at {path}, line {line}.")


def report_as_json(report: StepReport) -> dict[str, object]:
    """Return a step's check for scripts."""
    return {
        "step": report.step.key,
        "done": report.done,
        "hardened": report.hardened,
        "missing": [each.name for each in report.missing],
        "lost": list(report.lost),
        "diagnosis": wire.plain(report.diagnosis),
        "first": wire.plain(report.first),
        "checks": wire.plain(report.seen),
    }


def _tell_task(project: Project, folder: Path, step: Step) -> None:
    show.heading(step.title)
    show.line(step.goal)
    if step.predict:
        show.line(f"First, a guess: {step.predict.question}")
    if step.write:
        show.line("Write here; each place has a TODO:")
        show.bullets([each.at for each in step.write])
    if step.types:
        show.line("What you type is in the lesson:")
        show.commands([own_command(f"lesson {project.framework} {step.feature}")])
    show.line("Then check it:")
    show.commands([own_command(f"lesson check {shlex.quote(str(folder))} {step.key}")])


def _tell_rewritten(done: Rewritten) -> None:
    if done.conflicts:
        show.line("Nothing was written: you have changed lines that this must change.")
        for each in done.conflicts:
            show.heading(each.path)
            for line in each.patch.splitlines():
                show.changed_line(line[:1], line[1:])
        show.line("Change them by hand as shown, then type the same command again.")
        return
    if done.paths:
        show.line(f"Written: {', '.join(done.paths)}.")
    else:
        show.line("Nothing had to be written.")
    if done.replaced:
        show.line(f"Asked anew, so your lines there made room: {', '.join(done.replaced)}.")
    if done.snapshot:
        show.line(f"What was there before is kept in {done.snapshot.as_posix()}.")


def _rewritten(done: Rewritten) -> dict[str, object]:
    return {
        "paths": list(done.paths),
        "conflicts": wire.plain(done.conflicts),
        "replaced": list(done.replaced),
        "snapshot": done.snapshot.as_posix() if done.snapshot else None,
    }
