"""Check one step on a learner's project: what it asks for, and what was green before it."""

import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from queue import Queue
from typing import Protocol

from sandbox.contract import (
    CHECKS,
    Check,
    Clock,
    ContractReport,
    Means,
    MeansName,
    Outcome,
    Result,
    Tier,
    run_contract,
)
from sandbox.errors import LessonError, ProgramError, ServerError
from sandbox.generate import Scaffold
from sandbox.knowledge import close_features
from sandbox.learn.crash import about, last_raised, raised, telling_lines
from sandbox.learn.diagnosis import Diagnosis, Symptoms, diagnose
from sandbox.learn.inside import Inside, look_inside
from sandbox.learn.lesson import Course
from sandbox.learn.progress import Progress, read_progress, record
from sandbox.learn.step import Run, Step, step_of, steps_of
from sandbox.workspace import Project


class Typed(Protocol):
    """How a command that was typed in a project's folder ended, and what it printed."""

    @property
    def code(self) -> int | None:
        """Return its exit code, None if it had to be stopped."""
        ...

    @property
    def output(self) -> str:
        """Return what it printed."""
        ...


Terminal = Callable[[str], Typed]
"""Types one line in the project's folder and waits for its end."""


_CRASHED = re.compile(
    r"(?:answered|with) 5\d\d|crashed|no answer|did not answer|hung up|stopped answering"
    r"|is not done after"
)

_TRACEBACK_SECONDS = 0.5
_PAUSE = 0.05
_CAUSES = (
    "look passwords",
    "look blocking",
    "async.slow-shops-block-nobody",
    "auth.the-form-needs-a-member",
)
_SAYS_LEAST = "app-crashed"
_TURN = {"run": 2, "start": 2, "look": 3}


def _no_log() -> str:
    return ""


@dataclass(frozen=True)
class RunningApp:
    """A running app to ask; `log` returns what it has printed since its check began.

    `own` is one that the learner runs, and not a copy that was started for the check; of a copy it
    is known what may be read `inside`.
    """

    url: str
    means: Means | None = None
    log: Callable[[], str] = _no_log
    own: bool = False
    inside: Inside | None = None


class NotRunningError(ServerError):
    """The learner's app does not answer at its address, so nothing was checked or kept."""


App = Callable[[], AbstractContextManager[RunningApp]]
"""Runs an app for a block; raises `ServerError` if it does not come to that."""


@dataclass(frozen=True)
class Seen:
    """How one thing went that was looked at: a contract check, or a command (`run 1`).

    `own` tells whether the step itself asks for it. `follows` names what it waits for, `means`
    what would make it possible.
    """

    name: str
    sentence: str
    outcome: Outcome
    message: str = ""
    own: bool = True
    tier: Tier = "works"
    follows: str | None = None
    means: MeansName | None = None


@dataclass(frozen=True)
class StepReport:
    """What a step's check has seen; `lost` was green at an earlier check and is red again.

    `diagnosis` is what to read first of all, where what was seen tells so much.
    """

    step: Step
    seen: tuple[Seen, ...]
    lost: tuple[str, ...] = ()
    diagnosis: Diagnosis | None = None

    @property
    def own(self) -> tuple[Seen, ...]:
        """Return what decides about the step: what it asks for itself, of the tier that works."""
        return tuple(each for each in self.seen if each.own and each.tier == "works")

    @property
    def done(self) -> bool:
        """Tell whether everything that the step asks for was looked at and is as it should be."""
        return all(each.outcome == "passed" for each in self.own)

    @property
    def missing(self) -> tuple[Seen, ...]:
        """Return what could not be looked at, if nothing else keeps the step from being done."""
        left = [each for each in self.own if each.outcome != "passed"]
        able = [each for each in left if each.outcome == "failed" or each.follows]
        return () if able else tuple(left)

    @property
    def first(self) -> Seen | None:
        """Return what to mend first: what failed and follows from nothing else.

        What an answer lacks reads more easily than what a command printed, so commands come later.
        How passwords are kept, that everybody waits, or that visitors are taken for members is the
        cause of much else.
        """
        failed = (each for each in self.seen if each.outcome == "failed")
        red = sorted(failed, key=lambda each: _TURN.get(each.name.partition(" ")[0], 1))
        red = sorted(red, key=lambda each: each.name not in _CAUSES)
        roots = [each for each in red if each.follows is None and each.tier == "works"]
        return next(iter([*roots, *red]), None)

    @property
    def hardened(self) -> bool:
        """Tell whether the step also holds where it asks for more than what works."""
        more = [each for each in self.seen if each.own and each.tier == "hardened"]
        return self.done and bool(more) and all(each.outcome == "passed" for each in more)


def check_step(
    course: Course,
    project: Project,
    key: str,
    *,
    app: App | None,
    terminal: Terminal,
    clock: Clock | None = None,
    on_seen: Callable[[Seen], None] | None = None,
) -> StepReport:
    """Look at what a step asks for, and at what its lesson asked for before; keep the outcome.

    A copy that does not start is a finding, too. Raises `LessonError` for an unknown step, or where
    an app is needed and none is given, and `NotRunningError` if the learner's own app does not
    answer; nothing is kept then.
    """
    step = step_of(course.scaffolds[project.framework], key)
    tell = on_seen or _tell_nobody
    ask = _question(course, project, step, clock, tell)
    if ask and app is None:
        what = "This step is checked on your running app."
        raise LessonError(what, "Start it, and give its address with --url.")

    printed: dict[str, str] = {}
    runs = _Beside(lambda: list(_typed(step.runs, terminal, printed)))
    asked, log = _asked(app, ask, step, runs) if ask and app else ([], "")
    seen = [*_telling(tell, iter(runs.result())), *asked]
    found = StepReport(step, tuple(seen), _lost(read_progress(project.folder), key, seen))
    _keep(course, project, found)
    if found.first is None:
        return found
    log = printed.get(found.first.name, log)
    return replace(found, diagnosis=_diagnosis(course, project, found.first, log))


def _question(
    course: Course,
    project: Project,
    step: Step,
    clock: Clock | None,
    tell: Callable[[Seen], None],
) -> Callable[..., ContractReport] | None:
    """Return what asks an app for the step's own checks and earlier ones, None if it has none."""
    scaffold = course.scaffolds[project.framework]
    features = [*_known(course, project), step.project_feature]
    present = close_features(course.knowledge.features, features)
    wanted = _checks(scaffold, step, frozenset(present))
    if not wanted:
        return None
    return partial(
        run_contract,
        features=present,
        project_name=project.name,
        checks=wanted,
        clock=clock,
        on_result=lambda result: tell(_seen(result, step)),
    )


def _tell_nobody(seen: Seen) -> None:
    """Be told of each thing seen where nobody waits for it."""


def _telling(tell: Callable[[Seen], None], found: Iterator[Seen]) -> Iterator[Seen]:
    for each in found:
        tell(each)
        yield each


class _Beside:
    """The commands of a step, which run while its app starts: neither needs the other."""

    def __init__(self, work: Callable[[], list[Seen]]) -> None:
        self._outcome: Queue[list[Seen] | BaseException] = Queue()
        self._found: list[Seen] | BaseException | None = None
        # A daemon: who calls the check off does not wait for the commands.
        threading.Thread(target=self._carry_out, args=(work,), daemon=True).start()

    def _carry_out(self, work: Callable[[], list[Seen]]) -> None:
        try:
            self._outcome.put(work())
        except BaseException as error:
            self._outcome.put(error)

    def result(self) -> list[Seen]:
        """Wait for the end and return what was seen, or raise what the work has raised."""
        if self._found is None:
            self._found = self._outcome.get()
        if isinstance(self._found, BaseException):
            raise self._found
        return self._found


def _asked(
    app: App, ask: Callable[..., ContractReport], step: Step, runs: _Beside
) -> tuple[list[Seen], str]:
    """Start the app and, when the commands have ended, ask it; return what was seen and printed."""
    try:
        with app() as running:
            runs.result()  # what takes the machine's time must not make the app look slow
            found = _all_seen(_report_of(running, ask), step)
            found = [*_seen_inside(running, step), *found]
            return found, _log_of(running, found)
    except NotRunningError:
        raise
    except ServerError as error:
        printed = error.output if isinstance(error, ProgramError) else ""
        return [Seen("start", "The app starts and answers.", "failed", str(error))], printed


def _seen_inside(app: RunningApp, step: Step) -> list[Seen]:
    """Return what is amiss inside a copy, as something that the step asks for."""
    found = look_inside(step.project_feature, app.url, app.inside) if app.inside else ()
    return [Seen(f"look {each.look}", each.sentence, "failed", each.message) for each in found]


def _report_of(app: RunningApp, ask: Callable[..., ContractReport]) -> ContractReport:
    try:
        return ask(app.url, means=app.means)
    except ServerError as error:
        if not app.own:
            raise
        raise NotRunningError(error.message, error.hint) from None


def _log_of(running: RunningApp, found: Sequence[Seen]) -> str:
    """Return what the app has printed; a traceback may be written after its answer has gone out."""
    deadline = time.monotonic() + _TRACEBACK_SECONDS
    crashed = any(each.outcome == "failed" and _CRASHED.search(each.message) for each in found)
    while True:
        log = running.log()
        if not crashed or raised(log) or time.monotonic() > deadline:
            return log
        time.sleep(_PAUSE)


def _diagnosis(course: Course, project: Project, first: Seen, log: str) -> Diagnosis | None:
    kind = first.name.partition(" ")[0]
    crashed = kind in ("start", "run") or _CRASHED.search(first.message) is not None
    told = about(log, first.message)
    found: Diagnosis | None = None
    for part in dict.fromkeys((last_raised(told), told)):
        symptoms = Symptoms(part, first.message, first.name, crashed)
        scaffold = course.scaffolds[project.framework]
        found = diagnose(course.knowledge, scaffold, symptoms, project.folder) or found
        if found is not None and found.id != _SAYS_LEAST:
            break
    return found


def is_done(progress: Progress, steps: Sequence[Step], step: Step) -> bool:
    """Tell whether a step is done: it was checked, or one after it in its lesson was."""
    later = steps[steps.index(step) :]
    return step.feature in progress.done or any(each.key in progress.done for each in later)


def next_step(course: Course, project: Project, feature: str) -> Step | None:
    """Return the first step of a lesson that is not done in a project, None if all are."""
    steps = list(steps_of(course.scaffolds[project.framework], feature).values())
    progress = read_progress(project.folder)
    return next((each for each in steps if not is_done(progress, steps, each)), None)


def _known(course: Course, project: Project) -> list[str]:
    return [each for each in project.features if each in course.knowledge.features]


def _checks(scaffold: Scaffold, step: Step, present: frozenset[str]) -> list[Check]:
    """Return a step's checks, those of the steps before it, and the foundations they rest on."""
    if not step.checks:
        return []
    steps = list(steps_of(scaffold, step.feature).values())
    names = {name for each in steps[: steps.index(step) + 1] for name in each.checks}
    about = {each.feature for each in CHECKS if each.id in step.checks}
    about -= {step.project_feature}
    return [
        each
        for each in CHECKS
        if each.applies(present) and (each.id in names or (each.foundation and each.about <= about))
    ]


def _typed(runs: Sequence[Run], terminal: Terminal, printed: dict[str, str]) -> Iterator[Seen]:
    for number, run in enumerate(runs, start=1):
        ended = terminal(run.command)
        absent = [each for each in run.shows if each not in ended.output]
        good = ended.code == 0 and not absent
        last = "\n".join(telling_lines(ended.output))
        wanted = f"It does not say “{absent[0]}”." if absent and ended.code == 0 else ""
        message = "" if good else f"`{run.command}` printed:\n{last}\n{wanted}".rstrip()
        seen = Seen(f"run {number}", run.sentence, "passed" if good else "failed", message)
        printed[seen.name] = ended.output
        yield seen


def _all_seen(report: ContractReport, step: Step) -> list[Seen]:
    order = {each.check.id: place for place, each in enumerate(report.causes)}
    found = sorted(report.results, key=lambda each: order.get(each.check.id, len(order)))
    return [_seen(each, step) for each in found]


def _seen(result: Result, step: Step) -> Seen:
    check = result.check
    return Seen(
        check.id,
        check.sentence,
        result.outcome,
        result.message,
        own=check.id in step.checks,
        tier=check.tier,
        follows=result.follows,
        means=result.means,
    )


def _lost(progress: Progress, key: str, seen: Sequence[Seen]) -> tuple[str, ...]:
    """Return what was green before; a command and a look are known by their step alone."""
    green = {
        name
        for step, attempt in progress.steps.items()
        for name in attempt.passed
        if step == key or " " not in name
    }
    return tuple(each.name for each in seen if each.outcome == "failed" and each.name in green)


def _keep(course: Course, project: Project, found: StepReport) -> None:
    named = [each.name for each in found.own if each.outcome != "passed"]
    record(
        project.folder,
        found.step.key,
        failed=named,
        passed=[each.name for each in found.seen if each.outcome == "passed" and each.own],
        missing=[each.name for each in found.missing],
        hardened=found.hardened,
    )
    if found.done and next_step(course, project, found.step.feature) is None:
        record(project.folder, found.step.feature)
