"""What the learner has sent, and how well they predicted the answers: for them only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from sandbox.replace import replace_text
from sandbox.run.console_request import ConsoleRequest
from sandbox.workspace.record import UnusableRecordError, changing, read_text

MOST = 50
_FILE = "requests.json"


@dataclass(frozen=True)
class Sent:
    """One request that was sent: when, what each app answered, and what was predicted.

    `answered` and `guessed` map projects to statuses; an app that gave no answer has `None`.
    """

    number: int
    at: datetime
    request: ConsoleRequest
    answered: Mapping[str, int | None]
    guessed: Mapping[str, int]

    @property
    def right(self) -> tuple[str, ...]:
        """Return the projects whose status was predicted."""
        return tuple(each for each, status in self.guessed.items() if self.answered[each] == status)


@dataclass(frozen=True)
class Score:
    """How many statuses were predicted in all, and how many of them right."""

    right: int = 0
    guessed: int = 0


@dataclass(frozen=True)
class History:
    """The last requests, the newest first, and the score over all there ever were.

    `problem` says why the record cannot be used, as the end of a sentence; it is empty then.
    """

    sent: tuple[Sent, ...] = ()
    score: Score = Score()
    problem: str = ""


class _Kept(msgspec.Struct):
    """The record as it is written; `last` is the number of the newest request."""

    last: int = 0
    score: Score = Score()
    sent: list[Sent] = []


def read_history(folder: Path) -> History:
    """Return what is recorded in a folder; a record that cannot be read is a `problem`."""
    try:
        kept = _read(folder)
    except UnusableRecordError as fault:
        return History(problem=str(fault))
    return History(tuple(reversed(kept.sent)), kept.score)


def note(
    folder: Path,
    request: ConsoleRequest,
    *,
    at: datetime,
    answered: Mapping[str, int | None],
    guessed: Mapping[str, int],
) -> Sent:
    """Add a request to the record; raises `OSError` and `UnusableRecordError`.

    A guess about an app that gave no answer does not count.
    """
    path = folder / _FILE
    folder.mkdir(parents=True, exist_ok=True)
    counted = {each: guess for each, guess in guessed.items() if answered.get(each) is not None}
    with changing(path):
        kept = _read(folder)
        made = Sent(kept.last + 1, at, request, answered, counted)
        kept.last = made.number
        kept.score = Score(
            kept.score.right + len(made.right), kept.score.guessed + len(made.guessed)
        )
        kept.sent = [*kept.sent, made][-MOST:]
        replace_text(path, msgspec.json.encode(kept).decode())
    return made


def _read(folder: Path) -> _Kept:
    try:
        return msgspec.json.decode(read_text(folder / _FILE), type=_Kept)
    except FileNotFoundError:
        return _Kept()
    except msgspec.ValidationError as error:
        raise UnusableRecordError(f"it is not as it was written ({error})") from None
    except (msgspec.DecodeError, RecursionError):
        raise UnusableRecordError("it is not JSON") from None
