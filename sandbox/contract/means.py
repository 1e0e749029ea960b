"""What a check may need besides an address: whoever starts a run hands it in, or leaves it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

Changes: TypeAlias = Mapping[str, "str | None"]
"""Environment variables to set for a start; those that are `None` are taken away."""

Restart: TypeAlias = Callable[[Changes], None]
"""Stops the app and starts it again; it answers when this returns."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a started app ended: its exit code, after how many seconds, and what it had printed.

    `code` is `None` when it had to be killed.
    """

    code: int | None
    seconds: float
    output: str


class Production(Protocol):
    """Start the app the way it runs in production, at its own address."""

    def start(self, changes: Changes) -> None:
        """Take the app's place, or go on in it; raises `ServerError` when it does not answer."""
        ...

    def stop(self) -> Ended:
        """Ask it to stop (SIGTERM), and wait."""
        ...

    def refuse(self, changes: Changes) -> Ended | None:
        """Start it and wait for its end; `None` when it runs instead (it is stopped then)."""
        ...

    def leave(self) -> None:
        """Bring the app back as it was."""
        ...


@dataclass(frozen=True, slots=True)
class Means:
    """The ways and names that some checks need; those without them are skipped with a reason.

    `staff` is the name and password of a staff member.
    """

    restart: Restart | None = None
    production: Production | None = None
    staff: tuple[str, str] | None = None
