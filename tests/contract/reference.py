"""A tiny correct app, kept in memory, to hold the checks against; a test breaks one rule of it.

`Reference` is WSGI without a framework, so that no framework's habits leak into the checks.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs

from tests.contract.sample_books import SAMPLE_BOOKS

Environ = dict[str, Any]


class Refusal(Exception):  # noqa: N818 - an answer, no error
    """An answer other than success."""

    def __init__(self, status: int, body: Any, **headers: str) -> None:
        super().__init__(status)
        self.status, self.body, self.headers = status, body, headers


@dataclass
class Reference:
    """Shelf with the given features; every method is one rule, which a test may replace."""

    features: frozenset[str]
    books: list[dict[str, Any]] = field(default_factory=list)
    reviews: list[dict[str, Any]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=lambda: {"books": 0, "reviews": 0})
    lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        if "database" not in self.features:
            for book in SAMPLE_BOOKS:
                self.books.append({"id": self.next_id("books"), **book})

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        try:
            with self.lock:
                status, body, headers = self.answer(environ)
        except Refusal as refusal:
            status, body, headers = refusal.status, refusal.body, refusal.headers
        content = b"" if body is None else json.dumps(body).encode()
        kind = [("Content-Type", "application/json")] if content else []
        start(f"{status} -", [*kind, *headers.items(), ("Content-Length", str(len(content)))])
        return [content]

    def answer(self, environ: Environ) -> tuple[int, Any, dict[str, str]]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        method = environ["REQUEST_METHOD"]
        for pattern, handlers in self.routes():
            if match := re.fullmatch(pattern, path):
                allowed = {verb: handler for verb, handler in handlers.items() if handler}
                if method not in allowed:
                    detail = {"detail": "Not this method."}
                    raise Refusal(405, detail, Allow=", ".join(allowed))
                return allowed[method](environ, *match.groups())
        raise Refusal(404, {"detail": "Not Found"})

    def routes(self) -> list[tuple[str, dict[str, Any]]]:
        adds, stores = "validation" in self.features, "database" in self.features
        found: list[tuple[str, dict[str, Any]]] = [
            ("/", {"GET": lambda _: (200, "Shelf", {})}),
            ("/health", {"GET": lambda _: (200, {"status": "ok"}, {})}),
        ]
        if "routes" in self.features:
            change = {"PATCH": self.change_book, "DELETE": self.remove_book} if stores else {}
            found += [
                ("/api/books", {"GET": self.list_books, "POST": adds and self.add_book}),
                ("/api/books/([^/]+)", {"GET": self.read_book, **change}),
            ]
        if stores:
            found += [
                ("/api/books/([^/]+)/reviews", {"GET": self.list_reviews, "POST": self.review}),
                ("/api/reviews/([^/]+)", {"PATCH": self.change_review, "DELETE": self.drop_review}),
            ]
        return found

    def next_id(self, kind: str) -> int:
        self.numbers[kind] += 1
        return self.numbers[kind]

    def page(self, things: list[Any], environ: Environ) -> tuple[int, Any, dict[str, str]]:
        query = parse_qs(environ["QUERY_STRING"], keep_blank_values=True, errors="replace")
        limit = self.bounded(query, "limit", 20, 1, 100)
        offset = self.bounded(query, "offset", 0, 0, None)
        return 200, {"items": things[offset : offset + limit], "total": len(things)}, {}

    def bounded(self, query: Any, name: str, default: int, low: int, high: int | None) -> int:
        text = query.get(name, [str(default)])[0]
        good = re.fullmatch("-?[0-9]{1,40}", text) is not None
        if not good or int(text) < low or (high is not None and int(text) > high):
            raise Refusal(400, {name: [f"Give a number from {low} to {high}."]})
        return int(text)

    def find(self, things: list[dict[str, Any]], text: str) -> dict[str, Any]:
        for thing in things:
            if str(thing["id"]) == text:
                return thing
        raise Refusal(404, {"detail": "There is no such thing."})

    def body(self, environ: Environ) -> dict[str, Any]:
        if environ.get("CONTENT_TYPE", "").partition(";")[0] != "application/json":
            raise Refusal(415, {"detail": "Send JSON."})
        raw = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if len(raw) > 1_000_000:
            raise Refusal(413, {"detail": "That is too much."})
        try:
            value = json.loads(raw.decode(), parse_constant=self.refuse_constant)
        except (ValueError, RecursionError):
            raise Refusal(400, {"detail": "That is no JSON."}) from None
        if not isinstance(value, dict):
            raise Refusal(400, {"detail": "Send an object."})
        return value

    def refuse_constant(self, name: str) -> float:
        raise ValueError(name)

    def shown(self, book: dict[str, Any]) -> dict[str, Any]:
        if "database" not in self.features:
            return book
        ratings = [item["rating"] for item in self.reviews if item["book_id"] == book["id"]]
        mean = sum(ratings) / len(ratings) if ratings else None
        return {**book, "review_count": len(ratings), "average_rating": mean}

    def list_books(self, environ: Environ) -> tuple[int, Any, dict[str, str]]:
        query = parse_qs(environ["QUERY_STRING"], keep_blank_values=True, errors="replace")
        wanted = query.get("q", [""])[0].lower()
        found = [
            self.shown(book)
            for book in self.books
            if wanted in book["title"].lower() or wanted in book["author"].lower()
        ]
        return self.page(found[::-1] if "database" in self.features else found, environ)

    def read_book(self, environ: Environ, number: str) -> tuple[int, Any, dict[str, str]]:
        return 200, self.shown(self.find(self.books, number)), {}

    def add_book(self, environ: Environ) -> tuple[int, Any, dict[str, str]]:
        book = self.checked_book(self.body(environ), None)
        book = {"id": self.next_id("books"), **book}
        if "database" in self.features:
            book["created_at"] = datetime.now(UTC).isoformat()
        self.books.append(book)
        return 201, self.shown(book), {"Location": f"/api/books/{book['id']}"}

    def change_book(self, environ: Environ, number: str) -> tuple[int, Any, dict[str, str]]:
        book = self.find(self.books, number)
        book.update(self.checked_book(self.body(environ), book))
        return 200, self.shown(book), {}

    def remove_book(self, environ: Environ, number: str) -> tuple[int, Any, dict[str, str]]:
        book = self.find(self.books, number)
        self.books.remove(book)
        self.reviews = [item for item in self.reviews if item["book_id"] != book["id"]]
        return 204, None, {}

    def checked_book(self, sent: dict[str, Any], old: dict[str, Any] | None) -> dict[str, Any]:
        new = {name: sent[name] for name in ("title", "author", "isbn", "year") if name in sent}
        if old is None:
            new = {"title": None, "author": None, "isbn": None, "year": None, **new}
        errors = {name: ["This is not right."] for name in new if not self.fits(name, new)}
        if errors:
            raise Refusal(422, errors)
        if new.get("isbn") and any(b["isbn"] == new["isbn"] and b is not old for b in self.books):
            raise Refusal(409, {"detail": "Another book has this ISBN."})
        return new

    def fits(self, name: str, new: dict[str, Any]) -> bool:
        value = new[name]
        if name == "year":
            return value is None or (type(value) is int and -3000 <= value <= date.today().year + 1)
        if name == "isbn" and value is None:
            return True
        if not isinstance(value, str) or re.search("[\x00\ud800-\udfff]", value):
            return False
        new[name] = value = value.strip()
        if name == "isbn":
            new[name] = value or None
            return not value or (re.fullmatch("[0-9]{13}", value) is not None and _adds_up(value))
        return 1 <= len(value) <= 200

    def list_reviews(self, environ: Environ, number: str) -> tuple[int, Any, dict[str, str]]:
        book = self.find(self.books, number)
        return self.page([r for r in self.reviews[::-1] if r["book_id"] == book["id"]], environ)

    def review(self, environ: Environ, number: str) -> tuple[int, Any, dict[str, str]]:
        book = self.find(self.books, number)
        sent = {"rating": None, "text": None, **self.body(environ)}
        review = {"id": self.next_id("reviews"), "book_id": book["id"]}
        review |= {**self.checked_review(sent), "created_at": datetime.now(UTC).isoformat()}
        self.reviews.append(review)
        return 201, review, {}

    def change_review(self, environ: Environ, number: str) -> tuple[int, Any, dict[str, str]]:
        review = self.find(self.reviews, number)
        review.update(self.checked_review(self.body(environ)))
        return 200, review, {}

    def drop_review(self, environ: Environ, number: str) -> tuple[int, Any, dict[str, str]]:
        self.reviews.remove(self.find(self.reviews, number))
        return 204, None, {}

    def checked_review(self, sent: dict[str, Any]) -> dict[str, Any]:
        new = {name: sent[name] for name in ("rating", "text") if name in sent}
        if isinstance(new.get("text"), str):
            new["text"] = new["text"].strip()
        text, rating = new.get("text", "x"), new.get("rating", 1)
        if type(rating) is not int or not 1 <= rating <= 5:
            raise Refusal(422, {"rating": ["Give 1 to 5."]})
        good = isinstance(text, str) and 1 <= len(text) <= 2000
        if not good or re.search("[\x00\ud800-\udfff]", text):
            raise Refusal(422, {"text": ["Write 1 to 2000 characters."]})
        return new


def _adds_up(isbn: str) -> bool:
    return sum(int(digit) * (3 if i % 2 else 1) for i, digit in enumerate(isbn)) % 10 == 0


def held_until(let_go: threading.Event, app: Any) -> Any:
    """Return the same WSGI app, but that it answers only when it is let go."""

    def held(environ: dict[str, Any], start: Any) -> Any:
        let_go.wait(20)
        return app(environ, start)

    return held
