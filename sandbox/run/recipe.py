"""How the Lab runs the projects of one scaffold: its commands, and what they take besides."""

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import uv

from sandbox.generate import Scaffold, commands_for
from sandbox.knowledge import ALWAYS, Command
from sandbox.run.front import Front
from sandbox.run.job import Job
from sandbox.workspace import Project


def job_for(
    project: Project, scaffold: Scaffold, catalog: Mapping[str, Command], front: Front | None = None
) -> Job:
    """Return what a guardian needs to know of a project, from its scaffold's data.

    `front` says where a server in front shows its app, if one does.
    """
    notes = scaffold.notes
    front_folder = str(scaffold.folder.absolute() / "front")
    installed = notes.installed.get(ALWAYS, ())
    return Job(
        folder=str(project.folder.absolute()),
        framework=project.framework,
        features=project.features,
        lines=commands_for(scaffold, catalog, project.features).lines,
        address=notes.address,
        port=notes.lab.run,
        serve=notes.lab.serve,
        staff=notes.lab.staff,
        environment=notes.lab.environment,
        reloads=notes.lab.reloads,
        once=notes.lab.once,
        watches=notes.lab.watches,
        packages=(project.framework,) if project.framework in installed else installed,
        uv=find_uv(),
        python=sys.executable,
        mistakes=str(scaffold.folder / "mistakes.toml"),
        front=front.url if front else "",
        front_words=notes.lab.front.words,
        front_environment={
            name: text.replace("{front}", front_folder)
            for name, text in notes.lab.front.environment.items()
        },
    )


@cache
def find_uv() -> str | None:
    """Return where uv is: the package that came with the sandbox, or what the system has."""
    try:
        found = Path(uv.find_uv_bin())
    except FileNotFoundError:
        return None
    return str(found) if found.is_file() else None
