"""Who is asking: members and their passwords."""

from flask_login import LoginManager
from sqlalchemy import func, select
from werkzeug.security import check_password_hash, generate_password_hash

from ..db import db
from ..models import Member

login_manager = LoginManager()
USERNAME = r"[\w.@+-]{1,150}"


@login_manager.user_loader
def load_member(token: str) -> Member | None:
    """Find the member whose token the session cookie holds."""
    return db.session.scalar(select(Member).where(Member.session_token == token))


def find_by_name(username: str) -> Member | None:
    """Find the member with this name, in whatever case: ADA is no other than ada."""
    same = func.lower(Member.username) == func.lower(username)
    return db.session.scalar(select(Member).where(same))


def add_member(username: str, password: str) -> Member:
    """Add a member, and keep of the password only what proves it again."""
    member = Member()
    member.username = username
    member.password_hash = generate_password_hash(password)
    db.session.add(member)
    return member


def find_member(username: str, password: str) -> Member | None:
    """Find the member with this name and password."""
    member = find_by_name(username)
    if member is None:
        # Takes as long as a wrong password does, so that nobody learns who is a member.
        generate_password_hash(password)
        return None
    return member if check_password_hash(member.password_hash, password) else None
