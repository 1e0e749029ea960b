"""Checks of `database`: DELETE /api/books/{id} and what goes with it."""

from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_missing, expect_status
from sandbox.contract.shelf import BOOKS, LARGEST_ID

ORDER = 130


@check("database", "DELETE answers 204 with nothing in it, then 404.")
def deleting_answers_204_then_404(me: Person) -> None:
    book = me.make_book()
    answer = expect_status(me.delete(book.path), 204)
    expect(not answer.body, f"DELETE {book.path} answered 204 with a body: expected none.")
    expect_missing(me.delete(book.path))
    expect_missing(me.get(book.path))
    expect_missing(me.patch(book.path, {"year": 1999}))


@check("database", "A deleted book is gone from the list; all others stay.")
def deleted_books_are_not_listed(me: Person) -> None:
    mark = me.samples.mark()
    books = [me.make_book(title=f"{mark} {number}") for number in range(3)]
    before = me.list_books().total
    expect_status(me.delete(books[1].path), 204)
    found = me.find_books(mark)
    expect(
        found == (books[2], books[0]),
        f"After deleting one of three books {len(found)} are listed: expected the other two.",
    )
    total = me.list_books().total
    expect(total == before - 1, f"Deleting a book changed total from {before} to {total}.")


@check("database", "DELETE of a missing book answers 404 with a sentence in detail.")
def deleting_a_missing_book_is_404(me: Person) -> None:
    expect_missing(me.delete(f"{BOOKS}/{me.missing_id()}"))
    expect_missing(me.delete(f"{BOOKS}/{LARGEST_ID}"))


@check("database", "The ISBN of a deleted book is free again.")
def the_isbn_of_a_deleted_book_is_free(me: Person) -> None:
    book = me.make_book()
    expect_status(me.delete(book.path), 204)
    again = me.make_book(isbn=book.isbn)
    expect(again.isbn == book.isbn, f"POST {BOOKS} answered the isbn {again.isbn!r}.")


@check("database", "Deleting a book deletes its reviews, and no others.")
def deleting_a_book_deletes_its_reviews(me: Person) -> None:
    book, other = me.make_book(), me.make_book()
    reviews = [me.make_review(book), me.make_review(book)]
    kept = me.make_review(other)
    expect_status(me.delete(book.path), 204)
    for review in reviews:
        expect_missing(me.patch(review.path, {"rating": 3}))
        expect_missing(me.delete(review.path))
    expect_missing(me.get(book.reviews))
    found = me.list_reviews(other).items
    expect(found == (kept,), f"Deleting {book.path} changed the reviews of {other.path}: {found}.")


@check("database", "A new book has no reviews, even if it gets the id of a deleted one.")
def a_new_book_has_no_reviews(me: Person) -> None:
    for _ in range(2):
        book = me.make_book()
        expect(
            book.review_count == 0 and me.list_reviews(book).total == 0,
            f"The new book {book.path} has reviews: deleting a book must delete its reviews.",
        )
        me.make_review(book)
        expect(me.read_book(book.id).review_count == 1, f"{book.path} does not count its review.")
        expect_status(me.delete(book.path), 204)
