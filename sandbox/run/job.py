"""What a guardian is asked to do for one project, written down so that it fits through a pipe."""

import json
import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

from sandbox.run.kin import MARKER

Goal: TypeAlias = Literal["prepared", "running", "tested"]
ENVIRONMENT = ".venv"
_KEPT = (
    "HOME",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LOGNAME",
    "PATH",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "TMPDIR",
    "TZ",
    "USER",
    "USERPROFILE",
)
_PROGRAMS = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")


@dataclass(frozen=True)
class Job:
    """Name the project, its commands as a scaffold's data has them, and who carries them out.

    `lines` holds the lines of each command by its name, such as `migrate`; `port` is what stands
    after the start command to give it a port; without, and without one in its environment, it can
    answer at `address` only. Without `uv` nothing can be prepared. `packages` are those whose
    versions are of interest. `once` makes the server start once, and wait for no edits; so does
    leaving out the word `watches`. `front` says where a server in front shows the app, if one does,
    `front_words` which words of the start command are others then, and `front_environment` what it
    gets besides.
    """

    folder: str
    framework: str
    features: tuple[str, ...]
    lines: Mapping[str, tuple[str, ...]]
    address: str
    port: str
    packages: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    reloads: str = ""
    once: str = ""
    watches: str = ""
    serve: str = ""
    staff: str = ""
    uv: str | None = None
    python: str = ""
    marker: str = ""
    wanted_port: int | None = None
    mistakes: str = ""
    patience: float = 60.0
    goal: Goal = "running"
    front: str = ""
    front_words: Mapping[str, str] = field(default_factory=dict[str, str])
    front_environment: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def project(self) -> Path:
        """Return the project's folder."""
        return Path(self.folder)

    def as_text(self) -> str:
        """Return the job as one line of text."""
        return json.dumps(asdict(self))

    @property
    def takes_port(self) -> bool:
        """Tell whether the app can be started at any port."""
        return any("{port}" in text for text in (self.port, *self.environment.values()))

    def variables(self, **values: object) -> dict[str, str]:
        """Return the environment variables that the project's commands get besides the usual."""
        texts = filled([*self.environment.values()], **values)
        return dict(zip(self.environment, texts, strict=True))

    def lines_of(self, name: str) -> tuple[str, ...]:
        """Return the lines of a command, none where the project has no such command."""
        return self.lines.get(name, ())


def read_job(text: str) -> Job:
    """Return the job in a line of text."""
    found = cast("dict[str, Any]", json.loads(text))
    return Job(**found)


def environment_python(project: Path) -> Path:
    """Return the interpreter of a project's environment, whether it is there or not."""
    folder, ending = _PROGRAMS
    return project / ENVIRONMENT / folder / f"python{ending}"


def words_of(line: str, project: Path) -> list[str]:
    """Return a command line of a scaffold's data as what to start in the project's environment.

    `uv run` goes, and so does the file of settings that it would read.
    """
    words = shlex.split(line)
    if words[:2] == ["uv", "run"]:
        words = words[4:] if words[2] == "--env-file" else words[2:]
    program, *rest = words
    python = str(environment_python(project))
    if program in ("python", "python3"):
        return [python, *rest]
    folder, ending = _PROGRAMS
    script = project / ENVIRONMENT / folder / f"{program}{ending}"
    # The interpreter reads its own scripts: their first line may be too long, or of before a move.
    return [str(script), *rest] if ending else [python, str(script), *rest]


def plain_environment(project: Path, more: Mapping[str, str], marker: str) -> dict[str, str]:
    """Return the environment of a project's processes: little of ours, its own programs first."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    programs = environment_python(project).parent
    return {
        **kept,
        "PATH": os.pathsep.join([str(programs), kept.get("PATH", os.defpath)]),
        "VIRTUAL_ENV": str(project / ENVIRONMENT),
        "PYTHONUNBUFFERED": "1",
        **more,
        MARKER: marker,
    }


def filled(texts: Sequence[str], **values: object) -> list[str]:
    """Return texts with `{port}` and its like replaced, and nothing else touched."""
    found: list[str] = []
    for text in texts:
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        found.append(text)
    return found
