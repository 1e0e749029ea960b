"""One command line of a project, run to its end in the project's environment."""

import time
from dataclasses import dataclass

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


def run_line(job: Job, line: str, seconds: float) -> Done:
    """Run a line in a project's folder for so long at most; raises `ServerError`."""
    with watched() as marker:
        variables = plain_environment(job.project, job.variables(), marker)
        child = Child(words_of(line, job.project), job.project, variables, lambda _: None)
        deadline = time.monotonic() + seconds
        while child.code is None and time.monotonic() < deadline:
            time.sleep(_PAUSE)
        code = child.code
        child.end(_GRACE)
        return Done(code, child.output)
