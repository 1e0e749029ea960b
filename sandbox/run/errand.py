"""One command line of a project, run to its end in the project's environment."""

import time
from dataclasses import dataclass
from pathlib import Path

from sandbox.run.child import Child
from sandbox.run.job import Job, plain_environment, words_of
from sandbox.run.watchman import watched

_PAUSE = 0.02
_GRACE = 1.0


@dataclass(frozen=True)
class Done:
    """How a command ended: its exit code, None if its time was up, and the end of its output."""

    code: int | None
    output: str


def run_line(job: Job, line: str, seconds: float, copy: Path) -> Done:
    """Run a line in a copy of a project for so long at most; raises `ServerError`.

    What it prints names the files as the project's own.
    """
    with watched() as marker:
        # The environment knows the project's own folder: the copy comes before it.
        more = {"PYTHONPATH": str(copy)}
        variables = plain_environment(job.project, {**job.variables(), **more}, marker)
        child = Child(words_of(line, job.project), copy, variables, lambda _: None)
        deadline = time.monotonic() + seconds
        while child.code is None and time.monotonic() < deadline:
            time.sleep(_PAUSE)
        code = child.code
        child.end(_GRACE)
        return Done(code, child.output.replace(str(copy), str(job.project)))
