"""Apps as the records of a workspace tell of them, with this very process as their guardian."""

import os
from typing import Any

from sandbox.run.kin import kin
from sandbox.run.log import Log
from sandbox.run.state import AppState, Held, now, records_of, write_state
from sandbox.workspace import Project


def put_state(project: Project, phase: Any, **facts: Any) -> None:
    """Write the record that a project is in a phase."""
    records = records_of(project.folder)
    records.mkdir(parents=True, exist_ok=True)
    state = AppState(project.folder.name, phase, since=now(), **facts)
    write_state(records, Held(state, kin(os.getpid()), ""))


def put_log(project: Project, text: str | bytes) -> None:
    """Append to a project's log."""
    records = records_of(project.folder)
    records.mkdir(parents=True, exist_ok=True)
    log = Log(records)
    log.write(text if isinstance(text, bytes) else text.encode())
    log.close()
