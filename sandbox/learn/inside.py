"""Look inside a copy that runs for a check: its passwords, the queries of a request, who waits.

Each look tells only of what is surely amiss; where it cannot tell, it says nothing.
"""

import re
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import httpx2

_SECONDS = 10.0
_FEW = 4  # rows below which a list tells nothing about one query a row
_SLOW, _HELD_UP = 1.0, 0.5  # seconds of a request, and of another one that waits for it
_TIMES = 4  # as long as it takes alone
_DATABASES = ("*.db", "*.sqlite3")
# The passwords that the checks sign up with, and the one of the staff: never stored by a good app.
_PLAIN = re.compile(r"\w{6}-\w{7}-38|the-password-of-staff-7")
_FAST = re.compile(r"(?P<md5>[0-9a-f]{32})|(?P<sha1>[0-9a-f]{40})|(?P<sha256>[0-9a-f]{64})")
_NAMED_FAST = re.compile(r"(?P<name>md5|sha1|unsalted_md5|unsalted_sha1)\$")
_KEPT_IN = re.compile(r"pass|pwd|^pw|hash|secret", re.IGNORECASE)


@dataclass(frozen=True)
class Inside:
    """What of a running copy may be read: its folder, and its file of database statements."""

    folder: Path
    queries: Path


@dataclass(frozen=True)
class Found:
    """Something amiss inside: which look, the sentence that should hold, and what was seen."""

    look: str
    sentence: str
    message: str


Look = Callable[[str, Inside], Iterator[Found]]


def look_inside(feature: str, url: str, inside: Inside) -> tuple[Found, ...]:
    """Return what is amiss inside a copy that runs at `url`, in a lesson about this feature."""
    found: list[Found] = []
    for look in LOOKS.get(feature, ()):
        with suppress(httpx2.HTTPError, sqlite3.Error, OSError):  # then it cannot tell
            found += look(url, inside)
    return tuple(found)


def _passwords(url: str, inside: Inside) -> Iterator[Found]:
    """Look at the texts that the copy's databases hold; one sentence is enough."""
    for table, column, value in _texts(inside.folder):
        how = _kept_badly(column, value)
        if how:
            message = f"The column {column} of the table {table} holds {how}."
            yield Found("passwords", "Passwords are kept as slow, salted hashes.", message)
            return


def _kept_badly(column: str, value: str) -> str:
    if _PLAIN.fullmatch(value):
        return f"a password as it was typed: {value}"
    named = _NAMED_FAST.match(value)
    if named:
        return f"a password as {named['name']}, which is guessed at a billion a second"
    fast = _FAST.fullmatch(value) if _KEPT_IN.search(column) else None
    if fast and fast.lastgroup:
        return f"a password as {fast.lastgroup}, which is guessed at a billion a second"
    return ""


def _texts(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield table, column and value of the texts in every database of a folder."""
    paths = [path for pattern in _DATABASES for path in folder.rglob(pattern)]
    for path in paths:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=2)) as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (table,) in tables.fetchall():
                rows = database.execute(f'SELECT * FROM "{table}" LIMIT 500')
                names = [each[0] for each in rows.description]
                for row in rows:
                    for column, value in zip(names, row, strict=True):
                        if isinstance(value, str):
                            yield table, column, value


def _queries(path: str) -> Look:
    def look(url: str, inside: Inside) -> Iterator[Found]:
        rows = len(_books(url))
        if rows < _FEW or not inside.queries.is_file():
            return
        with httpx2.Client(base_url=url, trust_env=False, timeout=_SECONDS) as client:
            client.get(path)  # what is read once, such as a first connection, is read now
            before = inside.queries.stat().st_size
            answer = client.get(path)
        if answer.status_code != 200:
            return
        text = inside.queries.read_bytes()[before:].decode("utf-8", "replace")
        asked = [each for each in text.splitlines() if each.upper().startswith("SELECT")]
        shape, times = max(Counter(map(_shape, asked)).items(), key=_second, default=("", 0))
        if times >= min(rows, _SHOWN.get(path, rows)):
            message = (
                f"GET {path} asked the database {len(asked)} times, {times} times the same with "
                f"another value: {shape[:200]}"
            )
            yield Found(
                "queries", "A list asks the database as often for many rows as for few.", message
            )

    return look


_SHOWN = {"/books": 10}  # a page of the list has so many


def _second(pair: tuple[str, int]) -> int:
    return pair[1]


def _shape(statement: str) -> str:
    """Return a statement without its values."""
    return re.sub(r"'(?:[^']|'')*'|\b\d+\b", "?", statement)


def _blocking(url: str, inside: Inside) -> Iterator[Found]:
    """Ask for something slow and, while it is under way, for what takes no time.

    Only what shows twice counts: a busy computer, or the first request of all, is slow once.
    """
    books = _books(url)
    number = books[0].get("id", 1) if books else 1
    for path in ("/api/books?limit=1", f"/api/books/{number}", f"/api/books/{number}/offers"):
        if _held_up(url, path) and (seen := _held_up(url, path)):
            message = (
                f"GET {path} took {seen[0]:.1f} s, and GET /health, asked meanwhile, had to wait "
                f"{seen[1]:.1f} s for it."
            )
            yield Found("blocking", "While one request waits, the app answers the others.", message)
            return


def _held_up(url: str, path: str) -> tuple[float, float] | None:
    """Return how long a request took and how long another waited for it, None if it did not."""
    alone: list[float] = []
    _timed(url, "/health", alone)
    took: list[float] = []
    asking = threading.Thread(target=_timed, args=(url, path, took))
    asking.start()
    asking.join(_SLOW / 4)
    if not asking.is_alive():
        return None
    waited: list[float] = []
    _timed(url, "/health", waited)
    asking.join(_SECONDS)
    if not (alone and took and waited):
        return None
    held_up = waited[0] > max(_HELD_UP, _TIMES * alone[0])
    return (took[0], waited[0]) if took[0] > _SLOW and held_up else None


def _timed(url: str, path: str, took: list[float]) -> None:
    began = time.monotonic()
    with suppress(httpx2.HTTPError):
        httpx2.get(f"{url}{path}", trust_env=False, timeout=_SECONDS)
        took.append(time.monotonic() - began)


def _books(url: str) -> list[Mapping[str, Any]]:
    answer = httpx2.get(f"{url}/api/books?limit=100", trust_env=False, timeout=_SECONDS)
    try:
        found = answer.json()["items"]
    except (ValueError, KeyError, TypeError):
        return []
    return cast("list[Mapping[str, Any]]", found) if isinstance(found, list) else []


LOOKS: Mapping[str, tuple[Look, ...]] = {
    "auth": (_passwords,),
    "admin": (_passwords,),
    "database": (_queries("/api/books?limit=100"),),
    "pages": (_queries("/books"), _queries("/api/books?limit=100")),
    "async": (_blocking,),
}
