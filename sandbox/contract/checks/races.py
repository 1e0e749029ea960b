"""Checks of `database`: several requests for the same book or review at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sandbox.contract.answer import Answer
from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_no_crash, expect_status

ORDER = 155

_ROUNDS = 10
_SIDES = 4

Call = Callable[[], Answer]


@check(
    "database",
    "Saving a review while it or its book is deleted never gives a 5xx: it is saved or missing.",
    tier="hardened",
)
def saving_a_review_may_race_with_deleting(me: Person) -> None:
    for number in range(_ROUNDS):
        book = me.make_book()
        reviews = [me.make_review(book) for _ in range(_SIDES)]
        saves: list[Call] = [
            lambda path=review.path: me.patch(path, {"rating": 2}) for review in reviews
        ]
        new = me.samples.review()
        saves.append(lambda path=book.reviews, new=new: me.post(path, new))
        gone = [book.path] if number % 2 else [review.path for review in reviews]
        deletes: list[Call] = [lambda path=path: me.delete(path) for path in gone]
        # Each round deletes at another moment: before, between and after what is saved.
        place = number % len(saves)
        for answer in _at_once([*saves[:place], *deletes, *saves[place:]]):
            expect_status(expect_no_crash(answer), 200, 201, 204, 404)


@check(
    "database",
    "Changing a book while it is deleted never gives a 5xx: it is changed or missing.",
    tier="hardened",
)
def changing_a_book_may_race_with_deleting(me: Person) -> None:
    for number in range(_ROUNDS):
        path = me.make_book().path
        calls: list[Call] = [lambda path=path: me.patch(path, {"year": 1950})] * _SIDES
        calls.insert(number % _SIDES, lambda path=path: me.delete(path))
        for answer in _at_once(calls):
            expect_status(expect_no_crash(answer), 200, 204, 404)


@check(
    "database",
    "Of two changes of one book at once, of different fields, neither is lost.",
    tier="hardened",
)
def changes_at_once_are_both_kept(me: Person) -> None:
    for _ in range(_ROUNDS):
        book, mark = me.make_book(), me.samples.mark()
        title: Call = lambda path=book.path, mark=mark: me.patch(path, {"title": mark})  # noqa: E731
        year: Call = lambda path=book.path: me.patch(path, {"year": 1234})  # noqa: E731
        for answer in _at_once([title, year]):
            expect_status(answer, 200)
        found = me.read_book(book.id)
        expect(
            (found.title, found.year) == (mark, 1234),
            f"Title and year of {book.path} were changed at once, and one change is lost: write "
            "only the fields that were sent.",
        )


def _at_once(calls: list[Call]) -> list[Answer]:
    with ThreadPoolExecutor(len(calls)) as pool:
        return [each.result() for each in [pool.submit(call) for call in calls]]
