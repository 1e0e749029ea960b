"""What is stored: one SQLite file, its tables and the questions put to it."""

import hashlib
import secrets
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS users (
    id INTEGER PRIMARY KEY, username TEXT NOT NULL UNIQUE, password TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS sessions (
    cookie TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users
);
CREATE TABLE IF NOT EXISTS books (
    id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, author TEXT NOT NULL,
    isbn TEXT UNIQUE, year INTEGER, created_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS reviews (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    book_id INTEGER NOT NULL REFERENCES books ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users,
    rating INTEGER NOT NULL, text TEXT NOT NULL, created_at TEXT NOT NULL
);
"""
BOOK = """
SELECT books.*,
    (SELECT count(*) FROM reviews WHERE book_id = books.id) AS review_count,
    (SELECT avg(rating) FROM reviews WHERE book_id = books.id) AS average_rating
FROM books
"""
FOUND = " WHERE instr(lower(title), lower(:q)) OR instr(lower(author), lower(:q))"
REVIEW = """
SELECT reviews.id, book_id, rating, text, created_at, username AS author
FROM reviews JOIN users ON users.id = user_id
"""
PAGE = " ORDER BY id DESC LIMIT :limit OFFSET :offset"

Row = dict[str, Any]


class Taken(Exception):  # noqa: N818 - said of a value, not of this code
    """Another row has this value already."""


class Store:
    """The one open database; every call is a transaction of its own."""

    def __init__(self, path: str) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.row_factory = sqlite3.Row
        self._database.executescript("PRAGMA foreign_keys = ON;" + TABLES)

    def books(self, q: str, limit: int, offset: int) -> Row:
        values = {"q": q, "limit": limit, "offset": offset}
        where = FOUND if q else ""
        items = self._all(BOOK + where + PAGE, values)
        return {"items": items, "total": self._count("books" + where, values)}

    def book(self, id: int) -> Row | None:
        return self._one(BOOK + " WHERE id = :id", {"id": id})

    def reviews(self, book_id: int, limit: int, offset: int) -> Row:
        values = {"book": book_id, "limit": limit, "offset": offset}
        where = " WHERE book_id = :book"
        items = self._all(REVIEW + where + PAGE.replace("id", "reviews.id"), values)
        return {"items": items, "total": self._count("reviews" + where, values)}

    def review(self, id: int) -> Row | None:
        return self._one(REVIEW + " WHERE reviews.id = :id", {"id": id})

    def add(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert a row; raises `Taken`, also where the row that it belongs to is gone."""
        columns, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
        added = self._run(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)
        return added.lastrowid or 0

    def add_dated(self, table: str, values: Mapping[str, Any]) -> int:
        return self.add(table, {**values, "created_at": datetime.now(UTC).isoformat()})

    def change(self, table: str, id: int, values: Mapping[str, Any]) -> None:
        """Write the given columns and no others."""
        if values:
            columns = ", ".join(f"{name} = :{name}" for name in values)
            self._run(f"UPDATE {table} SET {columns} WHERE id = :id", {**values, "id": id})

    def delete(self, table: str, id: int) -> None:
        self._run(f"DELETE FROM {table} WHERE id = :id", {"id": id})

    def user(self, username: str) -> Row | None:
        return self._one("SELECT * FROM users WHERE username = :name", {"name": username})

    def begin_session(self, user_id: int) -> str:
        """Sign a user in; returns the new cookie."""
        cookie = secrets.token_urlsafe(32)
        self.add("sessions", {"cookie": cookie, "user_id": user_id})
        return cookie

    def signed_in(self, cookie: str) -> Row | None:
        question = "SELECT users.* FROM users JOIN sessions ON user_id = users.id"
        return self._one(question + " WHERE cookie = :cookie", {"cookie": cookie})

    def end_session(self, cookie: str) -> None:
        self._run("DELETE FROM sessions WHERE cookie = :cookie", {"cookie": cookie})

    def _run(self, statement: str, values: Mapping[str, Any]) -> sqlite3.Cursor:
        try:
            return self._database.execute(statement, values)
        except sqlite3.IntegrityError:
            raise Taken from None

    def _all(self, statement: str, values: Mapping[str, Any]) -> list[Row]:
        return [dict(row) for row in self._database.execute(statement, values)]

    def _count(self, rows: str, values: Mapping[str, Any]) -> int:
        return self._database.execute(f"SELECT count(*) FROM {rows}", values).fetchone()[0]

    def _one(self, statement: str, values: Mapping[str, Any]) -> Row | None:
        return next(iter(self._all(statement, values)), None)


def hashed(password: str, salt: str = "") -> str:
    """Return salt and hash; the same salt gives the same hash."""
    salt = salt or secrets.token_hex(16)
    made = hashlib.scrypt(password.encode(), salt=salt.encode(), n=2**14, r=8, p=1)
    return f"{salt}${made.hex()}"


def same(password: str, stored: str) -> bool:
    return secrets.compare_digest(hashed(password, stored.split("$")[0]), stored)
