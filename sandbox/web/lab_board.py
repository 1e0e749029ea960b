"""What the Lab shows of the workspace: projects as cards, and those of one app side by side."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sandbox.learn import Progress, look_up_progress, steps
from sandbox.run.state import AppState, Phase
from sandbox.web.lab_outcome import Outcomes, outcomes_of
from sandbox.workshop import Workshop
from sandbox.workspace import Edited, Project


@dataclass(frozen=True)
class Word:
    """How a phase is told: a sign and a word, for a colour alone tells nothing."""

    sign: str
    word: str


WORDS: Mapping[Phase, Word] = {
    "unprepared": Word("○", "Not prepared yet"),
    "preparing": Word("◔", "Preparing"),
    "prepared": Word("○", "Ready to start"),
    "starting": Word("◑", "Starting"),
    "running": Word("●", "Running"),
    "stopping": Word("◔", "Stopping"),
    "stopped": Word("○", "Stopped"),
    "crashed": Word("✕", "Crashed"),
    "failed": Word("✕", "Did not start"),
}
PASSING: frozenset[Phase] = frozenset({"preparing", "starting", "stopping"})
AT_WORK = PASSING | {"running", "crashed"}


@dataclass(frozen=True)
class Button:
    """Something to do in a phase: which action, and how it is called."""

    action: str
    label: str
    main: bool = False


_START = (Button("start", "Start", main=True),)
_END = (Button("restart", "Restart"), Button("stop", "Stop"))
BUTTONS: Mapping[Phase, tuple[Button, ...]] = {
    "unprepared": (Button("start", "Prepare and start", main=True),),
    "preparing": (Button("cancel", "Cancel"),),
    "prepared": _START,
    "starting": (Button("stop", "Stop"),),
    "running": _END,
    "stopping": (),
    "stopped": _START,
    "crashed": (Button("restart", "Start again", main=True), Button("stop", "Stop")),
    "failed": (Button("start", "Try again", main=True),),
}


@dataclass(frozen=True)
class Card:
    """One project: what its app does, what the learner changed, and how far its lessons are."""

    project: Project
    state: AppState
    edited: Edited
    outcomes: Outcomes
    progress: Progress
    steps: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the folder's name, by which everything asks for a project."""
        return self.project.folder.name

    @property
    def next_step(self) -> str | None:
        """Return the first lesson that is not done, or None at the top."""
        return self.progress.next_step(self.steps)

    @property
    def passing(self) -> bool:
        """Tell whether the phase will be another one soon, by itself."""
        return self.state.phase in PASSING

    @property
    def under_way(self) -> bool:
        """Tell whether the page will be another one soon."""
        return self.passing or self.outcomes.running


@dataclass(frozen=True)
class Group:
    """The projects that are one app: the same name and the same features."""

    title: str
    features: tuple[str, ...]
    cards: tuple[Card, ...]

    def named(self, *phases: Phase) -> tuple[str, ...]:
        """Return the names of the projects in one of these phases."""
        return tuple(each.name for each in self.cards if each.state.phase in phases)


def card(workshop: Workshop, project: Project, state: AppState) -> Card:
    """Return what the Lab knows of one project."""
    rungs = steps(workshop.course, project.framework)
    edited = workshop.edited(project)
    found = outcomes_of(workshop, project)
    return Card(project, state, edited, found, look_up_progress(project.folder), rungs)


def groups(workshop: Workshop, *, first: Collection[str] = ()) -> tuple[Group, ...]:
    """Return the projects of the workspace by app, those with a folder in `first` before others."""
    found: dict[tuple[str, tuple[str, ...]], list[Card]] = {}
    order = list(workshop.scaffolds)
    states = workshop.lab.states()
    for project in sorted(workshop.projects(), key=lambda each: order.index(each.framework)):
        if state := states.get(project.folder.name):  # it may be gone meanwhile
            made = card(workshop, project, state)
            found.setdefault((project.name, project.features), []).append(made)
    apps = [Group(name, features, tuple(cards)) for (name, features), cards in found.items()]
    return tuple(sorted(apps, key=lambda each: _place(each, first)))


def _place(group: Group, first: Collection[str]) -> tuple[bool, str, int]:
    named: Iterable[bool] = (each.name in first for each in group.cards)
    return not any(named), group.title.lower(), len(group.features)
