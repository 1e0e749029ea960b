"""The table of members, as a SQLAlchemy model."""

import secrets

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


def new_token() -> str:
    return secrets.token_urlsafe(32)


class Member(Base):
    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(150), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    # What a session cookie holds: a new one ends every session of this member.
    session_token: Mapped[str] = mapped_column(
        String(43),
        unique=True,
        default=new_token,
    )
    #: if cookiecutter.admin :#
    is_staff: Mapped[bool] = mapped_column(default=False)
    #: endif :#
