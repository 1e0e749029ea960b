"""Swap: the same step in another framework, with the learner's own code beside the empty place."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from sandbox.errors import LessonError, WorkspaceError
from sandbox.generate import create_request, render
from sandbox.knowledge import ALWAYS, Concept, close_features
from sandbox.learn.athand import read_at_hand
from sandbox.learn.begin import Rewritten, begin
from sandbox.learn.lesson import Course
from sandbox.learn.redo import Side, sides
from sandbox.learn.step import Step, step_of, steps_of
from sandbox.learn.stubs import Cut
from sandbox.replace import replace_text
from sandbox.workspace import Project, Workspace, keep_folder, read_project
from sandbox.workspace.project import LESSONS
from sandbox.workspace.record import UnusableRecordError, read_text

RECORD = f"{LESSONS}/swap.json"


@dataclass(frozen=True)
class Swapped:
    """A step in another framework: where it is begun, and what the learner wrote for the same.

    `mine` are the learner's own places in `origin`, the project that they came from; `places` are
    the empty ones of the step `there` in `project`.
    """

    origin: Project
    step: Step
    project: Project
    there: Step
    mine: tuple[Side, ...]
    places: tuple[Cut, ...]
    rewritten: Rewritten | None = None


@dataclass(frozen=True)
class Share:
    """What one framework does of a concept: who does the work, and how it differs."""

    who: str
    note: str


@dataclass(frozen=True)
class Balance:
    """One line of the table at the end: a concept, and each framework's share by its id."""

    concept: Concept
    shares: dict[str, Share]


@dataclass(frozen=True)
class _Record:
    """Where the learner came from: the project's folder, and its steps by those of this one."""

    folder: str
    steps: dict[str, str]


def counterpart(course: Course, framework: str, key: str, other: str) -> Step:
    """Return the step of another framework that teaches the same, by its id or its checks.

    Raises `LessonError` where that framework's lesson has none, and tells which there are.
    """
    step = step_of(course.scaffolds[framework], key)
    if other not in course.scaffolds or other == framework:
        names = ", ".join(each for each in course.scaffolds if each != framework)
        raise LessonError(f"This step cannot be swapped to {other[:60]!a}.", f"There is: {names}.")
    theirs = list(steps_of(course.scaffolds[other], step.feature).values())
    shared = {each.key: len({*each.checks} & {*step.checks}) for each in theirs}
    best = max(theirs, key=lambda each: (each.key == key, shared[each.key]), default=None)
    if best is None or (best.key != key and not shared[best.key]):
        there = ", ".join(each.key for each in theirs) or "none of this lesson yet"
        name = course.knowledge.frameworks[other].name
        raise LessonError(f"{name} has no step like {key}.", f"Its steps are: {there}.")
    return best


def swap(course: Course, project: Project, key: str, other: str) -> Swapped:
    """Begin the same step in a project of another framework, which is made where it is missing.

    It lies beside the learner's own project and has the same features. Raises `LessonError` for a
    step that was not begun here, and `WorkspaceError` where something else has its place.
    """
    step = step_of(course.scaffolds[project.framework], key)
    there = counterpart(course, project.framework, key, other)
    mine = sides(course, project, key)
    made = _made(course, project, key, other)
    done = begin(course, made, there.key)
    _note(made.folder, project.folder, key, there.key)
    return Swapped(project, step, made, there, mine, _places(made, there), done)


def swapped_from(course: Course, project: Project, key: str) -> Swapped | None:
    """Return what a step of a swapped project was swapped from, None if it was not.

    It is none, too, where the learner's other project is gone or cannot be read.
    """
    known = _read(project.folder)
    if known is None or key not in known.steps:
        return None
    try:
        origin = read_project(Path(known.folder))
        step = step_of(course.scaffolds[origin.framework], known.steps[key])
        mine = sides(course, origin, step.key)
        there = step_of(course.scaffolds[project.framework], key)
    except (LessonError, WorkspaceError, KeyError):
        return None
    return Swapped(origin, step, project, there, mine, _places(project, there))


def balance(course: Course, feature: str) -> tuple[Balance, ...]:
    """Return what each framework did for you in a lesson, concept by concept, from their notes."""
    return tuple(
        Balance(
            concept,
            {
                name: Share(note.who, note.note)
                for name, scaffold in course.scaffolds.items()
                if (note := scaffold.notes.concepts.get(concept.id))
            },
        )
        for concept in course.knowledge.concepts.values()
        if concept.feature == feature
    )


def swaps(course: Course, framework: str, key: str) -> dict[str, Step]:
    """Return the frameworks that have the same step, and what it is there."""
    found: dict[str, Step] = {}
    for other in course.scaffolds:
        try:
            found[other] = counterpart(course, framework, key, other)
        except LessonError:
            continue
    return found


def _made(course: Course, project: Project, key: str, other: str) -> Project:
    """Return the project of another framework beside the learner's own, made where it is not."""
    beside = Workspace(project.folder.parent)
    name = f"{project.folder.name}-{other}"
    known = _read(beside.folder / name)
    if known is not None and known.folder == str(project.folder):
        return read_project(beside.folder / name)
    scaffold, features = course.scaffolds[other], course.knowledge.features
    feature = step_of(course.scaffolds[project.framework], key).project_feature
    kept = [
        each
        for each in project.features
        if each in (ALWAYS, *scaffold.offers) and feature not in close_features(features, [each])
    ]
    request = create_request(
        scaffold, features, features=kept, name=project.name, slug=project.slug
    )
    return beside.write(render(scaffold, request), name)


def _places(project: Project, step: Step) -> tuple[Cut, ...]:
    hand = read_at_hand(project.folder)
    return hand.of(step.key) if hand else ()


def _note(folder: Path, origin: Path, key: str, there: str) -> None:
    known = _read(folder)
    keys = {**(known.steps if known else {}), there: key}
    keep_folder(folder)
    text = msgspec.json.encode(_Record(str(origin), keys)).decode()
    replace_text(folder / RECORD, text)


def _read(folder: Path) -> _Record | None:
    try:
        return msgspec.json.decode(read_text(folder / RECORD), type=_Record)
    except (FileNotFoundError, NotADirectoryError, UnusableRecordError, msgspec.DecodeError):
        return None
