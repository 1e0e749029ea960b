"""Checks of `database`: how many reviews a book has, and their average."""

from __future__ import annotations

from sandbox.contract.api import Api
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_status
from sandbox.contract.shapes import Book
from sandbox.contract.shelf import find_books, make_book, make_review, read_book

_TOLERANCE = 0.05


@check("database", "A book without reviews has review_count 0 and average_rating null.")
def no_reviews_no_average(api: Api) -> None:
    _expect(api, make_book(api), [])


@check("database", "review_count and average_rating follow every new review.")
def averages_follow_new_reviews(api: Api) -> None:
    book = make_book(api)
    ratings: list[int] = []
    for rating in (5, 4, 4, 1, 2, 5):
        make_review(api, book, rating=rating)
        ratings.append(rating)
        _expect(api, book, ratings)


@check("database", "review_count and average_rating follow a changed and a deleted review.")
def averages_follow_changes_and_deletions(api: Api) -> None:
    book = make_book(api)
    first, second = make_review(api, book, rating=1), make_review(api, book, rating=4)
    expect_status(api.patch(first.path, {"rating": 3}), 200)
    _expect(api, book, [3, 4])
    expect_status(api.delete(second.path), 204)
    _expect(api, book, [3])
    expect_status(api.delete(first.path), 204)
    _expect(api, book, [])


@check("database", "review_count and average_rating are each book's own.")
def averages_are_each_books_own(api: Api) -> None:
    mark = api.samples.mark()
    books = [make_book(api, author=mark) for _ in range(3)]
    for rating in (1, 2, 2):
        make_review(api, books[0], rating=rating)
    make_review(api, books[2], rating=5)
    for book, ratings in zip(books, ([1, 2, 2], [], [5]), strict=True):
        _expect(api, book, ratings)
    found = find_books(api, mark)
    expect(
        [book.id for book in found] == [book.id for book in reversed(books)],
        f"GET /api/books?q={mark} lists {len(found)} books: expected each of three once, "
        "however many reviews it has.",
    )


@check("database", "PATCH of a book answers its review_count and average_rating.")
def patching_a_book_keeps_its_average(api: Api) -> None:
    book = make_book(api)
    make_review(api, book, rating=2)
    make_review(api, book, rating=3)
    before = read_book(api, book.id)
    answer = expect_status(api.patch(book.path, {"year": 1901}), 200)
    value = answer.json()
    expect(
        isinstance(value, dict)
        and value.get("review_count") == before.review_count
        and value.get("average_rating") == before.average_rating,
        f"{answer.request} answered other reviews than GET {book.path}: expected the same.",
    )


def _expect(api: Api, book: Book, ratings: list[int]) -> None:
    mean = sum(ratings) / len(ratings) if ratings else None
    listed = [found for found in find_books(api, book.title) if found.id == book.id]
    expect(bool(listed), f"The list does not find the book {book.path} by its title.")
    for way, came in (("GET " + book.path, read_book(api, book.id)), ("The list", listed[0])):
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
