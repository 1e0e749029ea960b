"""Commands as the learner can type them: quoted, for the program and folder of this session."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from sandbox.paths import default_workspace
from sandbox.web.current import current_workshop
from sandbox.web.security import is_trusted

_NAME = "sandbox"


def quoted(*words: object) -> str:
    """Return words as one line that a shell reads as exactly these."""
    texts = [as_text(word) for word in words]
    return subprocess.list2cmdline(texts) if os.name == "nt" else shlex.join(texts)


def as_text(path: object) -> str:
    """Return a path or a word as text that can be shown, whatever bytes it has on the disk."""
    return os.fsencode(str(path)).decode(errors="replace")


def sandbox_command(*words: str) -> str:
    """Return a line that runs our own command on the workspace of this session.

    Who has not shown the token learns nothing of this computer's folders.
    """
    if not is_trusted():
        return quoted(_NAME, *words)
    folder = current_workshop().workspace.folder.absolute()
    named = () if _is_usual(folder) else ("--workspace", str(folder))
    return quoted(_program(), *named, *words)


def _is_usual(folder: Path) -> bool:
    # Another terminal need not have the variable that this session was started with.
    return "SANDBOX_WORKSPACE" not in os.environ and folder == default_workspace()


def _program() -> str:
    """Return the name of our command where the learner's terminal knows it, otherwise its path."""
    here = Path(sys.executable).with_name(f"{_NAME}.exe" if os.name == "nt" else _NAME)
    found = shutil.which(_NAME)
    # `uv run` puts the environment's programs on the path of what it starts, and only there.
    known = found is not None and "UV_RUN_RECURSION_DEPTH" not in os.environ
    if not here.exists() or (known and Path(found or "").resolve() == here.resolve()):
        return _NAME
    return str(here)
