"""Our own command as a learner's shell reads it: the one place that knows how it is typed here."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

NAME = "sandbox"
_CHECKOUT = Path(__file__).resolve().parents[1]
_QUOTED = re.compile(rf"`{NAME} ([^`]+)`")


def as_line(*words: str) -> str:
    """Return words as one line that a shell reads as exactly these."""
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def own_line(*words: str, workspace: Path | None = None) -> str:
    """Return a line that runs our command in any folder of the learner's terminal.

    It goes through `uv run` where this session did, and names the workspace where one is given.
    """
    named = () if workspace is None else ("--workspace", as_text(workspace.absolute()))
    return as_line(*own_program(), *named, *words)


def as_typed_here(text: str, workspace: Path | None = None) -> str:
    """Return a sentence in which commands in backticks, like `sandbox list`, are typed as here."""
    return _QUOTED.sub(lambda found: f"`{own_line(workspace=workspace)} {found[1]}`", text)


def as_text(path: object) -> str:
    """Return a path or a word as text that can be shown, whatever bytes it has on the disk."""
    return os.fsencode(str(path)).decode(errors="replace")


def own_program(name: str = NAME) -> tuple[str, ...]:
    """Return the words that start a program of our environment, such as our own.

    That is `uv run` where it started this session, the name that the learner's terminal knows, or
    the program's path.
    """
    if "UV_RUN_RECURSION_DEPTH" in os.environ and (_CHECKOUT / "pyproject.toml").is_file():
        return (_uv(), "run", "--project", as_text(_CHECKOUT), name)
    here = Path(sys.executable).with_name(f"{name}.exe" if os.name == "nt" else name)
    found = shutil.which(name)
    if not here.exists() or (found is not None and Path(found).resolve() == here.resolve()):
        return (name,)
    return (as_text(here),)


def _uv() -> str:
    """Return uv as the learner's terminal knows it.

    `uv run` puts the environment's programs on the path of what it starts, and only there.
    """
    own = str(Path(sys.executable).parent)
    path = os.pathsep.join(
        each for each in os.environ.get("PATH", "").split(os.pathsep) if each != own
    )
    return "uv" if shutil.which("uv", path=path) else os.environ.get("UV", "uv")
