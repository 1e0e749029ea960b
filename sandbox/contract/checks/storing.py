"""Checks of `database`: the order of the list, its pages, and what outlives the process."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Barrier, BrokenBarrierError

from sandbox.contract.answer import Answer
from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_status, expect_taken
from sandbox.contract.shelf import BOOKS

ORDER = 110

_CLOCK_TOLERANCE = timedelta(minutes=15)
_ROUNDS = 10
_FEW = 5  # books of which an order can be told


@check("database", "Books are listed newest first, by id.")
def books_are_newest_first(me: Person) -> None:
    if me.list_books().total < _FEW:
        me.make_stock(_FEW)
    ids = [book.id for book in me.list_books(limit=100).items]
    expect(
        ids == sorted(ids, reverse=True),
        f"GET {BOOKS} lists the ids {ids[:10]}: expected the newest, with the largest id, first.",
    )


@check("database", "No row is repeated or missing across pages while nothing changes.")
def pages_repeat_and_miss_nothing(me: Person) -> None:
    stock = me.make_stock(23)
    expected = [book.id for book in stock.books]
    for limit in (1, 7, 10):
        seen: list[int] = []
        for offset in range(0, len(expected), limit):
            page = me.list_books(**stock.query, limit=limit, offset=offset)
            expect(
                page.total == len(expected),
                f"The page at offset {offset} says total {page.total}: expected {len(expected)}.",
            )
            seen.extend(book.id for book in page.items)
        repeated = [number for number, count in Counter(seen).items() if count > 1]
        expect(not repeated, f"Pages of {limit} repeat the books {repeated[:5]}.")
        expect(
            seen == expected,
            f"Pages of {limit} show {len(seen)} of {len(expected)} books or in another order.",
        )


@check("database", "limit goes to 100: a page may hold a hundred books.")
def a_page_may_hold_a_hundred_books(me: Person) -> None:
    stock = me.make_stock(101)
    count = len(me.list_books(**stock.query, limit=100).items)
    expect(count == 100, f"GET {BOOKS}?limit=100 lists {count} of 101 books: expected 100.")


@check("database", "created_at is the time of creation, ISO 8601 with UTC offset.")
def created_at_is_the_time_of_creation(me: Person) -> None:
    book = me.make_book()
    review = me.make_review(book)
    for text, what in ((book.created_at or "", "a book"), (review.created_at, "a review")):
        distance = abs(datetime.fromisoformat(text.replace("Z", "+00:00")) - datetime.now(UTC))
        expect(
            distance < _CLOCK_TOLERANCE,
            f"The created_at of {what} added just now is {text}: expected the present time in UTC.",
        )


@check("database", "created_at stays as it was.")
def created_at_stays(me: Person) -> None:
    book = me.make_book()
    for way, created_at in (
        ("read", me.read_book(book.id).created_at),
        ("listed", me.list_books(q=book.author).items[0].created_at),
    ):
        expect(
            created_at == book.created_at,
            f"The book was added with created_at {book.created_at}, but {way} with {created_at}.",
        )


@check("database", "What is stored survives a restart.")
def books_and_reviews_survive_a_restart(me: Person) -> None:
    book = me.make_book()
    review = me.make_review(book)
    book = me.read_book(book.id)
    me.app.restart()
    answer = me.get(book.path)
    expect(answer.status != 404, f"After a restart {book.path} is gone: store it in the database.")
    read = me.read_book(book.id)
    expect(read == book, f"After a restart GET {book.path} answered {read}: expected {book}.")
    found = me.list_reviews(book).items
    expect(found == (review,), f"After a restart the reviews of {book.path} are {found}.")


@check("database", "Two posts of one ISBN at once: one 201, one refused.", tier="hardened")
def one_isbn_posted_twice_at_once_is_stored_once(me: Person) -> None:
    for _ in range(_ROUNDS):
        mark = me.samples.mark()
        isbn = me.samples.isbn()
        bodies = [me.samples.book(title=mark, isbn=isbn) for _ in range(2)]
        answers = _post_at_once(me, bodies)
        refused = [answer for answer in answers if answer.status != 201]
        for answer in answers:
            expect_status(answer, 201, 409, 400)
        for answer in refused:
            expect_taken(answer)
        stored = len(me.find_books(mark))
        expect(
            len(refused) == 1 and stored == 1,
            f"Two posts of the ISBN {isbn} at once: {2 - len(refused)} answered 201 and {stored} "
            "are stored; expected one. Let the database refuse it (a unique column).",
        )


def _post_at_once(me: Person, bodies: list[dict[str, object]]) -> list[Answer]:
    """Post books whose last bytes are sent in the same moment, each by a thread of its own."""
    barrier = Barrier(len(bodies))

    def wait() -> None:
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=5)

    def post(body: dict[str, object]) -> Answer:
        return me.send(
            "POST",
            BOOKS,
            body=json.dumps(body),
            content_type="application/json",
            before_the_end=wait,
        )

    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(post, bodies))
