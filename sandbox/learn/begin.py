"""Begin a step: put everything into the project but what the learner writes.

Files that are as they were written are replaced, edited ones merged; where that conflicts,
nothing is written, and the caller gets the patch to show.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from sandbox.compare import Excerpt
from sandbox.errors import LessonError
from sandbox.generate import FileTree, ProjectRequest, Scaffold, create_request, render
from sandbox.knowledge import close_features
from sandbox.learn.athand import (
    AtHand,
    at_work,
    keep_at_hand,
    read_at_hand,
    stands_in,
    swapped,
)
from sandbox.learn.lesson import Course
from sandbox.learn.merge import merge
from sandbox.learn.place import place_of
from sandbox.learn.step import Step, lessons_with, step_of, steps_of
from sandbox.learn.stubs import Cut, cut_at, cuts_of, excerpt_at
from sandbox.workspace import Project, read_tree, rewrite, take_snapshot


@dataclass(frozen=True)
class Conflict:
    """A file that a lesson would have to change where the learner did, and how it would be."""

    path: str
    patch: str


@dataclass(frozen=True)
class Rewritten:
    """What was done to a project for a step: nothing if there are conflicts.

    `paths` are the files that were written or taken away, `snapshot` where their text was kept,
    below the project. `replaced` are the anchors where the learner's own lines made room.
    """

    step: Step
    paths: tuple[str, ...]
    conflicts: tuple[Conflict, ...] = ()
    replaced: tuple[str, ...] = ()
    snapshot: Path | None = None


class _Contradiction(Exception):  # noqa: N818 - two changes, no error
    """The learner and the lesson have changed the same lines."""


def begun(
    course: Course, framework: str, key: str, *, features: Iterable[str] = ()
) -> tuple[FileTree, tuple[Cut, ...]]:
    """Return a whole project with a step's feature, and what is cut out of it for the step.

    All steps before it are done, those after it in its lesson are not. The project has these
    `features` too, and what they need.
    """
    scaffold = course.scaffolds[framework]
    step = step_of(scaffold, key)
    whole = render(scaffold, request_with(course, scaffold, (*features, step.project_feature)))
    return whole, cuts_of(whole, from_step(scaffold, step))


def from_step(scaffold: Scaffold, step: Step) -> tuple[Step, ...]:
    """Return a step and those after it in its lesson."""
    steps = tuple(steps_of(scaffold, step.feature).values())
    return steps[steps.index(step) :]


def begin(course: Course, project: Project, key: str) -> Rewritten:
    """Put everything of a step into the project but what the learner writes.

    Raises `LessonError` for an unknown step or a place that this project does not have, and
    `WorkspaceError` where it cannot be written.
    """
    scaffold = course.scaffolds[project.framework]
    step = step_of(scaffold, key)
    with at_work(project.folder):
        theirs = read_tree(project.folder)
        last = read_at_hand(project.folder) or as_generated(course, scaffold, project)
        features = (*project.features, step.project_feature)
        request = request_with(course, scaffold, features, project)
        whole = render(scaffold, request)
        later = (*from_step(scaffold, step), *_unwritten(course, scaffold, step, last, theirs))
        coming = _after(key, scaffold, request, whole, later)
        mine, replaced = _making_room(last, coming, theirs)
        left_out = _left_to_commands(scaffold, request.features, last, theirs, later)
        changes, conflicts = _changes(last, coming, theirs, mine, left_out)
        if conflicts:
            return Rewritten(step, (), conflicts)
        snapshot = write_changes(project, theirs, changes, f"begin-{key}")
        written = {path: text for path, text in whole.items() if path not in left_out}
        keep_at_hand(project.folder, replace(coming, files=written))
    return Rewritten(step, tuple(changes), replaced=replaced, snapshot=snapshot)


def _after(
    key: str, scaffold: Scaffold, request: ProjectRequest, whole: FileTree, later: Iterable[Step]
) -> AtHand:
    """Return what the project holds once the step has begun."""
    left = {each.anchor: each for each in cuts_of(whole, later)}
    known = {each.anchor: each for each in cuts_known(scaffold, request.features, whole)}
    return AtHand(key, dict(whole), tuple({**known, **left}.values()), frozenset(left))


def cuts_known(scaffold: Scaffold, features: Iterable[str], whole: FileTree) -> Iterator[Cut]:
    """Yield the places of all steps of these features that this project has."""
    for feature in lessons_with(scaffold, features):
        for step in steps_of(scaffold, feature).values():
            for write in step.write:
                with suppress(LessonError):  # another feature has taken this place over
                    yield cut_at(whole, step, write)


def write_changes(
    project: Project, before: FileTree, changes: Mapping[str, str | None], why: str
) -> Path | None:
    """Write files after a snapshot, if there is anything to keep; return where that lies."""
    kept = any(path in before for path in changes)
    snapshot = take_snapshot(project.folder, before, f"before-{why}") if kept else None
    rewrite(project.folder, changes)
    return snapshot


def as_generated(course: Course, scaffold: Scaffold, project: Project) -> AtHand:
    """Return what a project was generated with, before any step."""
    request = request_with(course, scaffold, project.features, project)
    whole = render(scaffold, request)
    return AtHand("", dict(whole), tuple(cuts_known(scaffold, request.features, whole)))


def request_with(
    course: Course, scaffold: Scaffold, features: Iterable[str], project: Project | None = None
) -> ProjectRequest:
    """Return the request for a project with these features, by the name of one on disk."""
    known = course.knowledge.features
    wanted = [each for each in features if each in known]
    if project is None:
        return create_request(scaffold, known, features=wanted)
    return create_request(scaffold, known, features=wanted, name=project.name, slug=project.slug)


def patch_of(path: str, before: str, after: str) -> str:
    """Return what to change in a file, as a unified patch."""
    old, new = before.splitlines(), after.splitlines()
    return "\n".join(difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm=""))


def _unwritten(
    course: Course, scaffold: Scaffold, step: Step, last: AtHand, theirs: FileTree
) -> tuple[Step, ...]:
    """Return the steps of other lessons that are not written yet, and not needed by this one."""
    needed = close_features(course.knowledge.features, [step.project_feature])
    keys = dict.fromkeys(each.step for each in last.untouched(theirs))
    return tuple(step_of(scaffold, key) for key in keys if key.partition("/")[0] not in needed)


def _left_to_commands(
    scaffold: Scaffold,
    features: Iterable[str],
    last: AtHand,
    theirs: FileTree,
    later: Iterable[Step],
) -> frozenset[str]:
    """Return the files that commands of steps make, unless only the lesson can put them there.

    It can where the step was passed over, and the learner has no file of their own in the folder.
    A command may give the learner's file the name that ours has.
    """
    coming = {each.key for each in later}
    return frozenset(
        path
        for feature in lessons_with(scaffold, features)
        for each in steps_of(scaffold, feature).values()
        for path in each.makes
        if _is_own(path, last, theirs)
        or (path not in theirs and (each.key in coming or _has_own(theirs, path)))
    )


def _is_own(path: str, last: AtHand, theirs: FileTree) -> bool:
    return path in theirs and theirs[path] != last.files.get(path)


def _has_own(theirs: FileTree, path: str) -> bool:
    folder = PurePosixPath(path).parent
    names = (PurePosixPath(each) for each in theirs)
    return any(each.parent == folder and each.name != "__init__.py" for each in names)


def _making_room(
    last: AtHand, coming: AtHand, theirs: FileTree
) -> tuple[FileTree, tuple[str, ...]]:
    """Return the learner's files as if lines that a lesson will replace were the lesson's own.

    Stubs that nobody will write any more are filled in. The anchors are those where lines of the
    learner's are given up: what was asked of them there is asked differently now.
    """
    files = dict(theirs)
    replaced: list[str] = []
    base = last.with_stubs(coming.left)
    untouched = {each.anchor for each in last.untouched(theirs)}
    for cut in (*last.cuts, *_places_before(last, coming)):
        mine = place_of(FileTree(files), last, cut)
        asked_again = cut.anchor in last.left & coming.left and cut.step in _steps_at(coming, cut)
        if mine is None or asked_again or mine == cut.solution:
            continue
        if cut.anchor in untouched:
            stub_stays = cut.anchor in last.left & coming.left
            files[cut.path] = swapped(
                files[cut.path], mine, cut.stub if stub_stays else cut.solution
            )
        elif cut.anchor in coming.left or cut.solution not in coming.files.get(cut.path, ""):
            there = cut.stub if stands_in(cut.stub, base.get(cut.path, "")) else cut.solution
            files[cut.path] = swapped(files[cut.path], mine, there)
            replaced.append(cut.anchor)
    return FileTree(files, theirs.unread), tuple(replaced)


def _places_before(last: AtHand, coming: AtHand) -> Iterator[Cut]:
    """Yield what stood at the places of the coming steps, where that was no place of a step."""
    known = {each.anchor for each in last.cuts}
    for cut in coming.cuts:
        found = excerpt_at(FileTree(last.files), cut.anchor, cut.most)
        if cut.anchor in coming.left - known and isinstance(found, Excerpt):
            yield replace(cut, solution=found.text, stub=found.text)


def _steps_at(coming: AtHand, cut: Cut) -> set[str]:
    return {each.step for each in coming.cuts if each.anchor == cut.anchor}


def _changes(
    last: AtHand, coming: AtHand, theirs: FileTree, mine: FileTree, left_out: frozenset[str]
) -> tuple[dict[str, str | None], tuple[Conflict, ...]]:
    """Return the new text of each file that changes, None for one that goes, and the conflicts."""
    base, ours = last.with_stubs(coming.left), coming.written
    changes: dict[str, str | None] = {}
    conflicts: list[Conflict] = []
    for path in sorted({*base, *ours} - left_out):
        try:
            if theirs.why_unread(path) and base.get(path) != ours.get(path):
                raise _Contradiction
            new = _merged(path, base, mine, ours)
        except _Contradiction:
            patch = patch_of(path, theirs.get(path, ""), ours.get(path, ""))
            conflicts.append(Conflict(path, patch))
            continue
        if new != theirs.get(path) and not theirs.why_unread(path):
            changes[path] = new
    return changes, tuple(conflicts)


def _merged(
    path: str, base: Mapping[str, str], theirs: Mapping[str, str], ours: Mapping[str, str]
) -> str | None:
    before, mine, new = (each.get(path) for each in (base, theirs, ours))
    if mine is None:
        return None if before == new else new
    if new is None:
        return None if mine == before else mine
    merged = merge(before, mine, new) if before is not None else mine if mine == new else None
    if merged is None:
        raise _Contradiction
    return merged
