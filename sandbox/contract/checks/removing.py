"""Checks of `database`: DELETE /api/books/{id} and what goes with it."""

from __future__ import annotations

from sandbox.contract.api import Api
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_missing, expect_status
from sandbox.contract.shelf import (
    BOOKS,
    LARGEST_ID,
    find_books,
    list_books,
    list_reviews,
    make_book,
    make_review,
    missing_id,
    read_book,
    reviews_of,
)


@check("database", "DELETE answers 204 with nothing in it, then 404.")
def deleting_answers_204_then_404(api: Api) -> None:
    book = make_book(api)
    answer = expect_status(api.delete(book.path), 204)
    expect(not answer.body, f"DELETE {book.path} answered 204 with a body: expected none.")
    expect_missing(api.delete(book.path))
    expect_missing(api.get(book.path))
    expect_missing(api.patch(book.path, {"year": 1999}))


@check("database", "A deleted book is gone from the list; all others stay.")
def deleted_books_are_not_listed(api: Api) -> None:
    mark = api.samples.mark()
    books = [make_book(api, title=f"{mark} {number}") for number in range(3)]
    before = list_books(api).total
    expect_status(api.delete(books[1].path), 204)
    found = find_books(api, mark)
    expect(
        found == (books[2], books[0]),
        f"After deleting one of three books {len(found)} are listed: expected the other two.",
    )
    total = list_books(api).total
    expect(total == before - 1, f"Deleting a book changed total from {before} to {total}.")


@check("database", "DELETE of a missing book: 404 with detail; of an impossible id: 404 or 422.")
def deleting_a_missing_book_is_404(api: Api) -> None:
    expect_missing(api.delete(f"{BOOKS}/{missing_id(api)}"))
    expect_missing(api.delete(f"{BOOKS}/{LARGEST_ID}"))
    for text in (str(LARGEST_ID + 1), str(10**30), "banana", "9" * 5000):
        expect_status(api.delete(f"{BOOKS}/{text}"), 404, 422)


@check("database", "The ISBN of a deleted book is free again.")
def the_isbn_of_a_deleted_book_is_free(api: Api) -> None:
    book = make_book(api)
    expect_status(api.delete(book.path), 204)
    again = make_book(api, isbn=book.isbn)
    expect(again.isbn == book.isbn, f"POST {BOOKS} answered the isbn {again.isbn!r}.")


@check("database", "Deleting a book deletes its reviews, and no others.")
def deleting_a_book_deletes_its_reviews(api: Api) -> None:
    book, other = make_book(api), make_book(api)
    reviews = [make_review(api, book), make_review(api, book)]
    kept = make_review(api, other)
    expect_status(api.delete(book.path), 204)
    for review in reviews:
        expect_missing(api.patch(review.path, {"rating": 3}))
        expect_missing(api.delete(review.path))
    expect_missing(api.get(reviews_of(book)))
    found = list_reviews(api, other).items
    expect(found == (kept,), f"Deleting {book.path} changed the reviews of {other.path}: {found}.")


@check("database", "A new book has no reviews, even if it gets the id of a deleted one.")
def a_new_book_has_no_reviews(api: Api) -> None:
    for _ in range(2):
        book = make_book(api)
        expect(
            book.review_count == 0 and list_reviews(api, book).total == 0,
            f"The new book {book.path} has reviews: deleting a book must delete its reviews.",
        )
        make_review(api, book)
        expect(read_book(api, book.id).review_count == 1, f"{book.path} does not count its review.")
        expect_status(api.delete(book.path), 204)
