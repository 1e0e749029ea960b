"""The database; create_app() ties it to an app."""

import sqlite3
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, MetaData, event
from sqlalchemy.orm import DeclarativeBase
from werkzeug.routing import IntegerConverter


class Base(DeclarativeBase):
    """Base of all models; named constraints are what a later migration can change."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)
migrate = Migrate()


class RowId(IntegerConverter):
    """Match `<id:…>` in a URL: a number that fits into every database's INTEGER."""

    regex = "[0-9]{1,9}"


@event.listens_for(Engine, "connect")
def set_sqlite_pragmas(connection: Any, _record: Any) -> None:
    """Ask SQLite for what it does not do by itself."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA foreign_keys=ON")  # no review without its book
        connection.execute("PRAGMA journal_mode=WAL")  # read while another writes
        connection.execute("PRAGMA busy_timeout=20000")  # milliseconds to wait in line


def init_app(app: Flask) -> None:
    app.url_map.converters["id"] = RowId
    db.init_app(app)
    migrate.init_app(app, db)
