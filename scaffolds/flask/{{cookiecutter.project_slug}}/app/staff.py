"""The command `flask create-staff`."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from .db import db
from .errors import InvalidInput
from .members import add_member
from .models import Member
from .schemas import MemberInput, check


@click.command()
@click.argument("name")
@click.option("--password", help="Asked for if NAME is not a member yet.")
@with_appcontext
def create_staff(name: str, password: str | None) -> None:
    """Let NAME into the admin; whoever is not a member yet becomes one."""
    member = db.session.scalar(select(Member).where(Member.username == name))
    if member is None:
        member = _add(name, password or _ask_for_password())
    member.is_staff = True
    db.session.commit()
    click.echo(f"{member.username} may use /admin/ now.")


def _ask_for_password() -> str:
    return click.prompt("Password", hide_input=True, confirmation_prompt=True)


def _add(name: str, password: str) -> Member:
    try:
        values = check(MemberInput, {"username": name, "password": password})
    except InvalidInput as invalid:
        problems = (f"{field}: {message}." for field, message in invalid.errors.items())
        raise click.ClickException(" ".join(problems)) from None
    return add_member(values.username, values.password)
