"""What the Lab shows of the workspace: projects as cards, and those of one app side by side."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sandbox.learn import Progress, look_up_progress, steps
from sandbox.workshop import Workshop
from sandbox.workspace import Project


@dataclass(frozen=True)
class Card:
    """One project: what is known of it, and how far its lessons are."""

    project: Project
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


@dataclass(frozen=True)
class Group:
    """The projects that are one app: the same name and the same features."""

    title: str
    features: tuple[str, ...]
    cards: tuple[Card, ...]


def card(workshop: Workshop, project: Project) -> Card:
    """Return what the Lab knows of one project."""
    return Card(
        project,
        look_up_progress(project.folder),
        steps(workshop.course, project.framework),
    )


def groups(workshop: Workshop, *, first: Collection[str] = ()) -> tuple[Group, ...]:
    """Return the projects of the workspace by app, those with a folder in `first` before others."""
    found: dict[tuple[str, tuple[str, ...]], list[Card]] = {}
    order = list(workshop.scaffolds)
    for project in sorted(workshop.projects(), key=lambda each: order.index(each.framework)):
        found.setdefault((project.name, project.features), []).append(card(workshop, project))
    made = [Group(name, features, tuple(cards)) for (name, features), cards in found.items()]
    return tuple(sorted(made, key=lambda each: _place(each, first)))


def _place(group: Group, first: Collection[str]) -> tuple[bool, str, int]:
    named: Iterable[bool] = (each.name in first for each in group.cards)
    return not any(named), group.title.lower(), len(group.features)
