"""What is known of an app: one small record in the workspace that every process reads."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

from sandbox.replace import replace_text
from sandbox.run.kin import Kin

Phase: TypeAlias = Literal[
    "unprepared",
    "preparing",
    "prepared",
    "starting",
    "running",
    "stopping",
    "stopped",
    "crashed",
    "failed",
]
UNDER_WAY: tuple[Phase, ...] = ("preparing", "starting", "running", "stopping", "crashed")
"""The phases in which a guardian may be at work."""

RECORDS = ".sandbox-run"
_STATE = "state.json"


@dataclass(frozen=True)
class AppState:
    """What one app is doing; `since` when it came to that, `step` what is being done just now.

    `problem` is one sentence, such as the last line of an exception, `hint` its usual cause or
    what to type next, `place` the learner's file and line. `log_from` is where in the log this
    run of the app begins, `framing` whether it lets other pages show it in a frame. `shown_at` is
    where a server in front shows it, empty where there is none.
    """

    project: str
    phase: Phase
    address: str | None = None
    since: datetime | None = None
    reloaded: datetime | None = None
    step: str = ""
    problem: str = ""
    hint: str = ""
    place: tuple[str, int] | None = None
    versions: Mapping[str, str] = field(default_factory=dict[str, str])
    log_from: int = 0
    framing: bool = False
    shown_at: str = ""

    @property
    def link(self) -> str | None:
        """Return the address for a browser: of the server in front, if there is one."""
        return self.address and (self.shown_at or f"{self.address}/")


@dataclass(frozen=True)
class Held:
    """A state as it is kept, with the guardian that answers for it and its processes' marker."""

    state: AppState
    guardian: Kin | None = None
    marker: str = ""

    def changed(self, **changes: Any) -> "Held":
        """Return the same with another state, which begins now if its phase is another one."""
        state = replace(self.state, **changes)
        if state.phase != self.state.phase:
            state = replace(state, since=now())
        return replace(self, state=state)


def now() -> datetime:
    """Return this moment with its time zone, to the second."""
    return datetime.now().astimezone().replace(microsecond=0)


def records_of(project: Path) -> Path:
    """Return the folder of a project's records: beside it, so that the project stays as it is."""
    return project.parent / RECORDS / project.name


def write_state(records: Path, held: Held) -> None:
    """Keep a state; raises `OSError`.

    It is not flushed: after a power cut nothing runs, whatever the record says.
    """
    replace_text(records / _STATE, json.dumps(asdict(held), default=str), flush=False)


def read_state(records: Path) -> Held | None:
    """Return the state that is kept, None where there is none that can be read."""
    try:
        found = cast("dict[str, Any]", json.loads((records / _STATE).read_bytes()))
        return _held(found)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def state_file(records: Path) -> Path:
    """Return the file that changes whenever the state does."""
    return records / _STATE


def _held(found: dict[str, Any]) -> Held:
    state = found["state"]
    for name in ("since", "reloaded"):
        state[name] = state[name] and datetime.fromisoformat(state[name])
    place = state["place"]
    state["place"] = place and (place[0], place[1])
    guardian = found["guardian"]
    return Held(AppState(**state), guardian and Kin(**guardian), found["marker"])
