"""How Alembic reaches the database and the models; `alembic` runs this file."""

from logging.config import fileConfig
from typing import Literal

from alembic import context
from sqlalchemy import NullPool, create_engine

from app import models
from app.database import DATABASE_URL, UtcDateTime

config = context.config
if config.config_file_name is not None:
    fileConfig(config.config_file_name, disable_existing_loggers=False)


def render_item(kind: str, item: object, _: object) -> str | Literal[False]:
    """Write our column type as the plain one, so that no migration depends on app code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime()"
    return False


def run_migrations() -> None:
    # Not the engine of the app: SQLite changes a table by copying and dropping it, and
    # with foreign keys enforced dropping `book` would delete every review.
    url = config.attributes.get("url", DATABASE_URL)
    with create_engine(url, poolclass=NullPool).connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=models.Base.metadata,
            render_as_batch=True,
            render_item=render_item,
        )
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
