"""The database: how it is reached, and how its columns are written."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, MetaData, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import DateTime, TypeDecorator

#: if cookiecutter.deploy :#
from .config import settings

#: endif :#
DATABASE_FILE = Path(__file__).resolve().parent.parent / "shelf.db"
#: if cookiecutter.deploy :#
SQLITE = URL.create("sqlite", database=str(DATABASE_FILE))
DATABASE_URL = settings.database_url or SQLITE
#: else :#
DATABASE_URL = URL.create("sqlite", database=str(DATABASE_FILE))
#: endif :#


def make_engine(url: str | URL) -> Engine:
    """Prepare the connections to a database; the first session opens one."""
    # No limit: a request that waits for a connection keeps a thread, which those who have
    # one need to finish. And no parameters, such as the hash of a password, in a log.
    engine = create_engine(url, max_overflow=-1, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", set_up_sqlite)
    return engine


def set_up_sqlite(connection: Any, record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")  # unchecked unless asked for
    connection.execute("PRAGMA journal_mode = WAL")  # nobody waits for a reader
    connection.execute("PRAGMA busy_timeout = 20000")  # a writer waits for another


engine = make_engine(DATABASE_URL)
SessionLocal = sessionmaker(engine, expire_on_commit=False)


def get_session() -> Iterator[Session]:
    with SessionLocal() as session:
        yield session


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC: SQLite keeps no time zone, so it is put back on reading."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> Any:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Any) -> datetime | None:
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
