"""A copy is only migrated where there may be something to migrate."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sandbox.run.migrated import is_migrated, keep_migrated, state


def ask(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    (folder / "migrations/versions").mkdir(parents=True)
    (folder / "migrations/versions/0001_books.py").write_text("revision = '0001'", "utf-8")
    (folder / "app.py").write_text('DATABASE = "sqlite:///shelf.db"', "utf-8")
    (folder / "views.py").write_text("", "utf-8")
    ask(folder / "shelf.db", "CREATE TABLE alembic_version (version_num)", "CREATE TABLE book (id)")
    ask(folder / "shelf.db", "INSERT INTO alembic_version VALUES ('0001')")
    return folder


def test_a_state_that_was_migrated_is_known_again(project: Path, tmp_path: Path) -> None:
    assert not is_migrated(project, tmp_path)
    keep_migrated(project, tmp_path)
    (project / "views.py").write_text("changed = True", "utf-8")
    ask(project / "shelf.db", "INSERT INTO book VALUES (7)")
    assert is_migrated(project, tmp_path)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a migration": lambda each: (each / "migrations/versions/0002.py").write_text("", "utf-8"),
    "another database": lambda each: (each / "app.py").write_text('"sqlite:///other.db"', "utf-8"),
    "a version": lambda each: ask(each / "shelf.db", "DELETE FROM alembic_version"),
    "a table gone": lambda each: ask(each / "shelf.db", "DROP TABLE book"),
    "no database": lambda each: (each / "shelf.db").unlink(),
    "a second database": lambda each: ask(each / "more.db", "CREATE TABLE book (id)"),
    "no database after all": lambda each: (each / "shelf.db").write_text("a text " * 99, "utf-8"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_may_need_a_migration_is_another_state(
    project: Path, tmp_path: Path, change: str
) -> None:
    keep_migrated(project, tmp_path)
    CHANGES[change](project)
    assert not is_migrated(project, tmp_path)


def test_where_there_is_no_database_nothing_is_kept(project: Path, tmp_path: Path) -> None:
    (project / "shelf.db").unlink()
    keep_migrated(project, tmp_path)
    assert state(project) is None
    assert not (tmp_path / "migrated.txt").exists()
