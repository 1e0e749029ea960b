"""What one types in a project's folder, in the order it is needed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sandbox.generate.scaffold import Scaffold
from sandbox.knowledge import Command


@dataclass(frozen=True)
class Commands:
    """Hold the lines of each command by its name; `purposes` are of those typed on occasion."""

    lines: Mapping[str, tuple[str, ...]]
    purposes: Mapping[str, str]

    @property
    def starting(self) -> tuple[str, ...]:
        """Return the lines that lead to a running app, to be typed as they stand."""
        return tuple(
            line
            for name, lines in self.lines.items()
            if name not in self.purposes
            for line in lines
        )

    @property
    def on_occasion(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the other commands, each with what it is for."""
        return tuple((purpose, self.lines[name]) for name, purpose in self.purposes.items())


def commands_for(
    scaffold: Scaffold, catalog: Mapping[str, Command], features: Iterable[str]
) -> Commands:
    """Return the commands of a scaffold's project that has these features.

    A scaffold may say `"run with deploy"` where a feature makes a command another one.
    """
    written, chosen = scaffold.notes.commands, set(features)
    known = {
        name: command
        for name, command in catalog.items()
        if name in written and command.feature in chosen
    }
    return Commands(
        lines={
            name: next(
                (
                    written[with_it]
                    for each in chosen
                    if (with_it := f"{name} with {each}") in written
                ),
                written[name],
            )
            for name in known
        },
        purposes={name: each.purpose for name, each in known.items() if each.purpose},
    )
