"""Checks of `live`: the stream that tells of every new book."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict

from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.csv_import import csv_of, import_books
from sandbox.contract.expect import expect, expect_status
from sandbox.contract.failure import Failure
from sandbox.contract.listener import Event, Listener, connect, request_head
from sandbox.contract.shapes import Book
from sandbox.contract.shelf import BOOKS

ORDER = 260

LIVE = "/api/live"
_COMMENT_SECONDS = 15.0
_TOLERANCE_SECONDS = 1.5
_CLIENTS = 5
_LEAVING = 30
_CROWD = 40
_PLACE_SECONDS = 20.0


@check("live", "GET /api/live answers text/event-stream, at once.", foundation=True)
def the_stream_begins_at_once(me: Person) -> None:
    with _listen(me) as listener:
        kind = listener.head.headers.get("content-type", "")
        expect(
            kind.partition(";")[0].strip().lower() == "text/event-stream",
            f"GET {LIVE} answered the content type {kind!r}: expected text/event-stream.",
        )


@check("live", "After a book is added by the API the event book comes with the Book.")
def the_api_is_announced(me: Person) -> None:
    with _listen(me) as listener:
        book = me.make_book(title=f"{me.samples.mark()} Ünï 📚\u2028zwei")
        _expect_event(listener, book)
        again = me.make_book()
        _expect_event(listener, again)


@check("live", "After a book is added by the form the event book comes too.", needs="pages")
def the_form_is_announced(me: Person) -> None:
    with _listen(me) as listener:
        mark = me.samples.mark()
        me.add_by_form(title=mark)
        _expect_event(listener, me.find_books(mark)[0])


@check("live", "After an import the event book comes for every book, in order.", needs="jobs")
def an_import_is_announced(me: Person) -> None:
    with _listen(me) as listener:
        mark = me.samples.mark()
        rows = [me.samples.book(title=f"{mark} {number}") for number in range(6)]
        import_books(me, csv_of(rows))
        books = me.find_books(mark)[::-1]
        _expect_events(listener, list(books))


@check("live", "Several clients get every event, in the order of the books.")
def every_client_gets_every_event(me: Person) -> None:
    with ExitStack() as stack:
        listeners = [stack.enter_context(_listen(me)) for _ in range(_CLIENTS)]
        books = [me.make_book() for _ in range(8)]
        for listener in listeners:
            _expect_events(listener, books)


@check(
    "live",
    "Events that come faster than a client reads arrive all, and in order.",
    tier="hardened",
)
def waiting_events_keep_their_order(me: Person) -> None:
    mark = me.samples.mark()
    with _listen(me) as listener:
        made = [me.make_book(title=f"{mark} {number}").id for number in range(24)]
        came = [_id(event) for event in listener.events(24)]
        expect(came == made, f"Books were added as {made}, and announced as {came}.")
        with ThreadPoolExecutor(4) as pool:
            for added in [pool.submit(me.make_book, title=f"{mark} {n}") for n in range(24)]:
                added.result()
        came += [_id(event) for event in listener.events(24)]
    expect(
        sorted(came) == sorted(book.id for book in me.find_books(mark)),
        f"24 books were added from four sides, and {len(set(came)) - 24} were announced.",
    )


@check("live", "Only a new book is announced: nothing refused, changed, deleted or from before.")
def only_new_books_are_announced(me: Person) -> None:
    before = me.make_book()
    with _listen(me) as listener:
        expect_status(me.post(BOOKS, me.samples.book(title="")), 400, 422)
        if "database" in me.app.features:
            expect_status(me.patch(before.path, {"year": 1901}), 200)
            expect_status(me.post(BOOKS, me.samples.book(isbn=before.isbn)), 409, 400)
            me.make_review(before)
            expect_status(me.delete(before.path), 204)
        _expect_event(listener, me.make_book())


@check("live", "A client that leaves is forgotten: the others and the app go on.", tier="hardened")
def clients_may_leave(me: Person) -> None:
    with _listen(me) as staying:
        for number in range(_LEAVING):
            if left := _connect(me):
                left.settle(1.0 if number % 10 == 0 else 0.0)
                left.close()
        made = [me.make_book() for _ in range(3)]
        came = staying.events(3)
        expect(
            [_id(event) for event in came] == [book.id for book in made],
            f"After {_LEAVING} clients had left, a client that stayed got {len(came)} of 3 events.",
        )
        began = time.monotonic()
        expect_status(me.get("/health"), 200)
        seconds = time.monotonic() - began
        expect(
            seconds < 2 * me.app.slack,
            f"After {_LEAVING} clients had left, GET /health took {seconds:.1f} s: what they "
            "needed is not freed.",
        )


@check("live", "Clients that do not read hold nobody up.", tier="hardened")
def clients_that_do_not_read_hold_nobody_up(me: Person) -> None:
    silent = [connect(me.base_url) for _ in range(3)]
    try:
        for each in silent:
            each.sendall(request_head(me.base_url, "GET", LIVE, me.cookie_header))
        with _listen(me) as listener:
            books = [me.make_book() for _ in range(5)]
            _expect_events(listener, books)
    finally:
        for each in silent:
            each.close()


@check("live", "A comment comes every 15 s at least.")
def comments_keep_the_stream_alive(me: Person) -> None:
    with _listen(me) as listener:
        expect(
            listener.wait_for_a_comment(_COMMENT_SECONDS + _TOLERANCE_SECONDS * me.app.slack),
            f"GET {LIVE} was silent for more than 15 s: expected a comment (a line with a colon).",
        )


@check(
    "live",
    "With 40 clients at once the rest goes on: who finds no place gets 503 with Retry-After.",
    tier="hardened",
)
def crowds_starve_nobody(me: Person) -> None:
    expect_room_for_others(me)


def expect_room_for_others(me: Person) -> None:
    """Expect that /health answers at once while as many clients listen as may."""
    with ExitStack() as stack:
        for _ in range(_CROWD):
            if (listener := _connect(me)) is not None:
                stack.callback(listener.close)
        began = time.monotonic()
        expect_status(me.get("/health"), 200)
        seconds = time.monotonic() - began
        most = 2 * me.app.slack
        expect(seconds < most, f"With {_CROWD} clients at the stream /health took {seconds:.1f} s.")


def _listen(me: Person) -> Listener:
    """Open the stream, again for a while where clients that left still hold every place."""
    deadline = time.monotonic() + _PLACE_SECONDS * me.app.slack
    while (listener := _connect(me)) is None:
        if time.monotonic() > deadline:
            raise Failure(
                f"GET {LIVE} still answers 503 after {_PLACE_SECONDS:g} s: clients that left must "
                "free their places.",
                step=f"GET {LIVE}",
            )
        time.sleep(0.5)
    listener.settle()
    return listener


def _connect(me: Person) -> Listener | None:
    """Open the stream once; return `None` where all places are taken."""
    headers = {"Accept": "text/event-stream", **me.cookie_header}
    listener = Listener(me.base_url, LIVE, headers, slack=me.app.slack)
    try:
        listener.open()
    except Failure:
        listener.close()
        raise
    status = listener.head.status
    if status == 200:
        return listener
    listener.close()
    if status == 503 and "retry-after" in listener.head.headers:
        return None
    raise Failure(
        f"GET {LIVE} answered {status}: expected 200, or 503 with Retry-After.", step=f"GET {LIVE}"
    )


def _expect_event(listener: Listener, book: Book) -> None:
    _expect_events(listener, [book])


def _expect_events(listener: Listener, books: list[Book]) -> None:
    events = listener.events(len(books))
    expect(
        len(events) == len(books),
        f"{len(books)} books were added, and GET {LIVE} sent {len(events)} events within 5 s.",
    )
    for event, book in zip(events, books, strict=True):
        expect(event.name == "book", f"GET {LIVE} sent the event {event.name!r}: expected book.")
        expected = asdict(book) if book.created_at else _without_stored(book)
        expect(
            event.value == expected,
            f"GET {LIVE} sent {str(event.value)[:200]}: expected the Book {expected}.",
        )


def _without_stored(book: Book) -> dict[str, object]:
    keys = ("id", "title", "author", "isbn", "year")
    return {key: getattr(book, key) for key in keys}


def _id(event: Event) -> int:
    value = event.value
    number = value.get("id") if isinstance(value, dict) else None
    return number if isinstance(number, int) else -1
