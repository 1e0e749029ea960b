"""Learn: the ladder of lessons, one lesson a page, and the check of the learner's running app."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from sandbox.contract import CHECKS, ContractReport
from sandbox.errors import ServerError
from sandbox.learn import Lesson, Step, begun, look_up_progress, next_step, steps_of
from sandbox.learn.steptext import other_sections, step_text
from sandbox.web import hunts, learn_step
from sandbox.web.current import current_workshop
from sandbox.web.going import hold_checks
from sandbox.web.learn_forms import own_address, progress, project_in, projects_of
from sandbox.web.query import asked
from sandbox.web.security import needs_token
from sandbox.web.viewer import Viewed, Viewer, first_file, look, part_of
from sandbox.workspace import Project

_MOST_STOPS = 3

blueprint = Blueprint("learn", __name__)
blueprint.record(lambda setup: hold_checks(setup.app.extensions))
blueprint.get("/learn/hunts", endpoint="hunts")(hunts.every_hunt)
blueprint.get("/learn/hunts/<framework>", endpoint="hunts_of")(hunts.of_framework)
blueprint.get("/learn/hunts/<framework>/<int:number>", endpoint="hunt")(hunts.one)
blueprint.post("/learn/hunts/<framework>/<int:number>", endpoint="hunt_work")(hunts.work)
blueprint.get("/learn/<framework>/<feature>/<step>")(learn_step.step)
blueprint.post("/learn/<framework>/<feature>/<step>")(learn_step.work)


@dataclass(frozen=True)
class Outcome:
    """What was checked, and how it went, or why nothing could be."""

    project: Project
    url: str
    report: ContractReport | None = None
    problem: ServerError | None = None


@blueprint.get("/learn")
def page() -> ResponseReturnValue:
    """Show the steps of every framework."""
    workshop = current_workshop()
    ladders = {name: workshop.ladder(name) for name in workshop.scaffolds}
    return render_template(
        "learn/ladder.html",
        ladders=ladders,
        steps={
            name: {
                each.feature: tuple(steps_of(scaffold, each.feature).values())
                for each in ladders[name]
            }
            for name, scaffold in workshop.scaffolds.items()
        },
        projects=projects_of(),
        progress=progress(),
        stops=_stops(),
    )


@dataclass(frozen=True)
class Stop:
    """Where a learner stopped in a project: the step to go on with."""

    project: Project
    step: Step


def _stops() -> list[Stop]:
    """Return the step that each project in use goes on with, the project tried last first."""
    course = current_workshop().course
    found: list[tuple[datetime, Stop]] = []
    for project in projects_of():
        known = look_up_progress(project.folder).steps
        keys = [key for key in known if "/" in key]
        if not keys:
            continue
        last = max(keys, key=lambda key: known[key].tried)
        step = next_step(course, project, last.partition("/")[0])
        if step is not None:
            found.append((known[last].tried, Stop(project, step)))
    found.sort(key=lambda each: each[0], reverse=True)
    return [each for _, each in found[:_MOST_STOPS]]


@blueprint.get("/learn/<framework>/<feature>")
def lesson(framework: str, feature: str) -> ResponseReturnValue:
    """Show one lesson, or the piece of its code that a script asks for."""
    found = current_workshop().lesson(framework, feature)
    return part_of(_viewer(found), asked()) or _lesson_page(framework, feature)


@blueprint.get("/learn/sheets/<framework>/<feature>")
def sheet(framework: str, feature: str) -> ResponseReturnValue:
    """Show a lesson as a sheet to print: what to know, where to write, and what is checked."""
    workshop = current_workshop()
    found = workshop.lesson(framework, feature)
    lesson_steps = tuple(steps_of(workshop.scaffold(framework), feature).values())
    if not lesson_steps:
        raise NotFound
    _, cuts = begun(workshop.course, framework, lesson_steps[0].key, features=found.after.features)
    return render_template(
        "learn/sheet.html",
        lesson=found,
        steps=lesson_steps,
        texts={each.key: step_text(found, each) for each in lesson_steps},
        places={each.key: [cut for cut in cuts if cut.step == each.key] for each in lesson_steps},
        sentences={each.id: each.sentence for each in CHECKS},
        seen_terms=set[str](),
    )


@blueprint.post("/learn/<framework>/<feature>")
@needs_token
def check(framework: str, feature: str) -> ResponseReturnValue:
    """Check the learner's running app and show the lesson with the results."""
    workshop = current_workshop()
    url = own_address(request.form.get("url", ""))
    project = project_in(framework)
    try:
        report = workshop.check_step(project, feature, url)
    except ServerError as error:  # nothing was asked, so nothing was noted
        return _lesson_page(framework, feature, Outcome(project, url, problem=error))
    return _lesson_page(framework, feature, Outcome(project, url, report))


def _lesson_page(framework: str, feature: str, outcome: Outcome | None = None) -> str:
    workshop = current_workshop()
    found = workshop.lesson(framework, feature)
    rungs = workshop.ladder(framework)
    projects = projects_of(framework)
    commands = workshop.commands(found.after)
    lesson_steps = tuple(steps_of(workshop.scaffold(framework), feature).values())
    return render_template(
        "learn/lesson.html",
        lesson=found,
        steps=lesson_steps,
        sections=other_sections(found, lesson_steps),
        rungs=rungs,
        following=_after(rungs, found),
        viewer=_viewer(found),
        commands=commands.lines,
        starting=commands.starting,
        others=[name for name in workshop.scaffolds if name != framework],
        projects=projects,
        progress=progress(),
        outcome=outcome,
        address=workshop.scaffold(framework).notes.address,
        seen_terms=set[str](),
    )


def _viewer(lesson: Lesson) -> Viewer:
    """Return the files after a lesson, with what it changes in them."""
    workshop = current_workshop()
    return look(
        Viewed(
            tree=workshop.tree(lesson.after),
            address=partial(
                url_for, "learn.lesson", framework=lesson.framework, feature=lesson.feature
            ),
            diff=lesson.changes,
            step="this lesson",
            why=workshop.reasons(lesson.after),
            first=first_file(lesson.after),
            view="changes",
        ),
        asked(),
    )


def _after(rungs: tuple[Lesson, ...], found: Lesson) -> Lesson | None:
    return next((each for each in rungs if each.number == found.number + 1), None)
