"""Measure the Lab against the same steps by hand: preparing, starting, three apps at once."""

import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sandbox.run import probe
from sandbox.run.kin import end_group
from sandbox.run.recipe import find_uv
from sandbox.workshop import Workshop, open_workshop
from sandbox.workspace import Project
from tests.support.ports import free_port
from tests.support.readme import at_port

Row = tuple[str, str, str]
FEATURES = ("database",)
RUNS = 3
STARTS = 7
_PAUSE = 0.01


def measure() -> list[Row]:
    """Return a row a figure."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="lab-") as name:
        workshop = open_workshop(Path(name))
        try:
            for framework in workshop.scaffolds:
                rows += _first_answers(workshop, framework)
            rows += _starts(workshop)
        finally:
            workshop.lab.close()
    return rows


def _first_answers(workshop: Workshop, framework: str) -> list[Row]:
    """Time a new project to its first answer: with the Lab, by hand with uv, and with pip."""
    ours, by_hand, prepared = [], [], []
    _by_hand(workshop, _made(workshop, framework))  # fills uv's cache
    for _ in range(RUNS):
        project = _made(workshop, framework)
        ours.append(_time(lambda project=project: workshop.lab.start(project)))
        workshop.lab.stop(project)
        project = _made(workshop, framework)
        by_hand.append(_by_hand(workshop, project))
        project = _made(workshop, framework)
        prepared.append(_time(lambda project=project: workshop.lab.prepare(project)))
    pip = _with_pip(workshop, _made(workshop, framework))
    us, hand = statistics.median(ours), statistics.median(by_hand)
    return [
        (f"{framework}: new app to its first answer, s", f"{us:.1f}", ""),
        (f"{framework}: against the same by hand with uv, ratio", f"{us / hand:.2f}", "<= 1.3"),
        (f"{framework}: venv and pip against it, ratio", f"{pip / us:.1f}", ">= 5"),
        (f"{framework}: second project prepared, s", f"{statistics.median(prepared):.1f}", "<= 2"),
    ]


def _starts(workshop: Workshop) -> list[Row]:
    """Time prepared projects to their answer: against the bare server, and three at once."""
    projects = [_made(workshop, framework) for framework in workshop.scaffolds]
    rows: list[Row] = []
    alone: list[float] = []
    for project in projects:
        workshop.lab.start(project)
        ours, bare = [], []
        for _ in range(STARTS):
            workshop.lab.stop(project)
            ours.append(_time(lambda project=project: workshop.lab.start(project)))
            workshop.lab.stop(project)
            with _running(workshop, project) as seconds:
                bare.append(seconds)
        alone.append(statistics.median(ours))
        ratio = alone[-1] / statistics.median(bare)
        what = f"{project.framework}: start to ready against the bare server, ratio"
        rows.append((what, f"{ratio:.2f}", "<= 1.15"))

    def together() -> None:
        workshop.lab.begin(projects)
        for project in projects:
            workshop.lab.start(project)

    times: list[float] = []
    for _ in range(STARTS):
        for project in projects:
            workshop.lab.stop(project)
        times.append(_time(together))
    ratio = statistics.median(times) / max(alone)
    return [
        *rows,
        ("three apps together against the slowest alone, ratio", f"{ratio:.2f}", "<= 1.5"),
    ]


def _made(workshop: Workshop, framework: str) -> Project:
    number = len(workshop.projects())
    request = workshop.request(framework, features=FEATURES, slug=f"shelf_{number}")
    return workshop.create([request])[0]


def _time(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def _by_hand(workshop: Workshop, project: Project) -> float:
    """Type the lines of the README, and return the seconds to the first answer."""
    begun = time.perf_counter()
    lines = workshop.commands(project).lines
    for name in ("install", "migrate", "seed"):
        for line in lines.get(name, ()):
            _run(_with_uv(line), project)
    with _served(_with_uv(lines["run"][-1]), project):
        return time.perf_counter() - begun


def _with_pip(workshop: Workshop, project: Project) -> float:
    begun = time.perf_counter()
    python = str(project.folder / ".venv" / "bin" / "python")
    _run([sys.executable, "-m", "venv", ".venv"], project)
    _run([python, "-m", "pip", "install", "--quiet", "--upgrade", "pip"], project)
    group = "dependency-groups" in (project.folder / "pyproject.toml").read_text("utf-8")
    dev = ["--group", "dev"] if group else []
    _run([python, "-m", "pip", "install", "--quiet", "-e", ".", *dev], project)
    lines = workshop.commands(project).lines
    for name in ("migrate", "seed"):
        for line in lines.get(name, ()):
            _run(_in_environment(line, project), project)
    with _served(_in_environment(lines["run"][-1], project), project):
        return time.perf_counter() - begun


@contextmanager
def _running(workshop: Workshop, project: Project) -> Iterator[float]:
    """Start the bare server of a prepared project; yield the seconds to its first answer."""
    begun = time.perf_counter()
    line = workshop.commands(project).lines["run"][-1]
    with _served(_in_environment(line, project), project):
        yield time.perf_counter() - begun


@contextmanager
def _served(words: list[str], project: Project) -> Iterator[None]:
    port = free_port()
    server = subprocess.Popen(
        shlex.split(at_port(shlex.join(words), port)),
        cwd=project.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not probe.listens(port) or probe.health(port) is None:
            if server.poll() is not None:
                raise SystemExit(f"{words} ended by itself")
            time.sleep(_PAUSE)
        yield
    finally:
        end_group(server.pid, 2.0, server.poll)
        server.wait()


def _with_uv(line: str) -> list[str]:
    return [find_uv() or "uv", *shlex.split(line)[1:]]


def _in_environment(line: str, project: Project) -> list[str]:
    program, *rest = shlex.split(line)[2:]
    return [str(project.folder / ".venv" / "bin" / program), *rest]


def _run(words: list[str], project: Project) -> None:
    subprocess.run(words, cwd=project.folder, check=True, capture_output=True)
