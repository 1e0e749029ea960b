"""Keep passwords so that nobody who reads the database knows them."""

from pwdlib import PasswordHash
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.members import Member

password_hash = PasswordHash.recommended()

# Compared with the password of nobody: an unknown name must not be answered faster.
DUMMY_HASH = password_hash.hash("a password for nobody")


def find_member(session: Session, username: str, password: str) -> Member | None:
    """Return the member with this name, if the password is theirs."""
    member = session.scalar(select(Member).where(Member.username == username))
    known_hash = member.password_hash if member else DUMMY_HASH
    return member if password_hash.verify(password, known_hash) else None
