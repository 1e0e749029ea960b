"""Checks of `database`: how many reviews a book has, and their average."""

from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_status
from sandbox.contract.shapes import Book

ORDER = 150

_TOLERANCE = 0.05


@check("database", "A book without reviews has review_count 0 and average_rating null.")
def no_reviews_no_average(me: Person) -> None:
    _expect(me, me.make_book(), [])


@check("database", "review_count and average_rating follow every new review.")
def averages_follow_new_reviews(me: Person) -> None:
    book = me.make_book()
    ratings: list[int] = []
    for rating in (5, 4, 4, 1, 2, 5):
        me.make_review(book, rating=rating)
        ratings.append(rating)
        _expect(me, book, ratings)


@check("database", "review_count and average_rating follow a changed and a deleted review.")
def averages_follow_changes_and_deletions(me: Person) -> None:
    book = me.make_book()
    first, second = me.make_review(book, rating=1), me.make_review(book, rating=4)
    expect_status(me.patch(first.path, {"rating": 3}), 200)
    _expect(me, book, [3, 4])
    expect_status(me.delete(second.path), 204)
    _expect(me, book, [3])
    expect_status(me.delete(first.path), 204)
    _expect(me, book, [])


@check("database", "review_count and average_rating are each book's own.")
def averages_are_each_books_own(me: Person) -> None:
    mark = me.samples.mark()
    books = [me.make_book(author=mark) for _ in range(3)]
    for rating in (1, 2, 2):
        me.make_review(books[0], rating=rating)
    me.make_review(books[2], rating=5)
    for book, ratings in zip(books, ([1, 2, 2], [], [5]), strict=True):
        _expect(me, book, ratings)
    found = me.find_books(mark)
    expect(
        [book.id for book in found] == [book.id for book in reversed(books)],
        f"GET /api/books?q={mark} lists {len(found)} books: expected each of three once, "
        "however many reviews it has.",
    )


@check("database", "PATCH of a book answers its review_count and average_rating.")
def patching_a_book_keeps_its_average(me: Person) -> None:
    book = me.make_book()
    me.make_review(book, rating=2)
    me.make_review(book, rating=3)
    before = me.read_book(book.id)
    answer = expect_status(me.patch(book.path, {"year": 1901}), 200)
    value = answer.json()
    expect(
        isinstance(value, dict)
        and value.get("review_count") == before.review_count
        and value.get("average_rating") == before.average_rating,
        f"{answer.request} answered other reviews than GET {book.path}: expected the same.",
    )


def _expect(me: Person, book: Book, ratings: list[int]) -> None:
    mean = sum(ratings) / len(ratings) if ratings else None
    listed = [found for found in me.find_books(book.title) if found.id == book.id]
    expect(bool(listed), f"The list does not find the book {book.path} by its title.")
    for way, came in (("GET " + book.path, me.read_book(book.id)), ("The list", listed[0])):
        expect(
            came.review_count == len(ratings),
            f"{way} answers review_count {came.review_count} for {len(ratings)} reviews.",
        )
        average = came.average_rating
        good = (
            average is None
            if mean is None
            else average is not None and abs(average - mean) <= _TOLERANCE
        )
        expect(
            good,
            f"{way} answers average_rating {average} for the ratings {ratings}: expected {mean}.",
        )
