"""The tables."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Float, ForeignKey, String, Text, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column

from .db import db


def _now() -> datetime:
    return datetime.now(UTC)


def _iso(time: datetime) -> str:
    """Write a time with its offset, which SQLite drops: all our times are UTC."""
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).isoformat()


class Review(db.Model):
    """What one reader thinks of a book."""

    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(
        ForeignKey("book.id", ondelete="CASCADE"), index=True
    )
    rating: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=_now)

    def to_dict(self) -> dict[str, Any]:
        """List the fields that the API shows."""
        return {
            "id": self.id,
            "book_id": self.book_id,
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
