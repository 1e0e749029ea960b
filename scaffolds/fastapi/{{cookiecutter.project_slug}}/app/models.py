"""The tables, as SQLAlchemy models."""

from datetime import UTC, datetime

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column

from app.database import Base, UtcDateTime


def now() -> datetime:
    return datetime.now(UTC)


class Review(Base):
    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(
        ForeignKey("book.id", ondelete="CASCADE"),
        index=True,
    )
    rating: Mapped[int]
    text: Mapped[str] = mapped_column(String(2000))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Book(Base):
    __tablename__ = "book"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    author: Mapped[str] = mapped_column(String(200))
    isbn: Mapped[str | None] = mapped_column(String(13), unique=True)
    year: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    # Computed in the query that reads the book: a list of 100 books stays one query.
    review_count: Mapped[int] = column_property(
        select(func.count(Review.id))
        .where(Review.book_id == id)
        .correlate_except(Review)
        .scalar_subquery()
    )
    average_rating: Mapped[float | None] = column_property(
        select(func.avg(Review.rating))
        .where(Review.book_id == id)
        .correlate_except(Review)
        .scalar_subquery()
    )
