"""Checks of `validation`: the rules of an ISBN."""

from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_refused, expect_taken
from sandbox.contract.samples import check_digit
from sandbox.contract.shelf import BOOKS

ORDER = 80


@check("validation", "isbn is 13 digits with a right check digit.")
def right_isbns_are_taken(me: Person) -> None:
    for isbn in (
        me.samples.isbn("978"),
        me.samples.isbn("979"),
        me.samples.isbn(""),
        _ending_0(me),
    ):
        book = me.make_book(isbn=isbn)
        expect(book.isbn == isbn, f"POST {BOOKS} with isbn {isbn} answered {book.isbn!r}.")


@check("validation", "isbn is 13 digits: not fewer, not more, nothing else.")
def isbns_of_another_length_are_refused(me: Person) -> None:
    isbn = me.samples.isbn()
    # Without its last digit 0, or with one more, the check digit still adds up.
    _expect_refused(me, _ending_0(me)[:12], isbn + "0", isbn * 2)
    _expect_refused(me, "0441478123", isbn[:12] + "X", "banana")


@check("validation", "An isbn with hyphens is refused.")
def hyphens_are_refused(me: Person) -> None:
    isbn = me.samples.isbn()
    _expect_refused(
        me, f"{isbn[:3]}-{isbn[3:]}", f"{isbn[:3]} {isbn[3:]}", f"{isbn[:11]}-{isbn[12:]}"
    )


@check("validation", "An isbn with a wrong check digit is refused.")
def wrong_check_digits_are_refused(me: Person) -> None:
    isbn = me.samples.isbn()
    wrong = [isbn[:12] + str((int(isbn[12]) + step) % 10) for step in (1, 5, 9)]
    # Each place counts: also where the digit counts threefold.
    wrong += [_changed(isbn, place) for place in (0, 1, 6, 11)]
    _expect_refused(me, *wrong)


@check(
    "validation",
    "isbn is made of the digits 0 to 9, not of other scripts' digits.",
    tier="hardened",
)
def digits_of_other_scripts_are_refused(me: Person) -> None:
    isbn = me.samples.isbn()
    for zero in ("\u0660", "\uff10"):
        _expect_refused(me, "".join(chr(ord(zero) + int(digit)) for digit in isbn))
    _expect_refused(me, isbn[:12] + "\u00b2")


@check("validation", "An empty isbn is null, also for several books.")
def empty_isbn_is_null(me: Person) -> None:
    for text in ("", "", "   "):
        book = me.make_book(isbn=text)
        expect(
            book.isbn is None,
            f"POST {BOOKS} with isbn {text!r} answered {book.isbn!r}: expected null.",
        )


@check("validation", "Blanks around an isbn are stripped.")
def blanks_around_an_isbn_are_stripped(me: Person) -> None:
    isbn = me.samples.isbn()
    book = me.make_book(isbn=f"  {isbn}\n")
    expect(book.isbn == isbn, f"POST {BOOKS} with blanks around the isbn answered {book.isbn!r}.")


@check("validation", "An isbn that another book has: 409, or 400 naming isbn.")
def taken_isbn_is_refused(me: Person) -> None:
    isbn = me.make_book().isbn
    for text in (isbn, f" {isbn} "):
        mark = me.samples.mark()
        answer = me.post(BOOKS, me.samples.book(title=mark, isbn=text))
        expect_taken(answer)
        me.expect_nothing_stored(mark, answer)


def _expect_refused(me: Person, *isbns: str) -> None:
    for isbn in isbns:
        mark = me.samples.mark()
        answer = me.post(BOOKS, me.samples.book(title=mark, isbn=isbn))
        expect_refused(answer, "isbn")
        me.expect_nothing_stored(mark, answer)


def _changed(isbn: str, place: int) -> str:
    return isbn[:place] + str((int(isbn[place]) + 1) % 10) + isbn[place + 1 :]


def _ending_0(me: Person) -> str:
    while not (isbn := me.samples.isbn()[:12] + "0").endswith(check_digit(isbn[:12])):
        continue
    return isbn
