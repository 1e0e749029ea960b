"""The tables."""

import secrets
from datetime import UTC, datetime
from typing import Any

from flask_login import UserMixin
from sqlalchemy import DateTime, Float, ForeignKey, String, Text, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from .db import db


def _now() -> datetime:
    return datetime.now(UTC)


def _iso(time: datetime) -> str:
    """Write a time with its offset, which SQLite drops: all our times are UTC."""
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).isoformat()


def new_token() -> str:
    """Make a text that nobody can guess."""
    return secrets.token_hex(16)


class Member(UserMixin, db.Model):
    """Someone who has signed up.

    The session cookie holds `session_token`, not the id: with a new token every cookie
    that was given out before is worthless.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(150), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    session_token: Mapped[str] = mapped_column(
        String(32), unique=True, default=new_token
    )

    def get_id(self) -> str:
        """Tell Flask-Login what to put into the session cookie."""
        return self.session_token


class Review(db.Model):
    """What one reader thinks of a book."""

    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(
        ForeignKey("book.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), index=True
    )
    rating: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=_now)

    # Reviews from before there were members have no author.
    author: Mapped[Member | None] = relationship(lazy="joined")

    def to_dict(self) -> dict[str, Any]:
        """List the fields that the API shows."""
        return {
            "id": self.id,
            "book_id": self.book_id,
            "author": self.author.username if self.author else None,
            "rating": self.rating,
            "text": self.text,
            "created_at": _iso(self.created_at),
        }


class Book(db.Model):
    """A book; the two figures about its reviews are computed whenever it is read."""

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    author: Mapped[str] = mapped_column(String(200))
    isbn: Mapped[str | None] = mapped_column(String(13), unique=True)
    year: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=_now)

    review_count: Mapped[int] = column_property(
        select(func.count(Review.id)).where(Review.book_id == id).scalar_subquery()
    )
    average_rating: Mapped[float | None] = column_property(
        select(func.avg(Review.rating, type_=Float()))
        .where(Review.book_id == id)
        .scalar_subquery()
    )

    def to_dict(self) -> dict[str, Any]:
        """List the fields that the API shows."""
        return {
            "id": self.id,
            "title": self.title,
            "author": self.author,
            "isbn": self.isbn,
            "year": self.year,
            "created_at": _iso(self.created_at),
            "review_count": self.review_count,
            "average_rating": self.average_rating,
        }
