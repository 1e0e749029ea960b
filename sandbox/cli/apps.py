"""The projects that a command of the Lab means, and how their lines are told apart."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from sandbox.cli.choices import open_here, starting
from sandbox.errors import UsageError, WorkspaceError
from sandbox.names import say_what_exists
from sandbox.paths import in_home
from sandbox.run.state import AppState
from sandbox.workshop import Workshop
from sandbox.workspace import Project, read_project

_COLOURS = ("cyan", "magenta", "yellow", "green", "blue", "bright_red")


def complete_project(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the projects of the workspace."""
    known = {each.folder.name: each.framework for each in open_here(ctx).projects()}
    return starting(known, incomplete)


def project_named(workshop: Workshop, name: str) -> Project:
    """Return the project of that name in the workspace, or in a folder of that path."""
    folder = in_home(Path(name))
    if os.path.dirname(name) or name in (".", ".."):  # noqa: PTH120 - it never raises
        return read_project(folder.resolve())
    with suppress(WorkspaceError):
        return workshop.workspace.project(name)
    known = [each.folder.name for each in (*workshop.projects(), *workshop.damaged())]
    if name in known:
        return workshop.workspace.project(name)  # which says what is wrong with it
    raise UsageError(f"There is no project called {name[:60]!a}.", say_what_exists(name, known))


def projects_named(workshop: Workshop, names: Sequence[str]) -> tuple[Project, ...]:
    """Return the projects of these names, each once."""
    found = {each.folder: each for each in (project_named(workshop, name) for name in names)}
    return tuple(found.values())


def running(workshop: Workshop) -> dict[str, AppState]:
    """Return the apps of the workspace that answer just now, by the name of their folder."""
    return {
        name: state
        for name, state in workshop.lab.states().items()
        if state.phase == "running" and state.address
    }


def nothing_runs() -> UsageError:
    """Return the complaint of a command that needs a running app."""
    return UsageError("No project is running.", "Start one, as in `sandbox run all`.")


class Names:
    """Print lines under the name of their project, each name in its own colour."""

    def __init__(self, projects: Sequence[Project]) -> None:
        names = [each.folder.name for each in projects]
        self._width = max(map(len, names), default=0)
        self._colours = {
            name: _COLOURS[number % len(_COLOURS)] for number, name in enumerate(names)
        }

    def say(self, name: str, text: str, *, strong: bool = False) -> None:
        """Print one line of a project; `strong` for one of ours among those of the app."""
        label = click.style(f"{name:<{self._width}}", fg=self._colours.get(name), bold=strong)
        click.echo(f"{label} {click.style('│', dim=True)} {click.style(text, bold=strong)}")
