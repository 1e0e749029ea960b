"""Look at this computer: is there what generated projects and the pages need?"""

from __future__ import annotations

import platform
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import requires, version
from pathlib import Path
from typing import Literal, TypeAlias

Verdict: TypeAlias = Literal["good", "note", "bad"]

_PRODUCT = "framework-sandbox"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_LITTLE_SPACE = 1_000_000_000  # bytes; three projects with their environments take about a third


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one subject; `hint` says what to do unless the verdict is good."""

    subject: str
    verdict: Verdict
    sentence: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """A port of this computer that somebody wants to use."""

    port: int
    who: str


def examine(workspace: Path, wishes: Iterable[Wish]) -> tuple[Finding, ...]:
    """Look at everything; nothing is changed and nothing outside this computer is asked."""
    return (_product(), _python(), _uv(), *_workspace(workspace), *map(_port, wishes))


def _product() -> Finding:
    found = (_NAME.match(line) for line in requires(_PRODUCT) or ())
    parts = ", ".join(f"{name[0]} {version(name[0])}" for name in found if name)
    return Finding("product", "good", f"Framework Sandbox {version(_PRODUCT)} with {parts}.")


def _python() -> Finding:
    found = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}."
    return Finding("python", "good", found)


def _uv() -> Finding:
    program = shutil.which("uv")
    done = (
        subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
        if program
        else None
    )
    if done is None or done.returncode != 0:
        return Finding(
            "uv",
            "note",
            "There is no working uv, which the short commands of the projects begin with.",
            "Type `pip install uv`, or use the commands with venv and pip that stand beside them.",
        )
    return Finding("uv", "good", f"{done.stdout.strip().split(' (')[0]} at {program}.")


def _workspace(folder: Path) -> Iterator[Finding]:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        yield Finding(
            "workspace",
            "bad",
            f"Nothing can be written to {there}, where your projects go: {reason}.",
            "Choose another folder with --workspace or SANDBOX_WORKSPACE.",
        )
        return
    state = "can be written to" if there == folder else "will be made with the first project"
    yield Finding("workspace", "good", f"Your projects go to {folder}, which {state}.")
    free = shutil.disk_usage(there).free
    if free < _LITTLE_SPACE:
        yield Finding(
            "space",
            "note",
            f"Only {free // 1_000_000} MB are free there.",
            "A project with its packages takes up to 100 MB: make some room.",
        )


def _port(wish: Wish) -> Finding:
    subject = f"port {wish.port}"
    try:
        with socket.create_server(("127.0.0.1", wish.port)):
            return Finding(subject, "good", f"Port {wish.port} is free for {wish.who}.")
    except OSError:
        return Finding(
            subject,
            "note",
            f"Port {wish.port}, which {wish.who} would take, is in use.",
            "Stop the program that uses it, or start with another --port.",
        )
