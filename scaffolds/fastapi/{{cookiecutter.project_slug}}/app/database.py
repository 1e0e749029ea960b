"""Where the data is kept, and how its columns are written."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    DateTime,
    Dialect,
    Engine,
    MetaData,
    TypeDecorator,
    create_engine,
    event,
)
from sqlalchemy.orm import DeclarativeBase

#: if cookiecutter.deploy :#
from app.settings import settings

#: endif :#
DATABASE_URL = f"sqlite:///{Path(__file__).resolve().parent.parent / 'shelf.db'}"
#: if cookiecutter.deploy :#
DATABASE_URL = settings.database_url or DATABASE_URL
#: endif :#


def make_engine(url: str) -> Engine:
    """Prepare the connections to a database; the first session opens one."""
    # No limit to the connections: one that waits for a free connection keeps a thread that
    # the others need to finish and give theirs back. With SQLite each is only an open file.
    engine = create_engine(url, max_overflow=-1)

    if engine.dialect.name == "sqlite":
        # SQLite leaves foreign keys unchecked unless it is asked on every connection.
        @event.listens_for(engine, "connect")
        def enforce_foreign_keys(connection: Any, record: object) -> None:
            connection.execute("PRAGMA foreign_keys = ON")

    return engine


engine = make_engine(DATABASE_URL)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC: SQLite keeps no time zone, so it is put back on reading."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,
    ) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,
    ) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    # Names by which a later migration can find a constraint to change or drop it.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
