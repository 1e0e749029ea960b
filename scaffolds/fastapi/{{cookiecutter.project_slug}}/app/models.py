"""The tables, as SQLAlchemy models."""

#: if cookiecutter.auth :#
import secrets
#: endif :#
from datetime import UTC, datetime
from typing import Any

#: if cookiecutter.jobs :#
from sqlalchemy import JSON, ColumnElement, ForeignKey, String, func, select
#: else :#
from sqlalchemy import ColumnElement, ForeignKey, String, func, select
#: endif :#
from sqlalchemy.orm import Mapped, column_property, mapped_column

from .database import Base, UtcDateTime


def now() -> datetime:
    return datetime.now(UTC)


#: if cookiecutter.auth :#
def new_token() -> str:
    return secrets.token_urlsafe(32)


class Member(Base):
    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(150), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    # What a session cookie holds: a new one ends every session of this member.
    session_token: Mapped[str] = mapped_column(
        String(43), unique=True, default=new_token
    )
    #: if cookiecutter.admin :#
    is_staff: Mapped[bool] = mapped_column(default=False)
    #: endif :#


#: endif :#
class Review(Base):
    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(
        ForeignKey("book.id", ondelete="CASCADE"), index=True
    )
    rating: Mapped[int]
    text: Mapped[str] = mapped_column(String(2000))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    #: if cookiecutter.auth :#
    # Empty for reviews that were written before there were members.
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL")
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


def of_reviews(value: ColumnElement[Any], book_id: Mapped[int]) -> Any:
    """Compute a value from the reviews of a book, in the query that reads the book.

    So a list of 100 books stays one query.
    """
    query = select(value).where(Review.book_id == book_id#: if cookiecutter.admin :#, ~Review.hidden#: endif :#)
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
#: if cookiecutter.jobs :#


class Import(Base):
    __tablename__ = "import"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(String(7), default="queued")
    created: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    # The lines that were wrong: read and written as a whole, so they need no table.
    errors: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
#: endif :#
