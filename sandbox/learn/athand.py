"""The step at hand: what a lesson has put into a project, so that it can tell the learner's work.

The record lies in the project's own folder, beside the snapshots.
"""

from collections.abc import Collection, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from sandbox.errors import LessonError
from sandbox.generate import FileTree
from sandbox.learn.stubs import Cut, emptied
from sandbox.replace import replace_text
from sandbox.workspace import keep_folder
from sandbox.workspace.fault import fault_of
from sandbox.workspace.project import LESSONS
from sandbox.workspace.record import UnusableRecordError, changing, read_text

RECORD = f"{LESSONS}/at-hand.json"


@dataclass(frozen=True)
class AtHand:
    """What was written last: whole `files`, in which some of the `cuts` stood as stubs.

    `step` is the key of the step that was begun last, empty if none was; `left` are the anchors
    that were left as stubs. At all others of the cuts stood the solution.
    """

    step: str
    files: Mapping[str, str] = field(repr=False)
    cuts: tuple[Cut, ...] = ()
    left: frozenset[str] = frozenset()

    def with_stubs(self, anchors: Collection[str]) -> FileTree:
        """Return the files with stubs at those of these anchors that were left as such."""
        wanted = [each for each in self.cuts if each.anchor in self.left.intersection(anchors)]
        return emptied(FileTree(self.files), wanted)

    @property
    def written(self) -> FileTree:
        """Return the files as they were put into the project."""
        return self.with_stubs(self.left)

    def of(self, step: str) -> tuple[Cut, ...]:
        """Return the places of a step."""
        return tuple(each for each in self.cuts if each.step == step)

    def untouched(self, tree: FileTree) -> tuple[Cut, ...]:
        """Return the places that stand in a project as stubs."""
        return tuple(each for each in self.cuts if stands_in(each.stub, tree.get(each.path, "")))


def stands_in(lines: str, text: str) -> bool:
    """Tell whether whole lines stand in a text exactly once."""
    return f"\n{text}\n".count(f"\n{lines}\n") == 1


def swapped(text: str, lines: str, others: str) -> str:
    """Return a text with other lines in the place of whole lines that stand in it once."""
    return f"\n{text}\n".replace(f"\n{lines}\n", f"\n{others}\n", 1)[1:-1]


def read_at_hand(folder: Path) -> AtHand | None:
    """Return what lessons have put into a project, None if nothing; raises `LessonError`."""
    try:
        return msgspec.json.decode(read_text(folder / RECORD), type=AtHand)
    except FileNotFoundError:
        return None
    except (UnusableRecordError, msgspec.DecodeError, RecursionError) as fault:
        raise LessonError(
            f"The lesson record {RECORD} cannot be used ({fault}).",
            "Move it away; your code is not touched, and the next step compares it anew.",
        ) from None


def keep_at_hand(folder: Path, found: AtHand) -> None:
    """Write what was put into a project; raises `OSError`."""
    replace_text(folder / RECORD, msgspec.json.encode(found).decode())


@contextmanager
def at_work(folder: Path) -> Generator[None]:
    """Keep other programs from changing the step at hand meanwhile.

    Raises `LessonError` where that cannot be, or the record cannot be written.
    """
    keep_folder(folder)
    try:
        with changing(folder / RECORD):
            yield
    except OSError as error:
        fault = fault_of(error)
        raise LessonError(f"{RECORD} cannot be written: {fault.reason}.", fault.hint) from None
