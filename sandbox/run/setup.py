"""A project's database at its first start: migrated and seeded once, and never reset."""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sandbox.errors import ServerError
from sandbox.replace import replace_text
from sandbox.run.job import Job

_RECORD = "setup.json"
_DATABASES = (".db", ".sqlite3")
_MIGRATIONS = "migrations"
_LEFT_OUT = (".git", ".venv", "__pycache__", "node_modules")
_SENTENCES = {"migrate": "Making the tables", "seed": "Adding the sample books"}


@dataclass(frozen=True)
class Step:
    """One command of the set-up: its name, what is said meanwhile, its lines, what is due next."""

    name: str
    sentence: str
    lines: tuple[str, ...]
    rest: tuple[str, ...]


def steps(job: Job, records: Path) -> tuple[Step, ...]:
    """Return what is to be done before the app is up, in order: nothing for most starts.

    Migrations are run when they, or the features, are others than at the last time; books are
    only sown into a database that this has made.
    """
    before = _read(records)
    gone = [path for path in before.get("databases", ()) if not (job.project / path).exists()]
    fresh = gone or "seed" not in before.get("done", ())
    untouched = not before and any(_databases(job.project))
    due = {
        "migrate": gone or before.get("migrations") != _digest(job),
        "seed": fresh and not untouched,
    }
    names = [name for name in _SENTENCES if due[name] and job.lines_of(name)]
    return tuple(
        Step(name, _SENTENCES[name], job.lines_of(name), tuple(names[number:]))
        for number, name in enumerate(names, 1)
    )


def never_done(records: Path) -> bool:
    """Tell whether nothing of the set-up has been done yet."""
    return not _read(records)


def done(job: Job, records: Path, step: Step) -> None:
    """Keep that a step is done, and which one is due after it; raises `OSError`."""
    kept = _read(records)
    kept["done"] = sorted({*_SENTENCES} - {*step.rest})
    kept["databases"] = sorted(_databases(job.project))
    if step.name == "migrate":
        kept["migrations"] = _digest(job)
    replace_text(records / _RECORD, json.dumps(kept))


def failed(job: Job, line: str, output: str) -> ServerError:
    """Return the complaint about a command of the set-up that failed."""
    said = [each.strip() for each in output.splitlines() if each.strip()]
    last = said[-1][:300] if said else "It printed nothing."
    return ServerError(
        f"“{line}” failed: {last}",
        f"Nothing was reset. Read the log, mend it, then start again, or type `{line}` "
        "in the project's folder.",
    )


def _read(records: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        found = json.loads((records / _RECORD).read_bytes())
        if isinstance(found, dict):
            return cast("dict[str, Any]", found)
    return {}


def _digest(job: Job) -> str:
    """Return what decides whether the tables are those that the project wants."""
    found = hashlib.sha256(" ".join(job.features).encode())
    for path in sorted(_files(job.project)):
        if f"/{_MIGRATIONS}/" in f"/{path}" and path.endswith(".py"):
            found.update(path.encode())
            with suppress(OSError):
                found.update((job.project / path).read_bytes())
    return found.hexdigest()


def _databases(project: Path) -> Iterator[str]:
    for path in _files(project):
        if path.endswith(_DATABASES):
            yield path


def _files(project: Path) -> Iterator[str]:
    for current, folders, names in os.walk(project, followlinks=False):
        folders[:] = [name for name in folders if name not in _LEFT_OUT]
        for name in names:
            yield Path(current, name).relative_to(project).as_posix()
