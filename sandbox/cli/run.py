"""`sandbox run`: make what is not there, prepare it, start it, and show what it prints."""

import json
import time
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any, TypeAlias

import click
from click.shell_completion import CompletionItem

from sandbox import wire
from sandbox.cli import show
from sandbox.cli.apps import Names, complete_project, project_named
from sandbox.cli.choices import (
    complete_framework,
    features_option,
    json_option,
    open_here,
    own_command,
)
from sandbox.cli.exit_codes import FOUND_SOMETHING
from sandbox.cli.follow import Follower, Line
from sandbox.cli.interrupt import ended_by_signals, undisturbed
from sandbox.errors import UsageError, WorkspaceError
from sandbox.run.state import UNDER_WAY, AppState
from sandbox.workshop import EVERY_FRAMEWORK, Workshop
from sandbox.workspace import Project, read_project

Tell: TypeAlias = Callable[[Line | AppState], None]

_PAUSE = 0.1
_WORDS = {
    "prepared": "prepared",
    "starting": "starting",
    "stopping": "stopping",
    "stopped": "stopped",
    "unprepared": "stopped",
    "preparing": "preparing",
}


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return complete_project(ctx, param, incomplete) + complete_framework(ctx, param, incomplete)


@click.command("run")
@click.argument("names", nargs=-1, metavar="[PROJECT|FRAMEWORK]...", shell_complete=_complete)
@features_option
@click.option("--no-open", is_flag=True, help="Do not open the Lab in the browser.")
@json_option
@click.pass_context
def command(ctx: click.Context, /, *, names: tuple[str, ...], **how: Any) -> int:
    """Run projects, or the same app in FRAMEWORK (or all): Ctrl-C stops what was started here.

    What is not there yet is made, prepared and given its tables first. Several apps open the Lab,
    where the pages are served. Without names: the project in this folder. --json prints one JSON
    object a line.
    """
    workshop = open_here(ctx)
    workshop.lab.sweep()
    projects = _projects(workshop, names, how["features"])
    teller = _Teller(workshop, projects, opens=not how["no_open"])
    tell = _as_json if how["json_wanted"] else teller.tell
    with ended_by_signals():
        try:
            return _run(workshop, projects, tell)
        finally:
            with undisturbed():
                workshop.lab.close()


def _projects(
    workshop: Workshop, names: Sequence[str], features: Sequence[str]
) -> tuple[Project, ...]:
    frameworks = [each for each in names if each in (*workshop.scaffolds, EVERY_FRAMEWORK)]
    if features and not frameworks:
        raise UsageError(
            "--features says what a new project has, and none is to be made.",
            "Name a framework, as in `sandbox run all --features pages`.",
        )
    if not names:
        with suppress(WorkspaceError):
            return (read_project(Path.cwd()),)
        raise UsageError(
            "This folder is no project, and nothing else was named.",
            "Name projects or frameworks, as in `sandbox run all`.",
        )
    own = [project_named(workshop, each) for each in names if each not in frameworks]
    wanted = workshop.requests(frameworks, features=features) if frameworks else ()
    found = [*own, *workshop.found_or_made(wanted)]
    return tuple({each.folder: each for each in found}.values())


def _run(workshop: Workshop, projects: Sequence[Project], tell: Tell) -> int:
    lab = workshop.lab
    follower = Follower(lab, projects, from_now=True)
    lab.begin(projects)
    while True:
        for each in follower.news():
            tell(each)
        if all(state.phase not in UNDER_WAY for state in follower.states):
            break
        time.sleep(_PAUSE)
    for line in follower.rest():
        tell(line)
    failed = any(state.phase in ("failed", "crashed") for state in follower.states)
    return FOUND_SOMETHING if failed else 0


class _Teller:
    """Tell people what happens, and where all apps answer as soon as they do."""

    def __init__(self, workshop: Workshop, projects: Sequence[Project], *, opens: bool) -> None:
        self._opens = opens
        self._names = Names(projects)
        self._workshop = workshop
        self._waiting = {each.folder.name for each in projects}
        self._addresses: dict[str, str] = {}

    def tell(self, news: "Line | AppState") -> None:
        if isinstance(news, Line):
            self._names.say(news.project, news.text)
            return
        self._names.say(news.project, _sentence(news), strong=True)
        if news.hint and news.problem:
            self._names.say(news.project, show.plain(news.hint.replace("\n", " ")))
        if news.address and news.phase == "running":
            self._addresses[news.project] = news.address
        if news.phase not in ("preparing", "starting") and self._waiting:
            self._waiting.discard(news.project)
            if not self._waiting:
                self._say_where()

    def _say_where(self) -> None:
        for name, address in self._addresses.items():
            self._names.say(name, address, strong=True)
        if len(self._addresses) > 1:
            self._lead_to_the_lab()
        if self._addresses:
            show.note("Save a file and its app reloads. Press Ctrl-C to stop.")

    def _lead_to_the_lab(self) -> None:
        pages = self._workshop.workspace.served_at()
        if pages is None:
            command = own_command("serve", here=True)
            show.note(f"To see them side by side, type in another terminal: {command}")
            return
        show.note(f"Side by side, and a console to ask them all: {pages}/lab")
        if self._opens:
            # A browser in this terminal returns only when it is closed.
            Thread(target=webbrowser.open, args=(f"{pages}/lab",), daemon=True).start()


def _sentence(state: AppState) -> str:
    if state.problem:
        return show.plain(state.problem.replace("\n", " "))
    if state.phase == "running":
        reloaded = f", reloaded {state.reloaded:%H:%M:%S}" if state.reloaded else ""
        return f"runs at {state.address}{reloaded}"
    return state.step or _WORDS.get(state.phase, state.phase)


def _as_json(news: "Line | AppState") -> None:
    if isinstance(news, Line):
        told: dict[str, object] = {"project": news.project, "line": news.text}
    else:
        told = wire.app_state(news)
    click.echo(json.dumps(told, ensure_ascii=False))
