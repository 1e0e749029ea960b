"""The commands that this app adds to `flask`."""

#: if cookiecutter.admin :#
import re

#: endif :#
import click
from flask import Blueprint, current_app, json
from sqlalchemy import select

#: if cookiecutter.admin :#
from .auth.members import USERNAME, add_member, find_by_name
#: endif :#
from .db import db
from .models import Book

bp = Blueprint("commands", __name__, cli_group=None)


#: if cookiecutter.admin :#
@bp.cli.command()
@click.argument("name")
@click.option("--password", help="Asked for if NAME is not a member yet.")
def create_staff(name: str, password: str | None) -> None:
    """Let NAME into the admin; whoever is not a member yet becomes one."""
    member = find_by_name(name)
    if member is None:
        if not re.fullmatch(USERNAME, name):
            raise click.BadParameter("use only letters, digits and . @ + - _")
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
@bp.cli.command()
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
