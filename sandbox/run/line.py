"""Type one line in a project's folder, as a learner would, and wait for its end."""

import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from sandbox.errors import ServerError
from sandbox.run.process import end_group

_MOST_OUTPUT = 20_000


@dataclass(frozen=True)
class Line:
    """How a line ended: its exit code (None if it took too long), and the end of its output."""

    code: int | None
    output: str


def run_line(folder: Path, line: str, *, seconds: float = 120.0) -> Line:
    """Run a command line of a scaffold, such as `uv run pytest`; no shell reads it.

    Raises `ServerError` where the program is not there.
    """
    words = shlex.split(line)
    program = shutil.which(words[0])
    if program is None:
        raise ServerError(f"There is no program {words[0]!a} here.", "Install it, then try again.")
    # Ours must not pass for the project's own environment.
    around = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    try:
        process = subprocess.Popen(
            [program, *words[1:]],
            cwd=folder,
            env={**around, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        reason = (error.strerror or "the system refuses").lower()
        raise ServerError(f"{words[0]!a} cannot be started: {reason}.") from None
    with process:
        try:
            output, _ = process.communicate(timeout=seconds)
        except BaseException as reason:
            end_group(process)
            if not isinstance(reason, subprocess.TimeoutExpired):
                raise
            return Line(None, f"It took longer than {seconds:g} seconds and was stopped.")
    return Line(process.returncode, output.decode("utf-8", "replace")[-_MOST_OUTPUT:])
