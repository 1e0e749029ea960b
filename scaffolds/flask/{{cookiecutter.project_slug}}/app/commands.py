"""The commands that this app adds to `flask`."""

#: if cookiecutter.admin :#
import re

#: endif :#
import click
from flask import Flask, current_app, json
from flask.cli import with_appcontext
from sqlalchemy import select

#: if cookiecutter.admin :#
from .auth.members import USERNAME, add_member, is_taken
#: endif :#
from .db import db
#: if not cookiecutter.admin :#
from .models import Book
#: endif :#
#: if cookiecutter.admin :#
from .models import Book, Member
#: endif :#


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(seed)
    #: if cookiecutter.admin :#
    app.cli.add_command(create_staff)
    #: endif :#


#: if cookiecutter.admin :#
@click.command()
@click.argument("name")
@click.option("--password", help="Asked for if NAME is not a member yet.")
@with_appcontext
def create_staff(name: str, password: str | None) -> None:
    """Let NAME into the admin; whoever is not a member yet becomes one."""
    member = db.session.scalar(select(Member).where(Member.username == name))
    if member is None:
        if not re.fullmatch(USERNAME, name):
            raise click.BadParameter("use only letters, digits and . @ + - _")
        if is_taken(name):
            raise click.BadParameter("a member's name differs from it only in case")
        password = password or click.prompt(
            "Password", hide_input=True, confirmation_prompt=True
        )
        if len(password) < 8:
            raise click.BadParameter("a password has at least 8 characters")
        member = add_member(name, password)
    member.is_staff = True
    db.session.commit()
    click.echo(f"{member.username} may use /admin/ now.")


#: endif :#
@click.command()
@with_appcontext
def seed() -> None:
    """Put the sample books on an empty shelf."""
    if db.session.scalar(select(Book.id).limit(1)):
        click.echo("The shelf has books already, so none were added.")
        return
    with current_app.open_resource("samples.json") as file:
        books = json.load(file)
    db.session.add_all(Book(**book) for book in books)
    db.session.commit()
    click.echo(f"Added {len(books)} books.")
