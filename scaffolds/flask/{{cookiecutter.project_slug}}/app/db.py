"""The database; create_app() ties it to an app."""

import sqlite3
from typing import Any, TypeVar

from flask import abort
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
Row = TypeVar("Row")


@event.listens_for(Engine, "connect")
def enforce_foreign_keys(connection: Any, _record: Any) -> None:
    """Ask SQLite, which does not by itself, to keep every review tied to a book."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA foreign_keys=ON")


class RowId(IntegerConverter):
    """Match `<id:…>` in an address: a number that is not longer than any row's id."""

    regex = r"\d{1,19}"


def get_or_404(model: type[Row], row_id: int) -> Row:
    """Find a row by its id, or answer 404; databases count to 2**63 - 1."""
    missing = f"There is no such {model.__name__.lower()}."
    if row_id >= 2**63:
        abort(404, missing)
    return db.get_or_404(model, row_id, description=missing)
