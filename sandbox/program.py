"""Our own command as a learner's shell reads it."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

NAME = "sandbox"


def as_line(*words: str) -> str:
    """Return words as one line that a shell reads as exactly these."""
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def own_program() -> str:
    """Return the name of our command where the learner's terminal knows it, otherwise its path."""
    here = Path(sys.executable).with_name(f"{NAME}.exe" if os.name == "nt" else NAME)
    found = shutil.which(NAME)
    # `uv run` puts the environment's programs on the path of what it starts, and only there.
    known = found is not None and "UV_RUN_RECURSION_DEPTH" not in os.environ
    if not here.exists() or (known and Path(found or "").resolve() == here.resolve()):
        return NAME
    return str(here)
