"""The tables, as SQLAlchemy models."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, ScalarSelect, String, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column

from app.database import Base, UtcDateTime

#:- if cookiecutter.auth +:#
from app.members import Member

#:- endif +:#


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
    #: if cookiecutter.auth :#
    # Empty for reviews that were written before there were members.
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"),
    )
    author: Mapped[str | None] = column_property(
        select(Member.username)
        .where(Member.id == author_id)
        .correlate_except(Member)
        .scalar_subquery()
    )
    #: endif :#
    #: if cookiecutter.admin :#
    hidden: Mapped[bool] = mapped_column(default=False)
    #: endif :#


def of_reviews(value: ColumnElement[Any], book_id: Mapped[int]) -> ScalarSelect[Any]:
    """Compute a value from the reviews of a book, in the query that reads the book.

    So a list of 100 books stays one query.
    """
    query = select(value).where(Review.book_id == book_id)
    #: if cookiecutter.admin :#
    query = query.where(~Review.hidden)
    #: endif :#
    return query.correlate_except(Review).scalar_subquery()


class Book(Base):
    __tablename__ = "book"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    author: Mapped[str] = mapped_column(String(200))
    isbn: Mapped[str | None] = mapped_column(String(13), unique=True)
    year: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    review_count: Mapped[int] = column_property(of_reviews(func.count(Review.id), id))
    average_rating: Mapped[float | None] = column_property(
        of_reviews(func.avg(Review.rating), id)
    )
