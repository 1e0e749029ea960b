"""What the learner has changed in a project since it was generated."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sandbox.errors import WorkspaceError
from sandbox.generate import ProjectRequest, Scaffold, render
from sandbox.workspace.project import read_tree, stamp

_OWN_RECORDS = ".sandbox/"


@dataclass(frozen=True)
class Edited:
    """Paths of a project that differ from the generated ones; `problem` says why none are known."""

    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problem: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """Return all of them, in order."""
        return tuple(sorted((*self.changed, *self.added, *self.removed)))


def edited_since(scaffold: Scaffold, request: ProjectRequest, folder: Path) -> Edited:
    """Compare a folder with the project that `request` describes; our own records do not count.

    The answer is remembered until a file changes its time or size.
    """
    return _compare(scaffold, request, folder, stamp(folder))


@lru_cache(maxsize=200)
def _compare(scaffold: Scaffold, request: ProjectRequest, folder: Path, stamp: int) -> Edited:
    try:
        now = read_tree(folder)
    except WorkspaceError as error:
        return Edited(problem=error.message)
    before = render(scaffold, request)
    own = [path for path in {*now, *before} if not path.startswith(_OWN_RECORDS)]
    return Edited(
        changed=tuple(
            sorted(
                path
                for path in own
                if path in before
                and (path in now or now.why_unread(path) is not None)
                and now.get(path) != before[path]
            )
        ),
        added=tuple(sorted(path for path in own if path not in before)),
        removed=tuple(
            sorted(path for path in own if path not in now and now.why_unread(path) is None)
        ),
    )
