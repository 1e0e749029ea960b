"""Look at this computer: is there what generated projects and the pages need?"""

import errno
import os
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
_PROJECT_SIZE = 400_000  # bytes; the files of a large project take half of it
_LITTLE_SPACE = 1_000_000_000  # bytes; three projects with their environments take about a third


@dataclass(frozen=True)
class Finding:
    """What was found about one subject, what that means for a learner, and how to mend it.

    There is a `fix` unless the verdict is good.
    """

    subject: str
    verdict: Verdict
    sentence: str
    meaning: str
    fix: str = ""


@dataclass(frozen=True)
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
    return Finding(
        "product",
        "good",
        f"Framework Sandbox {version(_PRODUCT)} with {parts}.",
        "These are the versions to name when you ask for help.",
    )


def _python() -> Finding:
    found = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}."
    return Finding("python", "good", found, "The environments of your projects are made with it.")


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
            "Those commands do not work in your terminal; the Lab brings its own uv.",
            "Type `pip install uv`, or use the commands with venv and pip that stand beside them.",
        )
    return Finding(
        "uv",
        "good",
        f"{done.stdout.strip().split(' (')[0]} at {program}.",
        "The short commands of the projects, such as `uv run pytest`, work in your terminal.",
    )


def _workspace(folder: Path) -> Iterator[Finding]:
    folder = folder.absolute()
    # A link that leads nowhere is there, too: it is in the way.
    there = next(path for path in (folder, *folder.parents) if os.path.lexists(path))
    try:
        _write_and_rename(there, folder.relative_to(there))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        yield Finding(
            "workspace",
            "bad",
            f"Nothing can be written to {there}, where your projects go: {reason}.",
            "No project can be made or prepared.",
            "Choose another folder with --workspace or SANDBOX_WORKSPACE.",
        )
        return
    state = "can be written to" if there == folder else "will be made with the first project"
    yield Finding(
        "workspace",
        "good",
        f"Your projects go to {folder}, which {state}.",
        "What you make is kept there, whatever happens to the sandbox.",
    )
    free = shutil.disk_usage(there).free
    if free < _LITTLE_SPACE:
        yield Finding(
            "space",
            "note",
            f"Only {free // 1_000_000} MB are free there.",
            "A project with its packages takes up to 100 MB: preparing one may fail half-way.",
            "Make some room.",
        )


def _write_and_rename(there: Path, missing: Path) -> None:
    """Do in `there` what generating a project does, and take it away again."""
    with tempfile.TemporaryDirectory(prefix=".sandbox-staging-", dir=there) as name:
        written = Path(name, "written")
        (written / missing).mkdir(parents=True, exist_ok=True)
        (written / missing / "file").write_bytes(bytes(_PROJECT_SIZE))
        written.rename(Path(name, "renamed"))


def _port(wish: Wish) -> Finding:
    subject = f"port {wish.port}"
    if all(_is_free(address, wish.port) for address in ("127.0.0.1", "::1")):
        return Finding(
            subject,
            "good",
            f"Port {wish.port} is free for {wish.who}.",
            "The commands that name no port work as they stand.",
        )
    return Finding(
        subject,
        "note",
        f"Port {wish.port}, which {wish.who} would take, is in use.",
        "What starts there does not come up; the Lab finds free ports for your projects.",
        "Stop the program that uses it, or take another port when you start it.",
    )


def _is_free(address: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.create_server((address, port), family=family):
            return True
    except OSError as error:
        # Where there is no such address, nobody can be in the way at it.
        return error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
