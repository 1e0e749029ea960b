"""Whatever is killed, at whatever moment: no process stays, no record is lost, all heals.

`SANDBOX_LONG=1` kills the product 200 times and interrupts 50 installations.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from sandbox.run.kin import marked
from sandbox.run.state import read_state, records_of
from sandbox.workspace import Project
from tests.run import apps
from tests.run.labs import TinyLab, until
from tests.support.environments import run_uv

LONG = bool(os.environ.get("SANDBOX_LONG"))
KILLS = 200 if LONG else 6
INTERRUPTIONS = 50 if LONG else 3
ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.crash,
    pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX"),
]


@contextmanager
def product(folder: Path, how: str = "guarded") -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.run.product", str(folder), how],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    try:
        assert started.stdout.readline() == "begun\n"
        yield started
    finally:
        started.kill()
        started.wait()  # and not for the end of its output: what it leaves behind holds that
        started.stdout.close()


def processes_of(projects: list[Project]) -> list[psutil.Process]:
    """Return what runs for projects, by the markers in their records."""
    held = [read_state(records_of(each.folder)) for each in projects]
    assert None not in held, "a record is lost"
    guardians = [each.guardian for each in held if each and each.guardian and each.guardian.lives]
    found = marked(each.marker for each in held if each)
    return [*found, *[psutil.Process(each.pid) for each in guardians]]


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_killed_product_leaves_no_orphan_and_loses_no_record(tiny: TinyLab) -> None:
    programs = (apps.ANSWERS, apps.IN_A_CHILD, apps.IGNORES_TERM)
    projects = [tiny.project(each, f"app{number}") for number, each in enumerate(programs)]
    for each in projects:
        tiny.lab.prepare(each)
    longest, draw = 0.0, random.Random(7)
    for round_ in range(KILLS):
        with product(tiny.folder) as started:
            if round_ % 2:
                assert started.stdout is not None
                assert started.stdout.readline() == "up\n"
            else:  # somewhere in the middle of starting
                time.sleep(draw.random())
            started.kill()
            killed = time.monotonic()
        until(lambda: not processes_of(projects))
        longest = max(longest, time.monotonic() - killed)
        states = tiny.another().states()
        assert {each.phase for each in states.values()} <= {"stopped", "prepared", "crashed"}
    print(f"{KILLS} kills, the longest-lived orphan {longest:.2f} s")


def test_the_naive_way_would_leave_orphans(tiny: TinyLab) -> None:
    """The negative control: plain children live on."""
    tiny.project(apps.NEVER_ANSWERS)
    with product(tiny.folder, "naive") as started:
        assert started.stdout is not None
        pids = [int(each) for each in started.stdout.readline().split()]
    orphans = [psutil.Process(each) for each in pids]
    assert all(each.is_running() for each in orphans)
    for each in orphans:
        each.kill()


def test_what_a_killed_guardian_leaves_is_swept_and_nothing_else(tiny: TinyLab) -> None:
    project, other = tiny.project(apps.IN_A_CHILD), tiny.project(apps.ANSWERS, "other")
    tiny.lab.begin([project, other])
    tiny.lab.start(project)
    tiny.lab.start(other)
    held = read_state(records_of(project.folder))
    assert held is not None
    assert held.guardian is not None
    os.kill(held.guardian.pid, signal.SIGKILL)
    tiny.wait(project, lambda state: state.phase == "stopped")
    assert marked([held.marker])
    assert tiny.another().sweep() == 2
    until(lambda: not marked([held.marker]))
    assert tiny.lab.state(other).phase == "running"
    assert tiny.lab.start(project).phase == "running"


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_interrupted_installations_heal_by_themselves(tiny: TinyLab) -> None:
    project = tiny.project(apps.ANSWERS)
    tiny.require(project, "flask", "sqlalchemy", "django")
    draw = random.Random(11)
    tiny.lab.prepare(project)  # everything is in the cache
    for _ in range(INTERRUPTIONS):
        shutil.rmtree(project.folder / ".venv")
        tiny.lab.begin([project])
        time.sleep(draw.random() * 0.6)
        for each in processes_of([project]):
            with suppress(psutil.NoSuchProcess):
                each.kill()
        until(lambda: not processes_of([project]))
        tiny.lab.prepare(project)
        done = tiny.lab.run_line(project, 'uv run python -c "import flask, sqlalchemy, django"')
        assert done.code == 0, done.output


def test_a_package_that_lacks_a_file_is_installed_anew_where_uv_believes_it(
    tiny: TinyLab,
) -> None:
    project = tiny.project(apps.ANSWERS)
    tiny.require(project, "click")
    tiny.lab.prepare(project)
    (file,) = (project.folder / ".venv").rglob("click/core.py")
    file.unlink()
    (project.folder / ".venv" / ".sandbox-ready").unlink()
    run_uv("sync", "--project", str(project.folder))
    assert not file.exists()  # the negative control: to uv all is well
    tiny.lab.prepare(project)
    assert file.exists()
