"""Measure generated projects: their own tests, and their start against the bare framework's."""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx2

from sandbox.workspace import Workspace
from tests.mutation.starting import RUN
from tests.support.environments import python_for
from tests.support.ports import free_port
from tests.support.variants import FRAMEWORKS, feature_sets, tree
from tests.variants.boot import own_tests
from tests.variants.matrix import full
from tests.variants.sound import unsound

Row = tuple[str, str, str]

RUNS = 7
# The smallest app that each framework's own first page of documentation shows; Django's is what
# `startproject` draws.
BARE = {
    "flask": {
        "app.py": "from flask import Flask\n\napp = Flask(__name__)\n\n\n"
        '@app.get("/")\ndef hello():\n    return "Hello"\n'
    },
    "fastapi": {
        "app/__init__.py": "",
        "app/main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n"
        '@app.get("/")\ndef hello():\n    return {"hello": "world"}\n',
    },
}
IMPORTING = {
    "django": ("import config.wsgi", "import config.wsgi"),
    "flask": ("from app import create_app; create_app()", "from app import app"),
    "fastapi": ("from app.main import app", "from app.main import app"),
}


def measure() -> list[Row]:
    """Return a row a figure for all frameworks, and the time of the whole matrix."""
    rows: list[Row] = []
    for framework in FRAMEWORKS:
        begun = time.perf_counter()
        failures = own_tests(full(framework))
        seconds = f"{time.perf_counter() - begun:.1f}" if not failures else "failed"
        rows.append((f"{framework}: own tests with every feature, s", seconds, "<= 10"))
        with _folders(framework) as (ours, bare):
            rows.append(_importing(framework, ours, bare))
            rows.append(_answering(framework, ours, bare))
    return [*rows, _matrix()]


@contextmanager
def _folders(framework: str) -> Iterator[tuple[Path, Path]]:
    """Yield a folder with our hello project and one with the bare framework's."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        bare = Path(name) / "bare"
        bare.mkdir()
        if framework == "django":
            command = [str(python_for(framework)), "-m", "django", "startproject", "config", "."]
            subprocess.run(command, cwd=bare, check=True)
        for path, text in BARE.get(framework, {}).items():
            (bare / path).parent.mkdir(exist_ok=True)
            (bare / path).write_text(text, encoding="utf-8")
        yield Workspace(Path(name)).write(tree(framework), "shelf").folder, bare


def _importing(framework: str, ours: Path, bare: Path) -> Row:
    program = IMPORTING[framework]
    python = str(python_for(framework))

    def run(folder: Path, code: str) -> None:
        subprocess.run([python, "-c", code], cwd=folder, check=True, env=_environment())

    ratio = _ratio(lambda: run(ours, program[0]), lambda: run(bare, program[1]))
    return (f"{framework}: import of hello / of the bare framework", f"{ratio:.2f}", "<= 1.2")


def _answering(framework: str, ours: Path, bare: Path) -> Row:
    ratio = _ratio(lambda: _first_answer(framework, ours), lambda: _first_answer(framework, bare))
    return (f"{framework}: first answer of hello / of the bare one", f"{ratio:.2f}", "<= 1.5")


def _first_answer(framework: str, folder: Path) -> None:
    """Start the development server and return when it has answered."""
    port = free_port()
    words = (word.format(port=port) for word in RUN[framework])
    server = subprocess.Popen(
        [str(python_for(framework)), *words],
        cwd=folder,
        env=_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with httpx2.Client(trust_env=False) as client:
            while server.poll() is None:
                try:
                    client.get(f"http://127.0.0.1:{port}/")
                    return
                except httpx2.TransportError:
                    time.sleep(0.005)
        raise AssertionError(f"the {framework} server ended before it answered")
    finally:
        server.kill()
        server.wait()


def _ratio(ours: Callable[[], object], bare: Callable[[], object]) -> float:
    """Return how many times as long ours takes: medians of runs taken in turns, after a first."""
    times: dict[Callable[[], object], list[float]] = {ours: [], bare: []}
    for number in range(RUNS + 1):
        for action, taken in times.items():
            begun = time.perf_counter()
            action()
            if number:  # the first one compiles what it imports
                taken.append(time.perf_counter() - begun)
    return statistics.median(times[ours]) / statistics.median(times[bare])


def _matrix() -> Row:
    begun = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        defects = sum(map(len, pool.map(unsound, FRAMEWORKS)))
    count = sum(len(feature_sets(framework)) for framework in FRAMEWORKS)
    seconds = time.perf_counter() - begun
    return (f"{count} variants as files ({defects} defects), s", f"{seconds:.0f}", "<= 180")


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
