"""A project's own tests: run to their end under limits, their output kept."""

import json
import re
import time
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from sandbox.replace import replace_text
from sandbox.run.crash import last_line
from sandbox.run.job import words_of
from sandbox.run.keeper import Keeper
from sandbox.run.limits import CPU_SECONDS, limit_files, limit_work
from sandbox.run.log import read_log
from sandbox.run.state import now, read_state

WALL_SECONDS = 120
FOLDER = "test"
_RECORD = "tests.json"
_PAUSE = 0.05
_PYTEST = re.compile(r"\b\d+ (passed|failed|errors?|deselected|skipped)\b.* in [0-9.]+s")
_UNITTEST = re.compile(r"(OK|FAILED)( \(.*\))?$")
_OUT_OF_TIME = f"The tests were stopped after {WALL_SECONDS} seconds."
_OUT_OF_WORK = f"The tests were stopped: they had worked for {CPU_SECONDS} seconds."


@dataclass(frozen=True)
class TestRun:
    """How a project's own tests went; `code` is None while they run, or when they were cut off.

    `summary` is their last line, or why they were stopped, and `output` all they printed.
    """

    at: datetime
    command: str
    code: int | None = None
    seconds: float = 0.0
    summary: str = ""
    output: str = ""
    running: bool = False

    @property
    def ok(self) -> bool:
        """Tell whether all tests passed."""
        return self.code == 0


def read_tests(records: Path) -> TestRun | None:
    """Return the last run of a project's tests, None where there was none."""
    folder = records / FOLDER
    try:
        found = cast("dict[str, Any]", json.loads((folder / _RECORD).read_bytes()))
        found["at"] = datetime.fromisoformat(found["at"])
        begins = int(found["output"] or 0)
        found["output"] = ""
        kept = TestRun(**found)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    held = read_state(folder)
    alive = held is not None and held.guardian is not None and held.guardian.lives
    running = kept.code is None and not kept.summary and alive
    if kept.code is None and not kept.summary and not running:
        kept = replace(kept, summary="The tests were cut off.")
    return replace(kept, running=running, output=read_log(folder, begins).text)


def record_file(records: Path) -> Path:
    """Return the file that changes when a run of the tests begins and when it ends."""
    return records / FOLDER / _RECORD


def run_tests(keeper: Keeper) -> None:
    """Run the tests of a keeper's project and keep how they went."""
    job = keeper.job
    limit_files()
    limit_work()
    line = job.lines_of("test")[-1]
    keeper.log.say(f"$ {line}")
    keeper.tell(phase="running", step="Running the tests")
    run = TestRun(now(), line, output=str(keeper.log.offset))
    _keep(keeper, run)
    began = time.monotonic()
    child = keeper.start(words_of(line, job.project), job.variables())
    late = False
    while child.code is None:
        keeper.wait(_PAUSE)
        if late := time.monotonic() - began > WALL_SECONDS:
            break
    code = child.code
    child.hear_out()
    keeper.leave()
    summary = _summary(child.output)
    if late or code is None:
        summary, code = _OUT_OF_TIME, -1
    elif code < 0 and time.monotonic() - began >= CPU_SECONDS / 2:
        summary = _OUT_OF_WORK
    _keep(keeper, replace(run, code=code, seconds=time.monotonic() - began, summary=summary))
    keeper.tell(phase="stopped", step="")


def _summary(output: str) -> str:
    """Return the line in which pytest, or the two in which unittest says how it went."""
    lines = [line.strip(" =") for line in output.splitlines()]
    for line in reversed(lines):
        if _PYTEST.search(line):
            return line
        if _UNITTEST.match(line):
            ran = next((each for each in reversed(lines) if each.startswith("Ran ")), "")
            return f"{ran}: {line}".removeprefix(": ")
    return last_line(output)


def _keep(keeper: Keeper, run: TestRun) -> None:
    replace_text(keeper.records / _RECORD, json.dumps(asdict(run), default=str))
