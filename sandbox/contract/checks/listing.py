"""Checks of `routes`: the list of books, its pages and their bounds."""

from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_refused, expect_status
from sandbox.contract.shelf import BOOKS, SAMPLE_BOOKS

ORDER = 40

BAD_LIMITS = ("0", "101", "-1", "ten", "9" * 30, "NaN")
BAD_OFFSETS = ("-1", "ten", "-" + "9" * 30, "NaN")
DEFAULT_LIMIT = 20


@check("routes", 'GET /api/books answers {"items": [Book], "total": n}.')
def list_has_items_and_total(me: Person) -> None:
    stock = me.make_stock(3)
    page = me.books_in(expect_status(me.get(BOOKS, stock.query), 200))
    _expect_books(page.items, stock.books[:DEFAULT_LIMIT], "")
    expect(
        page.total == len(stock.books),
        f"GET {BOOKS} says total {page.total}: expected {len(stock.books)}, all there are.",
    )


@check("routes", "Without `validation` there are the twelve sample books.", unless="validation")
def there_are_twelve_sample_books(me: Person) -> None:
    _expect_sample_books(me, exactly=True)


@check(
    "routes", "Without `database` there are twelve sample books to begin with.", unless="database"
)
def there_are_sample_books_in_memory(me: Person) -> None:
    _expect_sample_books(me, exactly=False)


@check("routes", "limit is 20 unless given.")
def limit_is_twenty_by_default(me: Person) -> None:
    stock = me.make_stock(DEFAULT_LIMIT + 2)
    _expect_books(me.list_books(**stock.query).items, stock.books[:DEFAULT_LIMIT], "")


@check("routes", "limit goes from 1 to 100.")
def limit_may_be_one_to_a_hundred(me: Person) -> None:
    stock = me.make_stock(4)
    for limit in (1, 2, 3, 100):
        page = me.list_books(**stock.query, limit=limit)
        _expect_books(page.items, stock.books[:limit], f"?limit={limit}")


@check("routes", "limit out of range or not a number: a validation error naming it.")
def bad_limits_are_refused(me: Person) -> None:
    for limit in BAD_LIMITS:
        expect_refused(me.get(BOOKS, {"limit": limit}), "limit")


@check("routes", "offset goes from 0.")
def offset_leaves_out_the_first(me: Person) -> None:
    stock = me.make_stock(5)
    for offset in (0, 1, 3, len(stock.books)):
        page = me.list_books(**stock.query, offset=offset, limit=2)
        _expect_books(page.items, stock.books[offset : offset + 2], f"?limit=2&offset={offset}")
        expect(
            page.total == len(stock.books),
            f"GET {BOOKS}?offset={offset} says total {page.total}: expected "
            f"{len(stock.books)}, all there are.",
        )


@check("routes", "An offset behind the end is no error: nothing is listed.")
def offset_may_be_behind_the_end(me: Person) -> None:
    stock = me.make_stock(1)
    page = me.list_books(**stock.query, offset=len(stock.books) + 1000)
    expect(not page.items, f"GET {BOOKS} lists books behind the end: expected no items.")


@check("routes", "offset out of range or not a number: a validation error naming it.")
def bad_offsets_are_refused(me: Person) -> None:
    for offset in BAD_OFFSETS:
        expect_refused(me.get(BOOKS, {"offset": offset}), "offset")


@check("routes", "Without `database` books are listed in insertion order.", unless="database")
def books_keep_their_order_in_memory(me: Person) -> None:
    me.make_stock(3)
    ids = [book.id for book in me.all_books()]
    expect(
        ids == sorted(ids),
        f"GET {BOOKS} lists the ids {ids[:15]}: expected the order in which books were added.",
    )


def _expect_sample_books(me: Person, *, exactly: bool) -> None:
    count = len(me.all_books())
    good = count == SAMPLE_BOOKS if exactly else count >= SAMPLE_BOOKS
    expect(good, f"GET {BOOKS} lists {count} books: expected the twelve sample books.")


def _expect_books(came: tuple[object, ...], expected: tuple[object, ...], query: str) -> None:
    expect(
        came == expected,
        f"GET {BOOKS}{query} lists {len(came)} books that are not the {len(expected)} expected, "
        "or in another order.",
    )
