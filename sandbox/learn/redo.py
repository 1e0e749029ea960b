"""Solve or reset a step: put the solution, or the empty place again, where the learner wrote."""

from dataclasses import dataclass
from typing import Literal

from sandbox.errors import LessonError
from sandbox.generate import FileTree
from sandbox.learn.athand import AtHand, at_work, read_at_hand, swapped
from sandbox.learn.begin import Conflict, Rewritten, patch_of, write_changes
from sandbox.learn.lesson import Course
from sandbox.learn.place import place_of
from sandbox.learn.step import Step, step_of
from sandbox.workspace import Project, read_tree

Way = Literal["solve", "reset"]


@dataclass(frozen=True)
class Side:
    """One place of a step: what the learner has there (None if it is not found), start and end."""

    path: str
    anchor: str
    mine: str | None
    start: str
    solution: str


def sides(course: Course, project: Project, key: str) -> tuple[Side, ...]:
    """Return each place of a step that was begun: mine, start and solution side by side."""
    _, last = _begun(course, project, key)
    theirs = read_tree(project.folder)
    return tuple(
        Side(cut.path, cut.anchor, place_of(theirs, last, cut), cut.stub, cut.solution)
        for cut in last.of(key)
    )


def redo(course: Course, project: Project, key: str, way: Way) -> Rewritten:
    """Put the solution or the stub at every place of a step, after a snapshot.

    Where a place is not found any more, nothing is written and the patch is in the conflicts.
    Raises `LessonError` for a step that was not begun.
    """
    step, last = _begun(course, project, key)
    with at_work(project.folder):
        theirs = read_tree(project.folder)
        files = dict(theirs)
        lost: list[Conflict] = []
        for cut in last.of(key):
            mine = place_of(FileTree(files), last, cut)
            wanted = cut.solution if way == "solve" else cut.stub
            if mine is None:
                lost.append(Conflict(cut.path, patch_of(cut.path, mine or "", wanted)))
            else:
                files[cut.path] = swapped(files[cut.path], mine, wanted)
        if lost:
            return Rewritten(step, (), tuple(lost))
        changes = {path: text for path, text in files.items() if text != theirs[path]}
        snapshot = write_changes(project, theirs, changes, f"{way}-{key}")
    return Rewritten(step, tuple(changes), snapshot=snapshot)


def _begun(course: Course, project: Project, key: str) -> tuple[Step, AtHand]:
    step = step_of(course.scaffolds[project.framework], key)
    last = read_at_hand(project.folder)
    if last is None or (step.write and not last.of(key)):
        raise LessonError(
            f"The step {key} was not begun in this project.", "Begin it first, then solve or reset."
        )
    return step, last
