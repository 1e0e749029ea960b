"""Bug hunts: a project with one planted fault, the complaint of a visitor, and the way to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec

from sandbox.contract import CHECKS, Check, Clock, ContractReport, Outcome, Result, run_contract
from sandbox.errors import LessonError
from sandbox.generate import FileTree, Scaffold, render
from sandbox.generate.planted import FAULTS, Edit, load_edits, plant
from sandbox.knowledge.faults import Fault, FaultName, load_fault_names, load_faults
from sandbox.learn.begin import request_with
from sandbox.learn.checking import RunningApp
from sandbox.learn.lesson import Course
from sandbox.learn.progress import read_progress, record, record_hint
from sandbox.replace import replace_text
from sandbox.workspace import Project, Workspace, keep_folder
from sandbox.workspace.project import LESSONS
from sandbox.workspace.record import UnusableRecordError, read_text

RECORD = f"{LESSONS}/hunt.json"
PROGRESS_KEY = "hunt"
Level = Literal["easy", "middling", "hard"]
_LEVELS: tuple[Level, ...] = ("easy", "middling", "hard")
_EARLY = ("hello", "routes", "validation")
_LATE = ("auth", "admin", "async", "live", "jobs", "deploy")


@dataclass(frozen=True)
class Hunt:
    """One fault to find in a framework's project: `complaint` is all that a hunter is told.

    `number` counts the hunts of a framework from 1, the easy ones first.
    """

    framework: str
    number: int
    level: Level
    complaint: str
    features: tuple[str, ...]
    fault: Fault
    edits: tuple[Edit, ...]
    named: FaultName | None = None

    @property
    def name(self) -> str:
        """Return what the fault is called: among professionals, or else by its own name."""
        return self.named.name if self.named else self.fault.id.replace("-", " ")

    @property
    def folder(self) -> str:
        """Return how its project is called; the name tells nothing."""
        return f"hunt-{self.framework}-{self.number}"


@dataclass(frozen=True)
class HuntReport:
    """How the check of a hunt went: `found` if everything that tells of the fault is green."""

    hunt: Hunt
    report: ContractReport

    @property
    def red(self) -> tuple[Result, ...]:
        """Return what did not pass."""
        return tuple(each for each in self.report.results if each.outcome != "passed")

    @property
    def found(self) -> bool:
        """Tell whether the fault is mended."""
        return not self.red


@dataclass(frozen=True)
class _Record:
    framework: str
    fault: str


def hunts(course: Course, framework: str) -> tuple[Hunt, ...]:
    """Return the hunts of a framework, easy ones first; raises `DataError`."""
    scaffold = course.scaffolds[framework]
    if not (scaffold.folder / FAULTS).is_file():
        return ()
    faults = load_faults(course.knowledge)
    planted = load_edits(scaffold.folder, faults)
    names = load_fault_names(course.knowledge)
    found = [
        (_level(faults[name], edits), faults[name], edits)
        for name, edits in planted.items()
        if faults[name].complaint
    ]
    found.sort(key=lambda each: each[0])
    return tuple(
        Hunt(
            framework,
            number,
            _LEVELS[level],
            fault.complaint,
            fault.project,
            fault,
            edits,
            names.get(fault.id),
        )
        for number, (level, fault, edits) in enumerate(found, start=1)
    )


def begin_hunt(course: Course, workspace: Workspace, hunt: Hunt) -> Project:
    """Write the project of a hunt into the workspace; raises `WorkspaceError` if it is there."""
    scaffold = course.scaffolds[hunt.framework]
    whole = render(scaffold, request_with(course, scaffold, hunt.features))
    project = workspace.write(plant(whole, hunt.edits), hunt.folder)
    keep_folder(project.folder)
    text = msgspec.json.encode(_Record(hunt.framework, hunt.fault.id)).decode()
    replace_text(project.folder / RECORD, text)
    return project


def hunt_of(course: Course, project: Project) -> Hunt:
    """Return the hunt that a project was made for; raises `LessonError` if for none."""
    try:
        known = msgspec.json.decode(read_text(project.folder / RECORD), type=_Record)
    except (FileNotFoundError, UnusableRecordError, msgspec.DecodeError):
        known = _Record("", "")
    for each in hunts(course, project.framework):
        if each.fault.id == known.fault:
            return each
    raise LessonError(
        f"“{project.folder.name}” is no bug hunt.", "Begin one with `sandbox hunt FRAMEWORK`."
    )


def hints_of(course: Course, hunt: Hunt) -> tuple[str, ...]:
    """Return the hints of a hunt: what is broken, the file, the lines, and how they should be."""
    whole, first = _whole(course, hunt), hunt.edits[0]
    places = [f"{path}, line {line}" for path, line in _places(whole, hunt.edits)]
    return (
        f"What your app must do, and does not: {hunt.fault.sentence}",
        f"Look into {first.at}.",
        f"Look at {' and at '.join(dict.fromkeys(places))}.",
        f"It should read there: {first.find.strip()}",
    )


def checks_of(hunt: Hunt) -> tuple[Check, ...]:
    """Return what tells whether the fault is mended: its check and what that rests on."""
    features = frozenset(hunt.features)
    about = {*hunt.fault.features}
    return tuple(
        each
        for each in CHECKS
        if each.applies(features)
        and (each.id == hunt.fault.check or (each.foundation and each.feature in about))
    )


def check_hunt(
    course: Course,
    project: Project,
    app: RunningApp,
    *,
    clock: Clock | None = None,
    on_seen: Callable[[str, Outcome], None] | None = None,
) -> HuntReport:
    """Ask a running app whether the fault of its project is mended, and keep the outcome.

    `on_seen` gets each sentence that was looked at. Raises `LessonError` for a project that is no
    hunt, and `ServerError` if nothing answers; nothing is kept then.
    """
    hunt = hunt_of(course, project)

    def tell(result: Result) -> None:
        if on_seen is not None:
            on_seen(result.check.sentence, result.outcome)

    report = run_contract(
        app.url,
        hunt.features,
        means=app.means,
        project_name=project.name,
        checks=checks_of(hunt),
        clock=clock,
        on_result=tell,
    )
    found = HuntReport(hunt, report)
    record(project.folder, PROGRESS_KEY, failed=[each.check.id for each in found.red])
    return found


def hints_taken(course: Course, project: Project) -> tuple[str, ...]:
    """Return the hints that were taken in a hunt's project, in order."""
    known = read_progress(project.folder).steps.get(PROGRESS_KEY)
    return hints_of(course, hunt_of(course, project))[: known.hints if known else 0]


def take_hunt_hint(course: Course, project: Project) -> tuple[str, ...]:
    """Note that one more hint was taken, if there is one, and return all that were."""
    if len(hints_taken(course, project)) < len(hints_of(course, hunt_of(course, project))):
        record_hint(project.folder, PROGRESS_KEY)
    return hints_taken(course, project)


def _whole(course: Course, hunt: Hunt) -> FileTree:
    scaffold: Scaffold = course.scaffolds[hunt.framework]
    return render(scaffold, request_with(course, scaffold, hunt.features))


def _level(fault: Fault, edits: tuple[Edit, ...]) -> int:
    late = any(each in _LATE for each in fault.features)
    return min(2, late + (fault.features[0] not in _EARLY) + (len(edits) > 1))


def _places(whole: FileTree, edits: tuple[Edit, ...]) -> Iterator[tuple[str, int]]:
    """Yield file and line of what was put there, or of where what was taken away has stood."""
    planted, before = plant(whole, edits), whole
    for edit in edits:
        text, part = (planted, edit.put) if edit.put else (before, edit.find)
        yield edit.at, _line(text[edit.at], part)
        before = plant(before, [edit])


def _line(text: str, part: str) -> int:
    begin = text.index(part) + len(part) - len(part.lstrip())
    return text.count("\n", 0, begin) + 1
