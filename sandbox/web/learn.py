"""Learn: the ladder of lessons, one lesson a page, and the check of the learner's running app."""

from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.contract import CHECKS, ContractReport
from sandbox.errors import RequestError
from sandbox.learn import (
    Lesson,
    Progress,
    Rewritten,
    StepReport,
    begin,
    begun,
    hints,
    look_up_progress,
    redo,
    step_of,
    steps_of,
)
from sandbox.learn.redo import Way
from sandbox.learn.steptext import other_sections, step_text
from sandbox.web import hunts
from sandbox.web.current import current_workshop
from sandbox.web.going import hold_checks
from sandbox.web.own_projects import own_project
from sandbox.web.query import asked
from sandbox.web.security import is_trusted, needs_token
from sandbox.web.settings import OWN_HOSTS
from sandbox.web.viewer import Viewed, Viewer, first_file, look, part_of
from sandbox.workshop import Workshop
from sandbox.workspace import Project

blueprint = Blueprint("learn", __name__)
blueprint.record(lambda setup: hold_checks(setup.app.extensions))
blueprint.get("/learn/hunts", endpoint="hunts")(hunts.every_hunt)
blueprint.get("/learn/hunts/<framework>", endpoint="hunts_of")(hunts.of_framework)
blueprint.get("/learn/hunts/<framework>/<int:number>", endpoint="hunt")(hunts.one)
blueprint.post("/learn/hunts/<framework>/<int:number>", endpoint="hunt_work")(hunts.work)


@dataclass(frozen=True)
class Outcome:
    """What was checked, and how it went."""

    project: Project
    url: str
    report: ContractReport


@blueprint.get("/learn")
def page() -> ResponseReturnValue:
    """Show the steps of every framework."""
    workshop = current_workshop()
    ladders = {name: workshop.ladder(name) for name in workshop.scaffolds}
    return render_template("learn/ladder.html", ladders=ladders, progress=_progress())


@blueprint.get("/learn/<framework>/<feature>")
def lesson(framework: str, feature: str) -> ResponseReturnValue:
    """Show one lesson, or the piece of its code that a script asks for."""
    found = current_workshop().lesson(framework, feature)
    return part_of(_viewer(found), asked()) or _lesson_page(framework, feature)


@blueprint.post("/learn/<framework>/<feature>")
@needs_token
def check(framework: str, feature: str) -> ResponseReturnValue:
    """Check the learner's running app and show the lesson with the results."""
    workshop = current_workshop()
    url = _own_address(request.form.get("url", ""))
    project = _own_project_of(framework)
    report = workshop.check_step(project, feature, url)
    return _lesson_page(framework, feature, Outcome(project, url, report))


@dataclass(frozen=True)
class Done:
    """What was done for a step in a project: files written, or a check with its report."""

    project: Project
    url: str = ""
    rewritten: Rewritten | None = None
    report: StepReport | None = None


@blueprint.get("/learn/<framework>/<feature>/<step>")
def step(framework: str, feature: str, step: str) -> ResponseReturnValue:
    """Show one step of a lesson."""
    return _step_page(framework, f"{feature}/{step}")


@blueprint.post("/learn/<framework>/<feature>/<step>")
@needs_token
def work(framework: str, feature: str, step: str) -> ResponseReturnValue:
    """Begin, check, solve or reset a step in one of the learner's projects."""
    workshop, key = current_workshop(), f"{feature}/{step}"
    project = _own_project_of(framework)
    do = request.form.get("do", "check")
    if do == "begin":
        done = Done(project, rewritten=begin(workshop.course, project, key))
    elif do in ("solve", "reset"):
        way: Way = "solve" if do == "solve" else "reset"
        done = Done(project, rewritten=redo(workshop.course, project, key, way))
    else:
        written = request.form.get("url", "").strip()
        url = _own_address(written) if written else None
        done = Done(project, written, report=workshop.check_key(project, key, url))
    return _step_page(framework, key, done)


def _own_project_of(framework: str) -> Project:
    project = own_project(request.form.get("project", ""))
    if project.framework != framework:
        raise RequestError(
            "project",
            f"“{project.folder.name}” is not a {framework} project.",
            "Choose one that was made for this lesson.",
        )
    return project


def _step_page(framework: str, key: str, done: Done | None = None) -> str:
    workshop = current_workshop()
    found = step_of(workshop.scaffold(framework), key)
    lesson = workshop.lesson(framework, found.feature)
    lesson_steps = tuple(steps_of(workshop.scaffold(framework), found.feature).values())
    place = lesson_steps.index(found)
    whole, cuts = begun(workshop.course, framework, key, features=lesson.after.features)
    return render_template(
        "learn/step.html",
        lesson=lesson,
        step=found,
        steps=lesson_steps,
        rungs=workshop.ladder(framework),
        text=step_text(lesson, found),
        places=[each for each in cuts if each.step == key],
        hints=hints(workshop.course, framework, key),
        made={path: whole[path] for path in found.makes},
        following=next(iter(lesson_steps[place + 1 :]), None),
        others=[
            name
            for name in workshop.scaffolds
            if name != framework and key in _keys(workshop, name, found.feature)
        ],
        sentences=[each.sentence for each in CHECKS if each.id in found.checks],
        projects=[each for each in _projects() if each.framework == framework],
        progress=_progress(),
        done=done,
    )


def _keys(workshop: Workshop, framework: str, feature: str) -> set[str]:
    steps = steps_of(workshop.scaffold(framework), feature)
    return {each.key for each in steps.values()}


def _lesson_page(framework: str, feature: str, outcome: Outcome | None = None) -> str:
    workshop = current_workshop()
    found = workshop.lesson(framework, feature)
    rungs = workshop.ladder(framework)
    projects = [each for each in _projects() if each.framework == framework]
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
        progress=_progress(),
        outcome=outcome,
        address=workshop.scaffold(framework).notes.address,
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


def _projects() -> tuple[Project, ...]:
    return current_workshop().projects() if is_trusted() else ()


def _progress() -> dict[str, Progress]:
    """Return what is done in each project, by folder name; nothing for who has no token."""
    return {each.folder.name: look_up_progress(each.folder) for each in _projects()}


def _own_address(url: str) -> str:
    """Return the address of an app on this computer; raises `RequestError` for any other."""
    wanted = url.strip() if "//" in url else f"http://{url.strip()}"
    try:
        parts = urlsplit(wanted)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        usable = parts.scheme == "http" and host in OWN_HOSTS and parts.port is not None
    except ValueError:
        usable = False
    if not usable:
        raise RequestError(
            "url",
            "That is not the address of an app on this computer.",
            "Write what your app prints when it starts, such as http://127.0.0.1:8000.",
        )
    return wanted.rstrip("/")
