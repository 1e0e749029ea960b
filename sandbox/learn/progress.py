"""What a learner has done in a project, kept in the project's own folder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from sandbox.errors import LessonError
from sandbox.replace import replace_text
from sandbox.workspace.fault import fault_of
from sandbox.workspace.project import PROGRESS
from sandbox.workspace.record import UnusableRecordError, changing, read_text


@dataclass(frozen=True)
class Attempt:
    """What is known of one step: when its check first passed, and how the latest one went.

    `failed` names the checks that the latest attempt did not pass; a step stays done when later
    edits break it, and `failed` then says so. Of a step inside a lesson it is known what `passed`
    last, what is `missing` since it could not be tried, whether it is `hardened`, and how many
    `hints` were taken. Times are in UTC.
    """

    done: datetime | None
    tried: datetime
    count: int
    failed: tuple[str, ...]
    passed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    hardened: bool = False
    hints: int = 0


@dataclass(frozen=True)
class Progress:
    """Map the steps that were checked at least once to what is known of them.

    A whole lesson is called by its feature, a step inside it by its key, `database/read`.
    `problem` says in two sentences why the record of it cannot be used; there are no steps then.
    """

    steps: Mapping[str, Attempt]
    problem: str = ""

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


def look_up_progress(folder: Path) -> Progress:
    """Read a project's progress for showing it: a broken record is a `problem`, not an error."""
    try:
        return read_progress(folder)
    except LessonError as error:
        return Progress(MappingProxyType({}), str(error))


def record(
    folder: Path,
    step: str,
    *,
    failed: Sequence[str] = (),
    passed: Sequence[str] = (),
    missing: Sequence[str] = (),
    hardened: bool = False,
    now: datetime | None = None,
) -> Progress:
    """Note a finished check and the names of the checks in it that failed; none means done.

    Raises `LessonError` if the record is broken or cannot be written; the old one then stays.
    Entries of the record that this version does not know are kept.
    """
    moment = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)

    def tried(earlier: Attempt | None) -> Attempt:
        first = earlier.done if earlier else None
        return Attempt(
            done=first or (None if failed else moment),
            tried=moment,
            count=(earlier.count if earlier else 0) + 1,
            failed=tuple(failed),
            passed=tuple(passed),
            missing=tuple(missing),
            hardened=hardened,
            hints=earlier.hints if earlier else 0,
        )

    return _change(folder, step, tried)


def record_hint(folder: Path, step: str, now: datetime | None = None) -> int:
    """Note that a hint was taken and return how many there were; raises as `record` does."""
    moment = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)

    def taken(earlier: Attempt | None) -> Attempt:
        known = earlier or Attempt(None, moment, 0, ())
        return replace(known, hints=known.hints + 1)

    return _change(folder, step, taken).steps[step].hints


def _change(folder: Path, step: str, change: Callable[[Attempt | None], Attempt]) -> Progress:
    try:
        with changing(folder / PROGRESS):
            data = _read(folder)
            attempt = change(_progress(data).steps.get(step))
            entries: dict[str, Any] = data.setdefault("steps", {})
            entries[step] = {**entries.get(step, {}), **asdict(attempt)}
            text = msgspec.json.format(msgspec.json.encode(data), indent=2).decode()
            replace_text(folder / PROGRESS, f"{text}\n")
    except OSError as error:
        fault = fault_of(error)
        raise LessonError(
            f"The progress record {PROGRESS} cannot be written: {fault.reason}.",
            f"{fault.hint} The record is as it was before.",
        ) from None
    return _progress(data)


def _read(folder: Path) -> dict[str, Any]:
    try:
        return msgspec.json.decode(read_text(folder / PROGRESS), type=dict[str, Any])
    except FileNotFoundError:
        return {}
    except UnusableRecordError as fault:
        raise _unusable(str(fault)) from None
    except msgspec.ValidationError:
        raise _unusable("it is not a JSON object") from None
    except (msgspec.DecodeError, RecursionError):
        raise _unusable("it is not JSON") from None


def _progress(data: Mapping[str, Any]) -> Progress:
    try:
        found = msgspec.convert(data.get("steps", {}), dict[str, Attempt])
        return Progress(MappingProxyType({step: _in_utc(each) for step, each in found.items()}))
    except (msgspec.ValidationError, OverflowError) as error:
        raise _unusable(f"an entry is not as it was written ({error})") from None


def _in_utc(attempt: Attempt) -> Attempt:
    done = attempt.done and attempt.done.astimezone(UTC)
    return replace(attempt, done=done, tried=attempt.tried.astimezone(UTC))


def _unusable(reason: str) -> LessonError:
    return LessonError(
        f"The progress record {PROGRESS} cannot be used: {reason}.",
        "Mend that file or rename it to begin a new one; your code is not touched.",
    )
