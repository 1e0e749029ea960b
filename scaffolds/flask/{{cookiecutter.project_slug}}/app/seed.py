"""The command `flask seed`."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from .db import db
from .models import Book
from .samples import SAMPLE_BOOKS


@click.command()
@with_appcontext
def seed() -> None:
    """Put the sample books on an empty shelf."""
    if db.session.scalar(select(Book.id).limit(1)):
        click.echo("The shelf has books already, so none were added.")
        return
    db.session.add_all(Book(**book) for book in SAMPLE_BOOKS)
    db.session.commit()
    click.echo(f"Added {len(SAMPLE_BOOKS)} books.")
