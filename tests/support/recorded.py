"""Apps as the records of a workspace tell of them, with this very process as their guardian."""

import os
from typing import Any

from sandbox.contract import CHECKS, Result
from sandbox.run.checked import Checked, digest_of, keep, outcome_of
from sandbox.run.kin import kin
from sandbox.run.log import Log
from sandbox.run.state import AppState, Held, now, records_of, write_state
from sandbox.workspace import Project, read_tree

MESSAGE = "GET / answered 500: the app crashed. Expected 200."


def put_state(project: Project, phase: Any, **facts: Any) -> None:
    """Write the record that a project is in a phase."""
    records = records_of(project.folder)
    records.mkdir(parents=True, exist_ok=True)
    state = AppState(project.folder.name, phase, since=now(), **facts)
    write_state(records, Held(state, kin(os.getpid()), ""))


def put_check(project: Project, *outcomes: tuple[str, Any], running: bool = False) -> None:
    """Write the record of a run of the contract, in which these checks came out so."""
    records = records_of(project.folder)
    records.mkdir(parents=True, exist_ok=True)
    known = {each.id: each for each in CHECKS}
    results = tuple(outcome_of(Result(known[name], how, MESSAGE)) for name, how in outcomes)
    failed = tuple(each.id for each in results if each.outcome == "failed")
    keep(
        records,
        Checked(
            at=now(),
            features=project.features,
            versions={"python": "3.11.7", project.framework: "9.9.9"},
            code=digest_of(read_tree(project.folder)),
            results=results,
            causes=failed,
            total=len(results) + running,
            ok=not failed,
            hardened=not failed,
            running=running,
            by=kin(os.getpid()) if running else None,
        ),
    )


def put_log(project: Project, text: str | bytes) -> None:
    """Append to a project's log."""
    records = records_of(project.folder)
    records.mkdir(parents=True, exist_ok=True)
    log = Log(records)
    log.write(text if isinstance(text, bytes) else text.encode())
    log.close()
