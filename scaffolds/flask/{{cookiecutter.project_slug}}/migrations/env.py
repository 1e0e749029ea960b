"""How Alembic, which `flask db` drives, reaches the app's database and models."""

from logging.config import fileConfig
from typing import Any

from alembic import context
from flask import current_app

config = context.config
if config.config_file_name:
    fileConfig(config.config_file_name, disable_existing_loggers=False)

migrate = current_app.extensions["migrate"]
engine = migrate.db.engine
metadata = migrate.db.metadata


def run_migrations_offline() -> None:
    """Print the SQL instead of running it: `flask db upgrade --sql`."""
    context.configure(
        url=engine.url.render_as_string(hide_password=False),
        target_metadata=metadata,
        literal_binds=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_migrations_online() -> None:
    """Run the migrations on the app's database."""
    with engine.connect() as connection:
        # SQLite changes a table by copying it and dropping the original. With foreign
        # keys on, dropping `book` would delete the reviews of every book.
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=metadata,
            **{
                "process_revision_directives": skip_empty_migration,
                **migrate.configure_args,
            },
        )
        with context.begin_transaction():
            context.run_migrations()
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def skip_empty_migration(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Write no file when `flask db migrate` finds no change in the models."""
    automatic = getattr(config.cmd_opts, "autogenerate", False)
    if automatic and directives[0].upgrade_ops.is_empty():
        directives.clear()


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
