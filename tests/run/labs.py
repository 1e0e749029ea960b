"""A Lab of tiny projects: each is one program in a folder, prepared by uv like every other."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sandbox.run.job import Job
from sandbox.run.lab import Lab
from sandbox.run.recipe import find_uv
from sandbox.run.state import AppState
from sandbox.workspace import Project, Workspace

PATIENCE_SECONDS = 60.0
PYPROJECT = '[project]\nname = "tiny"\nversion = "1"\nrequires-python = ">=3.11"\n'
PROVENANCE = """
framework = "tiny"
name = "Tiny"
slug = "tiny"

[features]
hello = true
"""


def until(true: Callable[[], bool]) -> None:
    """Return as soon as something is so; fails if it never is."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


class TinyLab:
    """A workspace of tiny projects, and a Lab that runs them; `lines` are their commands."""

    def __init__(self, folder: Path, **changes: object) -> None:
        self.folder = folder
        self.changes = changes
        self.lines: dict[str, tuple[str, ...]] = {"run": ("uv run python app.py",)}
        self.labs: list[Lab] = []
        self.lab = self.another()

    def another(self) -> Lab:
        """Return a Lab of the same workspace, as another process would have it."""
        self.labs.append(Lab(Workspace(self.folder), self.job))
        return self.labs[-1]

    def close(self) -> None:
        """End all apps."""
        for lab in self.labs:
            lab.close()

    def job(self, project: Project) -> Job:
        """Return how a project of this workspace is run."""
        job = Job(
            folder=str(project.folder),
            framework=project.framework,
            features=project.features,
            lines=self.lines,
            address="http://127.0.0.1:8080",
            port="{port}",
            packages=(),
            uv=find_uv(),
            python=sys.executable,
        )
        return replace(job, **self.changes)  # type: ignore[arg-type]

    def project(self, program: str, name: str = "tiny") -> Project:
        """Write a project whose app is this program."""
        folder = self.folder / name
        (folder / ".sandbox").mkdir(parents=True)
        (folder / ".sandbox" / "project.toml").write_text(PROVENANCE, encoding="utf-8")
        (folder / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
        (folder / "app.py").write_text(program, encoding="utf-8")
        return Workspace(self.folder).project(name)

    def projects(self) -> list[Project]:
        """Return all projects of the workspace."""
        return [*Workspace(self.folder).projects()]

    def require(self, project: Project, *packages: str) -> None:
        """Have a project need packages."""
        named = ", ".join(f'"{each}"' for each in packages)
        text = f"{PYPROJECT}dependencies = [{named}]\n"
        (project.folder / "pyproject.toml").write_text(text, encoding="utf-8")

    def wait(self, project: Project, true: Callable[[AppState], bool]) -> AppState:
        """Return the state of an app as soon as it is as wanted."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not true(state := self.lab.state(project)):
            assert time.monotonic() < deadline, state
            time.sleep(0.02)
        return state
