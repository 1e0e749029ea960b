"""Prove one step: its stub fails, its solution passes, and each mistake fails its own check."""

from __future__ import annotations

import shlex
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from sandbox.contract import Means, Result, checks_for, run_contract
from sandbox.errors import ScaffoldError, ServerError
from sandbox.generate import FileTree, Scaffold
from sandbox.generate.planted import Edit, load_edits, load_mistakes, plant
from sandbox.knowledge.faults import load_faults
from sandbox.learn import (
    App,
    Cut,
    RunningApp,
    Step,
    StepReport,
    begun,
    check_step,
    emptied,
    steps,
    steps_of,
)
from sandbox.learn.inside import Inside
from sandbox.learn.predict import request_of
from sandbox.run.console_send import loopback, send_one
from sandbox.run.errand import Done
from sandbox.run.process import Launch, Server
from sandbox.run.production import InProduction
from sandbox.run.trace import Trace
from sandbox.workspace import Project, Workspace, read_project
from tests.mutation.starting import MAKE_STAFF, PRODUCTION, RUN, STAFF, manage
from tests.support.environments import python_for
from tests.support.ports import free_port
from tests.support.variants import WORKSHOP
from tests.variants.boot import environment

SECONDS = 120


class NotTypedError(Exception):
    """A command that a step tells to type does not end well."""


@dataclass(frozen=True)
class Proof:
    """What proving a step has shown; `failures` are sentences, empty if all is well."""

    framework: str
    step: Step
    failures: tuple[str, ...]
    seconds: float
    check_seconds: float

    @property
    def ok(self) -> bool:
        return not self.failures


@dataclass(frozen=True)
class Wrong:
    """One way to get a step wrong: the edits, and what must turn red (any of its own if empty)."""

    name: str
    edits: tuple[Edit, ...]
    check: str = ""
    says: str = ""


@dataclass(frozen=True)
class Bench:
    """A folder to play a step in, with the interpreter of its framework.

    `checking` gets the seconds of each check: from a written project to its report.
    """

    framework: str
    step: Step
    folder: Path
    whole: FileTree
    cuts: tuple[Cut, ...]
    ladder: tuple[str, ...]
    tell: bool = False
    failures: list[str] = field(default_factory=list[str])
    checking: list[float] = field(default_factory=list[float])

    @property
    def later(self) -> list[Cut]:
        return [cut for cut in self.cuts if cut.step != self.step.key]

    def without_made(self, tree: FileTree) -> FileTree:
        """Leave out what the step's commands make."""
        return FileTree({path: tree[path] for path in tree if path not in self.step.makes})


def every_step(framework: str | None = None) -> list[tuple[str, Step]]:
    """Return every step there is, by framework and in order."""
    return [
        (name, step)
        for name, scaffold in WORKSHOP.scaffolds.items()
        if framework in (None, name)
        for feature in steps(WORKSHOP.course, name)
        for step in steps_of(scaffold, feature).values()
    ]


def prove(framework: str, step: Step, *, tell: bool = False) -> Proof:
    """Play a step in a project of its ladder: begun, solved, and wrong in every way it names.

    `tell` prints what a learner reads first for each mistake.
    """
    started = time.perf_counter()
    ladder = steps(WORKSHOP.course, framework)
    ladder = ladder[: ladder.index(step.feature) + 1]
    whole, cuts = begun(WORKSHOP.course, framework, step.key, features=ladder)
    with TemporaryDirectory(prefix="steps-") as name:
        bench = Bench(framework, step, Path(name), whole, cuts, ladder, tell)
        _prove_begun(bench)
        seconds = _prove_solved(bench)
        for wrong in _wrong_ways(framework, step):
            _prove_wrong(bench, wrong)
    return Proof(framework, step, tuple(bench.failures), time.perf_counter() - started, seconds)


def turning_green(framework: str, step: Step, features: Sequence[str] = ()) -> list[str]:
    """Return what every check of these features says before and after a step, a line each.

    For who writes a step: what is red or skipped before and green after it can be its check.
    """
    bench_steps = steps(WORKSHOP.course, framework)
    ladder = bench_steps[: bench_steps.index(step.feature) + 1]
    whole, cuts = begun(WORKSHOP.course, framework, step.key, features=ladder)
    asked = {step.feature, *features}
    checks = [each for each in checks_for(ladder) if each.feature in asked]
    found: list[dict[str, Result]] = []
    with TemporaryDirectory(prefix="steps-") as name:
        bench = Bench(framework, step, Path(name), whole, cuts, ladder)
        for left, typed in ((bench.cuts, False), (bench.later, True)):
            project = _laid_out(bench, bench.without_made(emptied(whole, left)), typed=typed)
            try:
                with running(bench, project.folder) as app:
                    report = run_contract(
                        app.url, ladder, means=app.means, project_name="Shelf", checks=checks
                    )
            except ServerError as error:
                return [f"it does not start: {error}"]
            found.append({each.check.id: each for each in report.results})
    before, after = found
    return [
        f"{before[each.id].outcome:8} {after[each.id].outcome:8} {each.tier:9} {each.id}"
        for each in checks
    ]


def _prove_begun(bench: Bench) -> None:
    tree = bench.without_made(emptied(bench.whole, bench.cuts))
    report = _played(bench, tree, typed=False)
    if isinstance(report, str):
        if bench.step.starts:  # what does not start cannot carry out its commands either
            bench.failures.append(f"the begun project: {report}")
        return
    dead = "start" in _red(report)
    if dead and bench.step.starts:
        bench.failures.append(f"the begun project does not start: {report.first}")
    elif bench.step.checks and not dead and not bench.step.starts:
        bench.failures.append("the begun project starts, though `starts` says that it does not")
    elif not _red(report):
        bench.failures.append("the begun project passes already, with nothing written")


def _prove_solved(bench: Bench) -> float:
    """Prove the solved project; return the seconds that its check has taken, start included."""
    tree = bench.without_made(emptied(bench.whole, bench.later))
    answers: list[str] = []
    report = _played(bench, tree, typed=True, answers=answers)
    if isinstance(report, str):
        bench.failures.append(f"the solved project does not start: {report}")
    elif not report.done:
        for each in report.own:
            if each.outcome != "passed":
                bench.failures.append(f"solved, and {each.name} {each.outcome}: {each.message}")
    expected = bench.step.predict.answer[:3] if bench.step.predict else ""
    if answers and expected.isdigit() and answers[0] != expected:
        bench.failures.append(f"the guess is answered with {answers[0]}, recorded is {expected}")
    return bench.checking[-1] if bench.checking else 0.0


def _prove_wrong(bench: Bench, wrong: Wrong) -> None:
    try:
        planted = plant(emptied(bench.whole, bench.later), wrong.edits)
    except ScaffoldError as error:
        bench.failures.append(f"{wrong.name}: {error.message}")
        return
    tree = bench.without_made(planted)
    report = _played(bench, tree, typed=True)
    if isinstance(report, str):  # what its own commands say is told at once
        return
    red = _red(report)
    if not red:
        bench.failures.append(f"{wrong.name}: no check of the step notices it")
    elif wrong.check and not {wrong.check, "start"} & set(red):
        bench.failures.append(f"{wrong.name}: {wrong.check} passes; red are {', '.join(red)}")
    elif report.first is None or not report.first.message:
        bench.failures.append(f"{wrong.name}: nothing says what to mend")
    said = report.diagnosis.id if report.diagnosis else ""
    if red and wrong.says and said != wrong.says:
        bench.failures.append(f"{wrong.name}: the diagnosis is {said or 'none'}, not {wrong.says}")
    if bench.tell:
        sentence = report.diagnosis.says if report.diagnosis else ""
        first = report.first.message if report.first else ""
        print(f"    {wrong.name}: [{said}] {sentence} | {first[:300]}", flush=True)


def _red(report: StepReport) -> list[str]:
    return [each.name for each in report.own if each.outcome == "failed" or each.follows]


def _wrong_ways(framework: str, step: Step) -> Iterator[Wrong]:
    scaffold = WORKSHOP.scaffold(framework)
    for slip in step.slips:
        yield Wrong(slip.id, slip.edits, slip.check, slip.says)
    known = _known_mistakes(scaffold)
    for name in step.mistakes:
        if known[name].edits:  # what lies in what was done, not in the code, is played elsewhere
            yield known[name]


def _known_mistakes(scaffold: Scaffold) -> Mapping[str, Wrong]:
    faults = load_faults(WORKSHOP.knowledge)
    planted = load_edits(scaffold.folder, faults)
    found = {name: Wrong(name, edits, faults[name].check) for name, edits in planted.items()}
    mistakes = load_mistakes(scaffold.folder, WORKSHOP.knowledge.features)
    return found | {name: Wrong(name, each.edits, each.silent) for name, each in mistakes.items()}


def _played(
    bench: Bench, tree: FileTree, *, typed: bool, answers: list[str] | None = None
) -> StepReport | str:
    """Write a project, type what its steps type, start it and check the step; or say why not.

    `answers` gets the status that the app answers to what the step has guessed.
    """
    folder = (
        Workspace(bench.folder).write(tree, f"shelf-{len(list(bench.folder.iterdir()))}").folder
    )
    project = read_project(folder)
    try:
        _type_all(bench, folder, typed=typed)
    except NotTypedError as error:
        return str(error)
    if not bench.step.checks:
        return _checked(bench, project, None)
    return _checked(bench, project, lambda: _asking(bench, project.folder, answers))


def _laid_out(bench: Bench, tree: FileTree, *, typed: bool) -> Project:
    """Write a project and type what leads to it; raises `NotTypedError`."""
    number = len(list(bench.folder.iterdir()))
    folder = Workspace(bench.folder).write(tree, f"shelf-{number}").folder
    _type_all(bench, folder, typed=typed)
    return read_project(folder)


def _type_all(bench: Bench, folder: Path, *, typed: bool) -> None:
    """Type what leads to a project, and edit what a command has made; raises `NotTypedError`."""
    places = {(folder / path).parent for path in bench.step.makes}
    for line in _lines_before(bench, typed=typed):
        before = {path for place in places for path in place.glob("*")}
        ended = type_line(bench.framework, folder, line)
        if ended.code != 0:
            raise NotTypedError(f"`{line}` ended with {ended.code}: {ended.output[-600:]}")
        made = {path for place in places for path in place.glob("*.*")} - before
        for edit in bench.step.edits if typed and made else ():
            _edit_by_hand(edit, made)


def _edit_by_hand(edit: Edit, made: set[Path]) -> None:
    """Make an edit in the file that a command has just made; raises `NotTypedError`."""
    beside = [path for path in made if path.parent.name == Path(edit.at).parent.name]
    texts = {path: path.read_text(encoding="utf-8") for path in beside}
    found = [path for path, text in texts.items() if text.count(edit.find) == 1]
    if len(found) != 1:
        raise NotTypedError(f"{edit.find!r} is in {len(found)} files that were made by {edit.at}")
    text = texts[found[0]].replace(edit.find, edit.put)
    found[0].write_text(text, encoding="utf-8")


def _checked(bench: Bench, project: Project, app: App | None) -> StepReport:
    began = time.perf_counter()
    report = check_step(
        WORKSHOP.course,
        project,
        bench.step.key,
        app=app,
        terminal=lambda line: type_line(bench.framework, project.folder, line),
    )
    bench.checking.append(time.perf_counter() - began)
    return report


def _lines_before(bench: Bench, *, typed: bool) -> Iterator[str]:
    """Yield what was typed before the check: by earlier steps, then by this one if it is solved.

    Where no earlier step tells how to get the tables, the scaffold's own command does.
    """
    scaffold = WORKSHOP.scaffold(bench.framework)
    for feature in bench.ladder:
        lesson = list(steps_of(scaffold, feature).values())
        if feature == bench.step.feature:
            lesson = lesson[: lesson.index(bench.step) + typed]
            yield from (line for each in lesson for line in _typed_of(each, bench))
        elif feature == "database":
            yield from _tables(scaffold)


def _typed_of(step: Step, bench: Bench) -> list[str]:
    """Return what a step types; a file that is there already needs no command that makes it."""
    made = step.makes and step.key != bench.step.key
    return [line for line in step.types if not (made and line == step.types[0])]


def _tables(scaffold: Scaffold) -> Iterator[str]:
    for name in ("migrate", "seed"):
        yield scaffold.notes.commands[name][-1]


@contextmanager
def _asking(bench: Bench, folder: Path, answers: list[str] | None) -> Iterator[RunningApp]:
    """Run an app, and note what it answers to the guess of the step once it was checked."""
    with running(bench, folder) as app:
        yield app
        if answers is not None and bench.step.predict and bench.step.predict.ask:
            asked = request_of(bench.step.predict.ask)
            headers = [("Content-Type", "application/json")] if asked.text else []
            came = send_one(
                loopback(app.url),
                asked.method,
                asked.target,
                headers=headers,
                content=asked.content(),
            )
            answers.append(str(came.status))


@contextmanager
def running(bench: Bench, folder: Path) -> Iterator[RunningApp]:
    port = free_port()
    python = str(python_for(bench.framework))
    run, production = (
        (python, *(word.format(port=port) for word in words[bench.framework]))
        for words in (RUN, PRODUCTION)
    )
    trace = Trace(bench.folder / f"{folder.name}-trace")
    launch = Launch(
        run,
        f"http://127.0.0.1:{port}",
        folder,
        bench.folder / f"{folder.name}.log",
        environment={**_environment(), **trace.environment()},
        patience_seconds=300.0,
    )
    if "admin" in bench.ladder:
        # It may fail: an early step's project has no such command yet.
        manage(bench.framework, MAKE_STAFF[bench.framework], folder, _environment())
    with Server(launch) as server:
        deployed = "deploy" in bench.ladder
        means = Means(
            restart=server.restart,
            production=InProduction(server, production) if deployed else None,
            staff=STAFF if "admin" in bench.ladder else None,
        )
        yield RunningApp(
            launch.url,
            means,
            lambda: launch.log.read_text(errors="replace"),
            inside=Inside(folder, trace.queries),
        )


def type_line(framework: str, folder: Path, line: str) -> Done:
    """Run a line of a learner in the framework's environment, without `uv run`."""
    words = shlex.split(line.removeprefix("uv run "))
    python = str(python_for(framework))
    command = [python, *words[1:]] if words[0] == "python" else [python, "-m", *words]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:  # its output stays bytes, whatever was asked
        return Done(None, (late.stdout or b"").decode("utf-8", "replace"))
    return Done(done.returncode, done.stdout)


def _environment() -> dict[str, str]:
    return {**environment(), "PYTHONUNBUFFERED": "1", "DEBUG": "1"}
