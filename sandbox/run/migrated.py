"""Which state of a project's database needs no migration, so that its copy can start at once."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from sandbox.replace import replace_text

_RECORD = "migrated.txt"
_DATABASES = ("*.db", "*.sqlite3")
_VERSIONS = ("alembic_version", "django_migrations")
_LEFT_OUT = {".venv", "tests", "node_modules"}


def state(project: Path) -> str | None:
    """Return what decides whether there is anything to migrate; None where that is not clear.

    These are the migrations that there are, those that the one database says it has, and every
    file that may tell where the database is, or which apps bring migrations of their own.
    """
    databases = [path for pattern in _DATABASES for path in project.rglob(pattern)]
    if len(databases) != 1:
        return None
    digest = hashlib.sha256()
    with suppress(sqlite3.Error, OSError):
        rows = repr(_versions(databases[0]))
        for path in sorted(_deciding(project)):
            digest.update(f"{path.relative_to(project)}\0".encode() + path.read_bytes() + b"\0")
        digest.update(rows.encode())
        return digest.hexdigest()
    return None


def is_migrated(project: Path, records: Path) -> bool:
    """Tell whether the project was in this state when its migrations had been run."""
    with suppress(OSError, UnicodeDecodeError):
        return (records / _RECORD).read_text(encoding="utf-8") == state(project)
    return False


def keep_migrated(project: Path, records: Path) -> None:
    """Keep the state of a project whose migrations have just been run; raises `OSError`."""
    if found := state(project):
        replace_text(records / _RECORD, found)


def _versions(database: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=2)) as rows:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        names = [name for (name,) in rows.execute(query)]
        kept = [name for name in _VERSIONS if name in names]
        done = [row for name in kept for row in rows.execute(f"SELECT * FROM {name}")]
        return [*((name,) for name in names), *done]


def _deciding(project: Path) -> Iterator[Path]:
    for path in project.rglob("*"):
        inside = path.relative_to(project)
        if not path.is_file() or _LEFT_OUT.intersection(inside.parts):
            continue
        if "migrations" in inside.parts[:-1]:
            if path.suffix == ".py":
                yield path
        elif path.suffix in {".py", ".ini", ".toml", ".env"} and b"sqlite" in path.read_bytes():
            yield path
