"""Checks of `validation`: the bounds and kinds of title, author and year."""

from datetime import date
from typing import Any

from sandbox.contract.answer import excerpt
from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_names, expect_refused, expect_status
from sandbox.contract.failure import Failure
from sandbox.contract.shelf import BOOKS

ORDER = 70

TEXT_LIMIT = 200
EARLIEST_YEAR = -3000
WRONG_TEXTS: tuple[Any, ...] = (None, ["x"], {"a": "x"}, [], {})
WRONG_YEARS: tuple[Any, ...] = ("banana", [1999], {"a": 1999}, [], {}, "19 99", "MCM")


@check("validation", "title has 1 to 200 characters.")
def title_has_one_to_200_characters(me: Person) -> None:
    _expect_text_bounds(me, "title")


@check("validation", "author has 1 to 200 characters.")
def author_has_one_to_200_characters(me: Person) -> None:
    _expect_text_bounds(me, "author")


@check("validation", "title is required.")
def title_is_required(me: Person) -> None:
    _expect_required(me, "title")


@check("validation", "author is required.")
def author_is_required(me: Person) -> None:
    _expect_required(me, "author")


@check("validation", "null, a list or an object for title is refused.")
def title_must_be_text(me: Person) -> None:
    _expect_all_refused(me, "title", WRONG_TEXTS)


@check("validation", "null, a list or an object for author is refused.")
def author_must_be_text(me: Person) -> None:
    _expect_all_refused(me, "author", WRONG_TEXTS)


@check("validation", "A list or an object for isbn is refused.")
def isbn_must_be_text(me: Person) -> None:
    _expect_all_refused(me, "isbn", (["9780441478125"], {"a": 1}, [], {}))


@check("validation", "A word, a list or an object for year is refused.")
def year_must_be_a_number(me: Person) -> None:
    _expect_all_refused(me, "year", WRONG_YEARS)


@check("validation", "year goes from -3000.")
def year_goes_from_minus_3000(me: Person) -> None:
    for year in (EARLIEST_YEAR, -1, 0, 1):
        book = me.make_book(year=year)
        expect(book.year == year, f"POST {BOOKS} with year {year} answered {book.year!r}.")
    _expect_all_refused(me, "year", (EARLIEST_YEAR - 1, -(10**30)))


@check("validation", "year goes to next year.")
def year_goes_to_next_year(me: Person) -> None:
    following = date.today().year + 1
    book = me.make_book(year=following)
    expect(book.year == following, f"POST {BOOKS} with year {following} answered {book.year!r}.")
    # One more than the year after next is wrong in every time zone, also on New Year's Eve.
    later = following + (2 if date.today().strftime("%m%d") in {"1231", "0101"} else 1)
    _expect_all_refused(me, "year", (later, 10_000, 2**63, 10**30))


@check("validation", "A validation error is JSON that names every field at fault.")
def every_wrong_field_is_named(me: Person) -> None:
    answer = me.post(BOOKS, {"title": "", "author": me.samples.mark(), "year": "banana"})
    expect_refused(answer, "title")
    expect_names(answer, "year")


@check("validation", "A number may be converted or refused, but never stored as another kind.")
def conversions_keep_the_kind(me: Person) -> None:
    for changes in ({"year": "1999"}, {"title": 5}, {"isbn": 9780441478125}, {"year": True}):
        mark = me.samples.mark()
        answer = me.post(BOOKS, me.samples.book(author=mark, **changes))
        expect_status(answer, 201, 400, 409, 422)
        if answer.status == 201:
            me.book_in(answer)
        me.find_books(mark)


def _expect_text_bounds(me: Person, field: str) -> None:
    for text in ("x", "x" * TEXT_LIMIT, "📚" * TEXT_LIMIT, f"  {'y' * TEXT_LIMIT}  "):
        mark = me.samples.mark()
        answer = me.post(BOOKS, {"title": mark, "author": mark, field: text})
        if answer.status != 201:
            raise Failure(
                f"POST {BOOKS} with a {field} of {len(text.strip())} characters "
                f"({excerpt(text, 12)}) answered {answer.status} with {excerpt(answer.text)}: "
                "expected 201. An emoji is one character: count Unicode code points.",
                step=answer.step,
            )
        came = getattr(me.book_in(answer), field)
        expect(
            came == text.strip(),
            f"POST {BOOKS} with a {field} of {len(text.strip())} characters answered one of "
            f"{len(came)}: expected it back whole.",
        )
    too_long = "x" * (TEXT_LIMIT + 1)
    _expect_all_refused(me, field, (too_long, "x" * 100_000, "", "   ", "\t\n"))


def _expect_required(me: Person, field: str) -> None:
    mark = me.samples.mark()
    sent = me.samples.book(title=mark, author=mark)
    del sent[field]
    answer = me.post(BOOKS, sent)
    expect_refused(answer, field)
    me.expect_nothing_stored(mark, answer)


def _expect_all_refused(me: Person, field: str, values: tuple[Any, ...]) -> None:
    other = "author" if field == "title" else "title"
    for value in values:
        mark = me.samples.mark()
        answer = me.post(BOOKS, me.samples.book(**{other: mark, field: value}))
        expect_refused(answer, field)
        me.expect_nothing_stored(mark, answer)
