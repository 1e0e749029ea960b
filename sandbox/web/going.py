"""Checks that a page has begun: they go on behind it, and the page asks how far they are."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Generic, TypeVar, cast

from flask import current_app

from sandbox.contract import Outcome
from sandbox.errors import SandboxError

Report = TypeVar("Report")
Tell = Callable[[str, Outcome], None]
"""Takes a sentence that was looked at, and how it went."""

_NAME = "going"


@dataclass
class Going(Generic[Report]):
    """One check: what it is `about`, what it has `seen` so far, and its end.

    It ends with a `report`, or with the `problem` that kept it from one.
    """

    about: str
    seen: list[tuple[str, Outcome]] = field(default_factory=list[tuple[str, Outcome]])
    report: Report | None = None
    problem: SandboxError | None = None
    over: bool = False


class Checks:
    """Hold the newest check of each project, by its folder; one goes on at a time in each."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: dict[Path, Going[object]] = {}
        self._kept: dict[tuple[Path, str], object] = {}

    def begin(self, folder: Path, about: str, work: Callable[[Tell], object]) -> None:
        """Begin a check and wait for nothing; while one goes on in this folder, that stays."""
        with self._lock:
            known = self._found.get(folder)
            if known is not None and not known.over:
                return
            going = self._found[folder] = Going[object](about)
        threading.Thread(target=_finish, args=(going, work), daemon=True).start()

    def of(self, folder: Path, about: str) -> Going[object] | None:
        """Return how the newest check in a folder stands if it is about this, None otherwise.

        Ask before reading what a check writes down: what is over then has written all of it.
        """
        found = self._found.get(folder)
        return _as_it_stands(found) if found and found.about == about else None

    def keep(self, folder: Path, about: str, answer: object) -> None:
        """Keep what a form has done in a folder, so that its page may be loaded again."""
        self._kept[folder, about] = answer

    def kept(self, folder: Path, about: str) -> object | None:
        """Return what the newest form about this has done in a folder, None if none has."""
        return self._kept.get((folder, about))

    def under_way(self, folder: Path) -> Going[object] | None:
        """Return the check that goes on in a folder, None if none does."""
        found = self._found.get(folder)
        return found if found and not found.over else None

    def forget(self, folder: Path) -> None:
        """Forget a check that is over, as its outcome is of another state of the project."""
        with self._lock:
            if (found := self._found.get(folder)) and found.over:
                del self._found[folder]

    def drop(self, folder: Path) -> None:
        """Forget all of a folder whose project is gone: another may get its name."""
        self.forget(folder)
        self._kept = {key: answer for key, answer in self._kept.items() if key[0] != folder}


def hold_checks(extensions: dict[str, object]) -> None:
    """Give an app's extensions the place where its checks are held."""
    extensions.setdefault(_NAME, Checks())


def current_checks() -> Checks:
    """Return the checks of the app that handles this request."""
    return cast("Checks", current_app.extensions[_NAME])


def _as_it_stands(going: Going[object]) -> Going[object]:
    over = going.over  # read first: what is over has its end already, and no page sees half of it
    return replace(going, seen=[*going.seen], over=over)


def _finish(going: Going[object], work: Callable[[Tell], object]) -> None:
    def tell(sentence: str, outcome: Outcome) -> None:
        going.seen.append((sentence, outcome))

    try:
        going.report = work(tell)
    except SandboxError as problem:
        going.problem = problem
    except BaseException:
        going.problem = SandboxError("The check met a fault of its own.", "See the terminal.")
        raise  # to be seen there
    finally:
        going.over = True
