"""Make a member of staff: `python -m app.create_staff NAME`."""

import sys
from getpass import getpass

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import engine
from app.members import Member
from app.passwords import password_hash
from app.routers.accounts import SignUp


def create_staff(session: Session, username: str) -> str:
    """Make an existing member staff, or a new one; return a sentence about it."""
    member = session.scalar(select(Member).where(Member.username == username))
    if member is None:
        sent = SignUp(username=username, password=ask_for_password())
        member = Member(
            username=sent.username,
            password_hash=password_hash.hash(sent.password),
        )
        session.add(member)
    member.is_staff = True
    session.commit()
    return f"{member.username} is staff."


def ask_for_password() -> str:
    if sys.stdin.isatty():
        return getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python -m app.create_staff NAME")
    try:
        with Session(engine) as session:
            print(create_staff(session, sys.argv[1]))
    except ValidationError as error:
        sys.exit(error.errors()[0]["msg"])
