"""Bug hunts as pages: the complaints to choose from, and one hunt with its check."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from sandbox.errors import LessonError
from sandbox.learn import look_up_progress
from sandbox.learn.hunt import (
    PROGRESS_KEY,
    Hunt,
    HuntReport,
    begin_hunt,
    check_hunt,
    hints_of,
    hints_taken,
    hunt_of,
    hunts,
    take_hunt_hint,
)
from sandbox.learn.progress import Attempt
from sandbox.web.current import current_workshop
from sandbox.web.going import Tell, current_checks
from sandbox.web.query import asked, one_of
from sandbox.web.security import is_trusted, needs_token
from sandbox.workspace import Project

_ACTIONS = ("begin", "check", "hint")


def every_hunt() -> ResponseReturnValue:
    """Show the hunts of the first framework there is."""
    return of_framework(next(iter(current_workshop().scaffolds)))


def of_framework(framework: str) -> ResponseReturnValue:
    """Show the hunts of a framework as complaints, from easy to hard."""
    workshop = current_workshop()
    found = hunts(workshop.course, workshop.scaffold(framework).framework)
    feature = one_of(asked(), "feature", ["", *workshop.knowledge.features], "")
    chosen = [each for each in found if feature in ("", *each.fault.features)]
    return render_template(
        "learn/hunts.html",
        framework=workshop.knowledge.frameworks[framework],
        hunts=chosen,
        total=len(found),
        features={name: None for each in found for name in each.fault.features},
        feature=feature,
        standing=_standing(found),
    )


@dataclass(frozen=True)
class _Standing:
    """A hunt's project, and what is known of the hunt in it."""

    project: Project
    attempt: Attempt | None

    @property
    def found(self) -> bool:
        return bool(self.attempt and self.attempt.done)


@needs_token
def one(framework: str, number: int) -> ResponseReturnValue:
    """Show one hunt: its complaint, and how far it is."""
    return _page(_hunt(framework, number))


@needs_token
def work(framework: str, number: int) -> ResponseReturnValue:
    """Begin a hunt in a project of its own, check it, or give the next hint; then show it."""
    workshop, hunt = current_workshop(), _hunt(framework, number)
    do = one_of(asked(), "do", _ACTIONS, "check")
    if do == "begin":
        begin_hunt(workshop.course, workshop.workspace, hunt)
    else:
        project = _standing_of(hunt).project
        if do == "hint":
            take_hunt_hint(workshop.course, project)
        else:
            _begin_check(project)
    there = "project" if do == "begin" else "check"
    here = url_for("learn.hunt", framework=framework, number=number, _anchor=there)
    return redirect(here, 303)


def _begin_check(project: Project) -> None:
    workshop = current_workshop()

    def work(tell: Tell) -> HuntReport:
        with workshop.app_of(project) as app:
            return check_hunt(workshop.course, project, app, on_seen=tell)

    current_checks().begin(project.folder, PROGRESS_KEY, work)


def _hunt(framework: str, number: int) -> Hunt:
    workshop = current_workshop()
    found = hunts(workshop.course, workshop.scaffold(framework).framework)
    if not 1 <= number <= len(found):
        raise NotFound
    return found[number - 1]


def _number_of_hunts(hunt: Hunt) -> int:
    workshop = current_workshop()
    return len(hunts(workshop.course, workshop.scaffold(hunt.framework).framework))


def _standing(found: tuple[Hunt, ...]) -> dict[int, _Standing]:
    """Return how the hunts stand that were begun, by number; nothing for who has no token."""
    if not is_trusted():
        return {}
    workshop = current_workshop()
    there = {each.folder.name: each for each in workshop.projects()}
    standing: dict[int, _Standing] = {}
    for hunt in found:
        project = there.get(hunt.folder)
        if project is not None and project.framework == hunt.framework:
            progress = look_up_progress(project.folder)
            standing[hunt.number] = _Standing(project, progress.steps.get(PROGRESS_KEY))
    return standing


def _standing_of(hunt: Hunt) -> _Standing:
    found = _standing((hunt,)).get(hunt.number)
    if found is None:
        raise LessonError("This hunt was not begun yet.", "Begin it first.")
    return found


def _page(hunt: Hunt) -> str:
    workshop = current_workshop()
    place = workshop.workspace.folder / hunt.folder
    going = current_checks().of(place, PROGRESS_KEY)  # before the progress that it ends with
    standing = _standing((hunt,)).get(hunt.number)
    project = standing.project if standing else None
    if project is not None:
        hunt_of(workshop.course, project)  # the folder may hold something else by that name
    return render_template(
        "learn/hunt.html",
        hunt=hunt,
        framework=workshop.knowledge.frameworks[hunt.framework],
        standing=standing,
        going=going,
        under_way=bool(going and not going.over),
        hints=hints_taken(workshop.course, project) if project else (),
        most_hints=len(hints_of(workshop.course, hunt)),
        following=hunt.number + 1 if hunt.number < _number_of_hunts(hunt) else None,
        state=workshop.lab.state(project) if project else None,
        here=request.path,
    )
