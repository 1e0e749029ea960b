"""What a learner has done in a project, kept in the project's own folder."""

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from sandbox.errors import LessonError
from sandbox.workspace.project import PROGRESS


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is known of one step: when its check first passed, and how the latest one went.

    `failed` names the checks that the latest attempt did not pass; a step stays done when later
    edits break it, and `failed` then says so. Times are in UTC.
    """

    done: datetime | None
    tried: datetime
    count: int
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """Map the steps that were checked at least once to what is known of them."""

    steps: Mapping[str, Attempt]

    @property
    def done(self) -> tuple[str, ...]:
        """Return the steps whose check has passed."""
        return tuple(step for step, attempt in self.steps.items() if attempt.done)

    def next_step(self, steps: Sequence[str]) -> str | None:
        """Return the first of a ladder's steps that is not done, or None."""
        return next((step for step in steps if step not in self.done), None)


def read_progress(folder: Path) -> Progress:
    """Read a project's progress, empty if there is none yet.

    Raises `LessonError` for a record that cannot be understood; it is left as it is.
    """
    return _progress(_read(folder))


def record(
    folder: Path, step: str, *, failed: Sequence[str] = (), now: datetime | None = None
) -> Progress:
    """Note a finished check and the names of the checks in it that failed; none means done.

    Raises `LessonError` if the record is broken or cannot be written; the old one then stays.
    Entries of the record that this version does not know are kept.
    """
    data = _read(folder)
    earlier = _progress(data).steps.get(step)
    moment = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    first = earlier.done if earlier else None
    attempt = Attempt(
        done=first or (None if failed else moment),
        tried=moment,
        count=(earlier.count if earlier else 0) + 1,
        failed=tuple(failed),
    )
    entries: dict[str, Any] = data.setdefault("steps", {})
    entries[step] = {**entries.get(step, {}), **_entry(attempt)}
    _write(folder, data)
    return _progress(data)


def _entry(attempt: Attempt) -> dict[str, object]:
    return {
        "done": attempt.done.isoformat() if attempt.done else None,
        "tried": attempt.tried.isoformat(),
        "count": attempt.count,
        "failed": list(attempt.failed),
    }


def _read(folder: Path) -> dict[str, Any]:
    try:
        data: object = json.loads((folder / PROGRESS).read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _unreadable(error.strerror or "the system refuses") from None
    except (ValueError, RecursionError):
        raise _unreadable("it is not JSON") from None
    if not isinstance(data, dict):
        raise _unreadable("it is not a JSON object")
    return cast("dict[str, Any]", data)


def _progress(data: Mapping[str, Any]) -> Progress:
    try:
        found = {step: _attempt(entry) for step, entry in data.get("steps", {}).items()}
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise _unreadable("an entry of it is not as it was written") from None
    return Progress(MappingProxyType(found))


def _attempt(entry: Mapping[str, Any]) -> Attempt:
    failed = cast("list[object]", entry["failed"])
    return Attempt(
        done=None if entry["done"] is None else _moment(entry["done"]),
        tried=_moment(entry["tried"]),
        count=int(entry["count"]),
        failed=tuple(str(check) for check in failed),
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _unreadable(reason: str) -> LessonError:
    return LessonError(
        f"The progress record {PROGRESS} cannot be used: {reason}.",
        "Mend that file or rename it to begin a new one; your code is not touched.",
    )


def _write(folder: Path, data: Mapping[str, Any]) -> None:
    target = folder / PROGRESS
    text = json.dumps(data, indent=2) + "\n"
    try:
        target.parent.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f"{target.name}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise LessonError(
            f"The progress record {PROGRESS} cannot be written: "
            f"{(error.strerror or 'the system refuses').lower()}.",
            "Free some space or allow writing there; the record is as it was before.",
        ) from None
