"""Make a member of staff: `python -m app.create_staff NAME`."""

import sys
from getpass import getpass

from pydantic import ValidationError
from sqlalchemy.orm import Session

from . import crud
from .auth import password_hash
from .database import SessionLocal
from .routers.accounts import MemberCreate
from .schemas import explain


def create_staff(session: Session, username: str) -> str:
    """Make an existing member staff, or a new one; return a sentence about it."""
    member = crud.find_member(session, username)
    if member is None:
        sent = MemberCreate(username=username, password=getpass("Password: "))
        hashed = password_hash.hash(sent.password)
        member = crud.create_member(session, sent.username, hashed)
    member.is_staff = True
    session.commit()
    return f"{member.username} is staff."


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python -m app.create_staff NAME")
    try:
        with SessionLocal() as session:
            print(create_staff(session, sys.argv[1]))
    except ValidationError as error:
        sys.exit("\n".join(f"{name}: {text}" for name, text in explain(error).items()))
