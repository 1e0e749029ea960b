"""The tables."""

#: if cookiecutter.auth :#
import secrets
#: endif :#
from datetime import UTC, datetime
#: if cookiecutter.jobs :#
from typing import Any
#: endif :#

#: if cookiecutter.auth :#
from flask_login import UserMixin
#: endif :#
from sqlalchemy import #: if cookiecutter.jobs :#JSON, #: endif :#DateTime, ForeignKey, Select, String#: if cookiecutter.admin :#, false#: endif :#, func, select
#: if cookiecutter.auth :#
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
#: endif :#
from sqlalchemy.orm import (
    Mapped,
    WriteOnlyMapped,
    column_property,
    mapped_column,
    relationship,
)

from .db import db


def now() -> datetime:
    return datetime.now(UTC)


#: if cookiecutter.auth :#
def new_token() -> str:
    return secrets.token_hex(16)


class Member(UserMixin, db.Model):
    """Someone who has signed up; a new `session_token` makes all old cookies worthless."""

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(150), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    session_token: Mapped[str] = mapped_column(
        String(32), unique=True, default=new_token
    )
    #: if cookiecutter.admin :#
    is_staff: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: endif :#

    def get_id(self) -> str:
        """Tell Flask-Login what to put into the session cookie."""
        return self.session_token


#: endif :#
class Review(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(
        ForeignKey("book.id", ondelete="CASCADE"), index=True
    )
    #: if cookiecutter.auth :#
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), index=True
    )
    #: endif :#
    #: if cookiecutter.admin :#
    hidden: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: endif :#
    rating: Mapped[int]
    text: Mapped[str] = mapped_column(String(2000))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)

    book: Mapped["Book"] = relationship(back_populates="reviews")
    #: if cookiecutter.auth :#
    # Reviews from before there were members have none.
    member: Mapped[Member | None] = relationship(lazy="joined")
    author: AssociationProxy[str | None] = association_proxy("member", "username")
    #: endif :#


class Book(db.Model):
    """A book; the two figures about its reviews are computed whenever it is read."""

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    author: Mapped[str] = mapped_column(String(200))
    isbn: Mapped[str | None] = mapped_column(String(13), unique=True)
    year: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)

    # Write-only: it can be added to and queried, and is never loaded as a whole.
    reviews: WriteOnlyMapped[Review] = relationship(
        back_populates="book", cascade="all, delete-orphan", passive_deletes=True
    )
    #: if not cookiecutter.admin :#
    review_count: Mapped[int] = column_property(
        select(func.count(Review.id)).where(Review.book_id == id).scalar_subquery()
    )
    average_rating: Mapped[float | None] = column_property(
        select(func.avg(Review.rating)).where(Review.book_id == id).scalar_subquery()
    )
    #: endif :#
    #: if cookiecutter.admin :#
    review_count: Mapped[int] = column_property(
        select(func.count(Review.id))
        .where(Review.book_id == id, ~Review.hidden)
        .scalar_subquery()
    )
    average_rating: Mapped[float | None] = column_property(
        select(func.avg(Review.rating))
        .where(Review.book_id == id, ~Review.hidden)
        .scalar_subquery()
    )
    #: endif :#

    def shown_reviews(self) -> Select[Review]:
        """Select the reviews that everybody may read, newest first."""
        #: if cookiecutter.admin :#
        return self.reviews.select().where(~Review.hidden).order_by(Review.id.desc())
        #: else :#
        return self.reviews.select().order_by(Review.id.desc())
        #: endif :#
#: if cookiecutter.jobs :#


class Import(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(String(10), default="queued")
    created: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    errors: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
#: endif :#
