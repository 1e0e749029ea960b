"""Ask the package index, through uv, which version ranges shut out the newest release."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.errors import ServerError

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_EXTRAS = re.compile(r"\[[^\]]*\]")
_LOWEST = re.compile(r">=\s*(\d+\.\d+)")
_PATIENCE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Pin:
    """A dependency as a project writes it down, and the newest release for all its Pythons.

    `allowed` is the newest release inside the range: empty if there is none.
    """

    requirement: str
    newest: str
    allowed: str

    @property
    def behind(self) -> bool:
        """Tell whether the range shuts the newest release out."""
        return self.newest != self.allowed


def look_up(pyproject: str) -> tuple[Pin, ...]:
    """Return every dependency of a project, those for development too, as the index knows it.

    Only stable releases count, and of these the ones for the project's lowest Python. Raises
    `ServerError` if uv is missing or the index cannot be asked.
    """
    data = tomllib.loads(pyproject)
    python = _LOWEST.search(str(data["project"].get("requires-python", "")))
    wanted = _requirements(data)
    names = {each: _normal(each) for each in wanted}
    newest = _ask(sorted(set(names.values())), python[1] if python else None)
    allowed = _ask([_EXTRAS.sub("", each) for each in wanted], python[1] if python else None)
    return tuple(Pin(each, newest[name], allowed.get(name, "")) for each, name in names.items())


def _requirements(data: Mapping[str, Any]) -> list[str]:
    groups: Mapping[str, list[str]] = data.get("dependency-groups", {})
    return [
        *data["project"]["dependencies"],
        *(each for group in groups.values() for each in group),
    ]


def _normal(requirement: str) -> str:
    name = _NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", name[0]).lower() if name else requirement


def _ask(requirements: Sequence[str], python: str | None) -> dict[str, str]:
    """Return name → newest version that fits, each requirement looked at for itself."""
    program = shutil.which("uv")
    if program is None:
        raise ServerError(
            "The package index is asked through uv, which is not installed.",
            "Type `pip install uv`, then try again.",
        )
    command = [program, "pip", "compile", "-", "--quiet", "--no-deps", "--no-header"]
    command += ["--no-annotate", *(["--python-version", python] if python else [])]
    # In a folder of its own: no settings of the folder we happen to stand in may speak.
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                command,
                cwd=folder,
                input="\n".join(requirements),
                capture_output=True,
                text=True,
                timeout=_PATIENCE_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _unreachable(f"it took more than {_PATIENCE_SECONDS} seconds") from None
    if done.returncode != 0:
        raise _unreachable(_reason(done.stderr))
    lines = (line.partition("==") for line in done.stdout.splitlines() if "==" in line)
    return {name: number.strip() for name, _, number in lines}


def _reason(output: str) -> str:
    """Return the last cause that uv names, without addresses."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    causes = [line.removeprefix("cause: ") for line in lines if line.startswith("cause: ")]
    told = next((line for line in lines if line.startswith("hint: ")), "").removeprefix("hint: ")
    return (told or (causes or lines or ["it says nothing"])[-1]).rstrip(".")


def _unreachable(reason: str) -> ServerError:
    return ServerError(
        f"The package index could not be asked: {reason}.",
        "Connect to the internet, or set the index that uv uses, then try again.",
    )
