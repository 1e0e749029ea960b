"""Follow apps while they run: the new lines of their logs, and what they come to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

from sandbox.cli import show
from sandbox.run.lab import Lab
from sandbox.run.state import AppState
from sandbox.workspace import Project


@dataclass(frozen=True)
class Line:
    """One line that an app has printed."""

    project: str
    text: str


class Follower:
    """Read on in the logs of projects, from where each stands now or from their beginning."""

    def __init__(self, lab: Lab, projects: Sequence[Project], *, from_now: bool) -> None:
        self._lab = lab
        self._projects = projects
        self._offsets = {each.folder: lab.log(each).offset if from_now else 0 for each in projects}
        self._unended: dict[str, str] = {}
        self._states: dict[str, AppState] = {}

    def news(self) -> Iterator[Line | AppState]:
        """Yield what is new since the last time: whole lines, and states that have changed."""
        for project in self._projects:
            yield from self.lines(project)
            state = self._lab.state(project)
            before = self._states.get(state.project)
            if before is None or _told(before) != _told(state):
                self._states[state.project] = state
                yield state

    def rest(self) -> Iterator[Line]:
        """Yield what is left when nothing follows, the last line of each without its end too."""
        for project in self._projects:
            yield from self.lines(project)
        for name, text in self._unended.items():
            if text:
                yield Line(name, plain(text))
        self._unended.clear()

    @property
    def states(self) -> tuple[AppState, ...]:
        """Return the last known state of each project."""
        return tuple(self._states.values())

    def lines(self, project: Project) -> Iterator[Line]:
        """Yield the whole lines that a project has printed since the last time."""
        part = self._lab.log(project, self._offsets[project.folder])
        self._offsets[project.folder] = part.offset
        name = project.folder.name
        if part.skipped:
            yield Line(name, f"({part.skipped:,} bytes more were printed too fast to be kept)")
        *whole, self._unended[name] = f"{self._unended.get(name, '')}{part.text}".split("\n")
        for text in whole:
            yield Line(name, plain(text))


def plain(text: str) -> str:
    """Return a line of an app without colours, so that a terminal obeys no order in it."""
    return show.plain(click.unstyle(text).rstrip("\r"))


def _told(state: AppState) -> tuple[object, ...]:
    return (state.phase, state.step, state.address, state.problem, state.reloaded)
