"""Which step of a lesson a learner means, on the command line."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from sandbox.cli.places import Place
from sandbox.errors import LessonError
from sandbox.learn import (
    Step,
    is_done,
    next_step,
    read_at_hand,
    read_progress,
    step_of,
    steps,
    steps_of,
)
from sandbox.workshop import Workshop
from sandbox.workspace import Project

Command = TypeVar("Command", bound=Callable[..., Any])


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
    found = _at_hand(workshop, project) or coming(workshop, project)
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


def coming(workshop: Workshop, project: Project) -> Step | None:
    """Return the next step: of the lesson at hand, of one after it, or of one before it.

    A project may begin in the middle of the ladder; from there it goes on, and back last.
    """
    known = read_at_hand(project.folder)
    ladder = list(steps(workshop.course, project.framework))
    here = known.step.partition("/")[0] if known and known.step else ""
    place = ladder.index(here) if here in ladder else 0
    done = read_progress(project.folder).done
    for feature in (*ladder[place:], *ladder[:place]):
        found = next_step(workshop.course, project, feature)
        if found is not None and (feature == here or feature not in done):
            return found
    return None


def done_last(project: Project) -> str | None:
    """Return the key of the step that was checked as done last, None if none was."""
    known = read_progress(project.folder).steps
    keys = [key for key, each in known.items() if each.done and "/" in key]
    return max(keys, key=lambda key: known[key].tried, default=None)
