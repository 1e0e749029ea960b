"""Checks of `async`: the offers of several bookshops, asked at the same time."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.contract.answer import Answer, Json
from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_missing, expect_status, expect_wrong_method
from sandbox.contract.failure import Failure
from sandbox.contract.shapes import FAILED_SHOP, OFFER, OFFERS, Book
from sandbox.contract.shelf import BOOKS, LARGEST_ID
from sandbox.contract.shops import COUNT, Reply, isbns_asked, price

ORDER = 250

_CALL_SECONDS = 0.3
_MOST_CALLS = 2.5
_GIVE_UP_SECONDS = 2.0
_TOLERANCE_SECONDS = 1.5
_LATE_SECONDS = 1.2
_CLIENTS = 20
_ROUNDS = 3
_NO_PRICES: tuple[Json, ...] = ("twelve", None, [5], {"a": 5})
_ODD_PRICES: tuple[Json, ...] = ("12.50", True, False, "NaN")
_GOOD = json.dumps({"price": 3}).encode()


@dataclass(frozen=True, slots=True)
class Offers:
    """What the bookshops say: prices by shop in the order answered, and who failed."""

    offers: tuple[tuple[str, float], ...]
    failed: tuple[str, ...]

    def __str__(self) -> str:
        """Return it in words, for messages."""
        prices = ", ".join(f"{cost} from {shop}" for shop, cost in self.offers) or "no offers"
        return f"{prices}; {', '.join(self.failed) or 'no shop'} failed"


@check("async", "GET /api/books/{id}/offers answers offers and failed shops.", foundation=True)
def offers_have_their_shape(me: Person) -> None:
    _offers(me, _book(me))


@check("async", "The offers of a missing book: 404 with a sentence in detail.")
def offers_of_a_missing_book_are_404(me: Person) -> None:
    for number in (me.missing_id(), LARGEST_ID):
        expect_missing(me.get(f"{BOOKS}/{number}/offers"))


@check("async", "A wrong method on the offers answers 405 with Allow, or 403.")
def offers_are_only_read(me: Person) -> None:
    for method in ("POST", "PUT"):
        expect_wrong_method(me.send_json(method, f"{_book(me).path}/offers", "{}"))


@check("async", "A book without ISBN: 200 with both lists empty, and no shop is asked.")
def a_book_without_isbn_has_no_offers(me: Person) -> None:
    books = (
        [me.make_book(isbn=None)]
        if "validation" in me.app.features
        else [book for book in me.all_books() if book.isbn is None]
    )
    for book in books[:1]:
        found = _offers(me, book)
        expect(
            not found.offers and not found.failed,
            f"GET {book.path}/offers of a book without ISBN answered “{found}”: expected two empty "
            "lists.",
        )


@check("async", "Every bookshop of BOOKSHOPS is asked for the book's ISBN.")
def every_shop_is_asked(me: Person) -> None:
    shops = me.app.shops()
    book = _book(me)
    shops.answer_with(price(5), price(6), price(7), price(8), price(9))
    found = _offers(me, book)
    expect(
        found == Offers(tuple(zip(shops.urls, (5, 6, 7, 8, 9), strict=True)), ()),
        f"With BOOKSHOPS={','.join(shops.urls)} and the prices 5 to 9 GET {book.path}/offers "
        f"answered “{found}”.",
    )
    expect(
        sorted(number for number, _ in shops.asked) == list(range(COUNT))
        and isbns_asked(shops.asked) == [book.isbn] * COUNT
        and {urlsplit(path).path for _, path in shops.asked} == {"/price"},
        f"The shops were asked {[path for _, path in shops.asked]}: expected /price?isbn="
        f"{book.isbn} once each.",
    )


@check("async", "Offers are listed cheapest first.")
def offers_are_cheapest_first(me: Person) -> None:
    shops = me.app.shops()
    book = _book(me)
    for prices in ((30, 4.5, 100, 9, 20.25), (0, 2, 1, 0.5, 1e6)):
        shops.answer_with(*(price(each) for each in prices))
        came = [each for _, each in _offers(me, book).offers]
        expect(came == sorted(prices), f"GET {book.path}/offers lists the prices {came}.")


@check(
    "async", "A shop that answers an error, no JSON, no price or nothing has failed, and no other."
)
def failures_are_told(me: Person) -> None:
    for bad in (
        *(Reply(_GOOD, status=status) for status in (500, 503, 404, 400)),
        *(Reply(body) for body in (b"", b"{", b"<p>3</p>", b"[3]", b"null", b"{}")),
        *(price(each) for each in _NO_PRICES),
        Reply(hangs_up=True),
    ):
        _expect_failed(me, bad)


@check(
    "async",
    "A shop has failed too that answers another status than 200, a price that is no finite number "
    "(also true, or digits as a text), endless brackets, no UTF-8, or a redirect.",
    tier="hardened",
)
def odd_failures_are_told(me: Person) -> None:
    for bad in (
        *(Reply(_GOOD, status=status) for status in (204, 201)),
        *(Reply(body) for body in (b"\xff\xfe", b"[" * 50_000, b"3", b'{"price": NaN}')),
        *(Reply(body) for body in (b'{"price": Infinity}', b'{"price": 1e999}')),
        *(price(each) for each in _ODD_PRICES),
        Reply(_GOOD, status=302, location=f"{me.app.shops().urls[4]}/price?isbn=0"),
    ):
        _expect_failed(me, bad)


@check("async", "All shops may fail: 200 with no offers.")
def all_shops_may_fail(me: Person) -> None:
    shops = me.app.shops()
    shops.answer_with(Reply(status=503))
    found = _offers(me, _book(me))
    expect(
        not found.offers and sorted(found.failed) == sorted(shops.urls),
        f"All five shops failed, and the offers are “{found}”.",
    )


@check("async", "The shops are asked at once: five of 300 ms take at most 2.5 times one.")
def shops_are_asked_at_once(me: Person) -> None:
    shops = me.app.shops()
    book = _book(me)
    late = price(4, delay=_CALL_SECONDS)
    shops.answer_with(late, late, late, late, Reply(status=503, delay=_CALL_SECONDS))
    seconds = 0.0
    for _ in range(_ROUNDS):
        began = time.monotonic()
        found = _offers(me, book)
        seconds = time.monotonic() - began
        expect(
            len(found.offers) == COUNT - 1, f"Four of five shops answered, and it says “{found}”."
        )
        if seconds <= _MOST_CALLS * _CALL_SECONDS * me.app.slack:
            return
    raise Failure(
        f"Five shops that take 300 ms each took {seconds * 1000:.0f} ms in all: expected at most "
        "750 ms. Ask them at the same time."
    )


@check("async", "A shop has 2 s; the others are answered all the same.")
def slow_shops_are_given_up(me: Person) -> None:
    shops = me.app.shops()
    shops.answer_with(price(5), price(6, delay=6), price(7, delay=_LATE_SECONDS / me.app.slack))
    _expect_given_up(me, [shops.urls[1]], [5, 7, 7, 7])


@check("async", "A shop has 2 s also where it sends one byte after another.", tier="hardened")
def dripping_shops_are_given_up(me: Person) -> None:
    shops = me.app.shops()
    drip = Reply(json.dumps({"price": 1}).encode() + b" " * 40, drip=0.25)
    shops.answer_with(price(5), drip, price(7, delay=_LATE_SECONDS / me.app.slack))
    _expect_given_up(me, [shops.urls[1]], [5, 7, 7, 7])


@check("async", "20 clients at once are all answered.")
def twenty_clients_are_answered(me: Person) -> None:
    shops = me.app.shops()
    book = _book(me)
    shops.answer_with(*(price(number, delay=_CALL_SECONDS) for number in range(1, COUNT + 1)))
    began = time.monotonic()
    with ThreadPoolExecutor(_CLIENTS) as pool:
        calls = [pool.submit(me.get, f"{book.path}/offers") for _ in range(_CLIENTS)]
        answers = [call.result() for call in calls]
    seconds = time.monotonic() - began
    for answer in answers:
        count = len(_read(answer).offers)
        expect(count == COUNT, f"One of 20 clients at once got {count} offers: expected five.")
    most = 8 * me.app.slack
    expect(seconds < most, f"20 clients at once took {seconds:.1f} s: expected them side by side.")


@check("async", "While shops are slow the app answers everybody else.")
def slow_shops_block_nobody(me: Person) -> None:
    shops = me.app.shops()
    book = _book(me)
    shops.answer_with(price(3, delay=1.5))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(me.get, f"{book.path}/offers")
        time.sleep(0.3)
        began = time.monotonic()
        expect_status(me.get("/health"), 200)
        seconds = time.monotonic() - began
        expect_status(waiting.result(), 200)
    expect(
        seconds < me.app.slack,
        f"GET /health took {seconds:.1f} s while somebody else waited for offers: the app waits "
        "for the shops and does nothing else.",
    )


def _expect_failed(me: Person, bad: Reply) -> None:
    shops = me.app.shops()
    book = _book(me)
    shops.answer_with(price(8), bad, price(7))
    found = _offers(me, book)
    expected = [(shops.urls[number], 7) for number in (2, 3, 4)] + [(shops.urls[0], 8)]
    did = "hung up" if bad.hangs_up else f"answered {bad.status} with {bad.body[:40]!r}"
    expect(
        sorted(found.offers) == sorted(expected) and found.failed == (shops.urls[1],),
        f"A shop {did}, and GET {book.path}/offers has "
        f"{len(found.offers)} offers and the failed shops {list(found.failed)}: expected 4 and "
        "that shop.",
    )


def _expect_given_up(me: Person, slow: list[str], prices: list[float]) -> None:
    book = _book(me)
    began = time.monotonic()
    found = _offers(me, book)
    seconds = time.monotonic() - began
    expect(
        list(found.failed) == slow,
        f"The shop {slow[0]} needs more than 2 s, and the failed ones are {list(found.failed)}.",
    )
    came = [each for _, each in found.offers]
    expect(
        came == prices, f"Shops answered in {_LATE_SECONDS} s at most, and the prices are {came}."
    )
    expect(
        seconds <= _GIVE_UP_SECONDS + _TOLERANCE_SECONDS * me.app.slack,
        f"GET {book.path}/offers took {seconds:.1f} s with a shop that is slow: expected 2 s.",
    )


def _book(me: Person) -> Book:
    if "validation" in me.app.features:
        return me.make_book()
    found = [book for book in me.all_books() if book.isbn is not None]
    expect(bool(found), f"GET {BOOKS} lists no book with an ISBN.")
    return found[0]


def _offers(me: Person, book: Book) -> Offers:
    return _read(me.get(f"{book.path}/offers"))


def _read(answer: Answer) -> Offers:
    fields = OFFERS.read(answer, expect_status(answer, 200).json())
    offers = [OFFER.read(answer, each) for each in fields["offers"]]
    failed = [FAILED_SHOP.read(answer, each) for each in fields["failed"]]
    return Offers(
        tuple((each["shop"].rstrip("/"), each["price"]) for each in offers),
        tuple(each["shop"].rstrip("/") for each in failed),
    )
