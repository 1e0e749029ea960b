"""One step of a lesson as a page: what to write, and begin, check, swap, solve and reset it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.contract import CHECKS
from sandbox.errors import RequestError
from sandbox.learn import (
    NotRunningError,
    Rewritten,
    Step,
    StepReport,
    begin,
    begun,
    hints,
    is_done,
    look_up_progress,
    read_at_hand,
    redo,
    step_of,
    steps_of,
)
from sandbox.learn.predict import Predicted, predicted
from sandbox.learn.redo import Way
from sandbox.learn.steptext import step_text
from sandbox.learn.swap import balance, swap, swapped_from, swaps
from sandbox.names import say_what_exists
from sandbox.run.state import UNDER_WAY
from sandbox.web.current import current_workshop
from sandbox.web.going import Going, Tell, current_checks
from sandbox.web.learn_forms import own_address, progress, project_in, projects_of
from sandbox.web.query import asked, one, one_of, several
from sandbox.web.security import is_public, is_trusted, needs_token
from sandbox.workspace import Project


@dataclass(frozen=True)
class Done:
    """What forms have done with a step: files written, and a prediction answered."""

    rewritten: Rewritten | None = None
    predicted: Predicted | None = None
    guess: str = ""


def step(framework: str, feature: str, step: str) -> ResponseReturnValue:
    """Show one step of a lesson, and how its check goes in the project that is asked for."""
    found = step_of(current_workshop().scaffold(framework), f"{feature}/{step}")
    name = one(asked(), "project", "")
    project = project_in(framework, name) if name and is_trusted() else None
    return _page(framework, found, project or _likely(framework, found))


@needs_token
def work(framework: str, feature: str, step: str) -> ResponseReturnValue:
    """Do one thing with a step in one of the learner's projects, which is made if none is named."""
    found = step_of(current_workshop().scaffold(framework), f"{feature}/{step}")
    do = one_of(asked(), "do", tuple(_ACTIONS), "check")
    named = one(asked(), "project", "")
    project = project_in(framework, named) if named else _made(framework, found)
    return _ACTIONS[do](project, found)


def _made(framework: str, step: Step) -> Project:
    """Return a new project with what the lessons before this one have taught.

    A hand-out says itself which features it has.
    """
    workshop = current_workshop()
    before = workshop.lesson(framework, step.feature).before
    features = _handed_out() or (before.features if before else ())
    return workshop.found_or_made([workshop.request(framework, features=features)])[0]


def _handed_out() -> tuple[str, ...]:
    """Return the features that a hand-out's link fixes, none for an ordinary page.

    Raises `RequestError` for a feature that does not exist.
    """
    wanted = several(asked(), "features")
    known = current_workshop().knowledge.features
    for each in wanted:
        if each not in known:
            problem = f"There is no feature called {each[:60]!a}."
            raise RequestError("features", problem, say_what_exists(each, known))
    return wanted


def _likely(framework: str, step: Step) -> Project | None:
    """Return the project that is meant if none is named: one that has this step at hand."""
    there = projects_of(framework)
    for each in there:
        hand = read_at_hand(each.folder) if not look_up_progress(each.folder).problem else None
        if hand and hand.step == step.key:
            return each
    return next(iter(there), None)


def _begin(project: Project, step: Step) -> ResponseReturnValue:
    done = begin(current_workshop().course, project, step.key)
    _keep(project, step, rewritten=done, predicted=None, guess="")
    current_checks().forget(project.folder)
    return _back(project, step)


def _redo(way: Way) -> Callable[[Project, Step], ResponseReturnValue]:
    def act(project: Project, step: Step) -> ResponseReturnValue:
        _keep(project, step, rewritten=redo(current_workshop().course, project, step.key, way))
        current_checks().forget(project.folder)
        return _back(project, step)

    return act


def _check(project: Project, step: Step) -> ResponseReturnValue:
    workshop = current_workshop()
    written = request.form.get("url", "").strip()
    url = own_address(written) if written else None

    def work(tell: Tell) -> StepReport:
        return workshop.check_key(
            project, step.key, url, on_seen=lambda each: tell(each.sentence, each.outcome)
        )

    current_checks().begin(project.folder, step.key, work)
    _keep(project, step, rewritten=None)
    return _back(project, step, url=written or None)


def _start(project: Project, step: Step) -> ResponseReturnValue:
    current_workshop().lab.begin([project])
    return _back(project, step)


def _predict(project: Project, step: Step) -> ResponseReturnValue:
    workshop = current_workshop()
    address = workshop.lab.state(project).address
    app = (project.folder.name, address) if address else None
    found = predicted(step, workshop.console, app)
    _keep(project, step, predicted=found, guess=one(asked(), "guess", ""))
    return _back(project, step, anchor="answer")


def _swap(project: Project, step: Step) -> ResponseReturnValue:
    other = one(asked(), "other", "")
    found = swap(current_workshop().course, project, step.key, other)
    if found.rewritten and found.rewritten.conflicts:
        _keep(found.project, found.there, rewritten=found.rewritten)
        return _back(found.project, found.there)
    return _back(found.project, found.there, anchor="write")


_ACTIONS: Mapping[str, Callable[[Project, Step], ResponseReturnValue]] = {
    "begin": _begin,
    "check": _check,
    "predict": _predict,
    "reset": _redo("reset"),
    "solve": _redo("solve"),
    "start": _start,
    "swap": _swap,
}


def _keep(project: Project, step: Step, **changed: Any) -> None:
    """Keep what a form has done beside what others have, for the page that shows it."""
    done = replace(_done(project, step) or Done(), **changed)
    current_checks().keep(project.folder, step.key, done)


def _done(project: Project, step: Step) -> Done | None:
    return cast("Done | None", current_checks().kept(project.folder, step.key))


def _back(
    project: Project, step: Step, *, url: str | None = None, anchor: str = "result"
) -> ResponseReturnValue:
    address = url_for(
        "learn.step",
        framework=project.framework,
        feature=step.feature,
        step=step.id,
        project=project.folder.name,
        url=url,
        features=",".join(_handed_out()) or None,
        _anchor=anchor,
    )
    return redirect(address, 303)


def _page(framework: str, step: Step, project: Project | None) -> str:
    workshop = current_workshop()
    lesson = workshop.lesson(framework, step.feature)
    lesson_steps = tuple(steps_of(workshop.scaffold(framework), step.feature).values())
    features = project.features if project else lesson.after.features
    whole, cuts = begun(workshop.course, framework, step.key, features=features)
    standing = _standing(project, step, lesson_steps)  # before the progress that a check ends with
    return render_template(
        "learn/step.html",
        lesson=lesson,
        step=step,
        steps=lesson_steps,
        rungs=workshop.ladder(framework),
        text=step_text(lesson, step),
        places=[each for each in cuts if each.step == step.key],
        hints=hints(workshop.course, framework, step.key),
        made={path: whole[path] for path in step.makes if path in whole},
        following=_following(framework, step, lesson_steps),
        others=swaps(workshop.course, framework, step.key),
        sentences=[each.sentence for each in CHECKS if each.id in step.checks],
        projects=projects_of(framework),
        progress=progress(),
        project=project,
        done=_done(project, step) if project and is_trusted() else None,
        handout=_handed_out(),
        seen_terms=set[str](),
        **standing,
    )


def _following(framework: str, step: Step, lesson: tuple[Step, ...]) -> Step | None:
    """Return the step after this one, that of the next lesson too unless it is handed out."""
    rest = lesson[lesson.index(step) + 1 :]
    if rest or _handed_out():
        return next(iter(rest), None)
    workshop = current_workshop()
    features = [each.feature for each in workshop.ladder(framework)]
    scaffold = workshop.scaffold(framework)
    later = features[features.index(step.feature) + 1 :]
    return next((first for each in later for first in steps_of(scaffold, each).values()), None)


def _standing(
    project: Project | None, step: Step, lesson: tuple[Step, ...]
) -> Mapping[str, object]:
    """Return how a step stands in a project: its app, its check, and where it was swapped from."""
    if project is None or is_public():
        return {"going": None, "under_way": False, "state": None, "origin": None, "finished": False}
    workshop = current_workshop()
    going = current_checks().of(project.folder, step.key)
    state = workshop.lab.state(project)
    known = look_up_progress(project.folder)
    origin = swapped_from(workshop.course, project, step.key)
    starting = state.phase in UNDER_WAY and state.phase not in ("running", "crashed")
    return {
        "going": going,
        "under_way": bool(going and not going.over) or starting,
        "idle": isinstance(going, Going) and isinstance(going.problem, NotRunningError),
        "state": state,
        "finished": is_done(known, lesson, step),
        "origin": origin,
        "shares": balance(workshop.course, step.project_feature) if origin else (),
    }
