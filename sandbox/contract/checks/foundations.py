"""The first thing about each address: while one of these fails, checks that need it wait."""

from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect_status
from sandbox.contract.failure import Failure, NoAnswer
from sandbox.contract.shapes import Book
from sandbox.contract.shelf import BOOKS

ORDER = 20


@check("auth", "Somebody can sign up, and is signed in then or after signing in.", foundation=True)
def members_can_sign_up(me: Person) -> None:
    _ = me.member()


@check("validation", "POST /api/books adds a book.", foundation=True)
def books_can_be_added(me: Person) -> None:
    me.make_book()


@check("routes", "GET /api/books lists books.", foundation=True)
def books_can_be_listed(me: Person) -> None:
    me.list_books()


@check("routes", "GET /api/books/{id} shows a book.", foundation=True)
def books_can_be_read(me: Person) -> None:
    books = me.list_books().items[:1]
    if not books and "validation" in me.app.features:
        books = (_first_book(me),)
    for book in books:
        me.read_book(book.id)


def _first_book(me: Person) -> Book:
    try:
        return me.make_book()
    except NoAnswer:
        raise
    except Failure as failure:
        told = f"GET {BOOKS} lists no book, and none could be added: {failure}"
        raise Failure(told, step=failure.step) from None


@check("database", "PATCH /api/books/{id} changes a book.", foundation=True)
def books_can_be_changed(me: Person) -> None:
    me.book_in(expect_status(me.patch(me.make_book().path, {"year": 1999}), 200))


@check("database", "DELETE /api/books/{id} deletes a book.", foundation=True)
def books_can_be_deleted(me: Person) -> None:
    expect_status(me.delete(me.make_book().path), 204)


@check("database", "POST /api/books/{id}/reviews adds a review.", foundation=True)
def reviews_can_be_added(me: Person) -> None:
    me.make_review(me.make_book())


@check("database", "GET /api/books/{id}/reviews lists reviews.", foundation=True)
def reviews_can_be_listed(me: Person) -> None:
    me.list_reviews(me.make_book())


@check("database", "PATCH /api/reviews/{id} changes a review.", foundation=True)
def reviews_can_be_changed(me: Person) -> None:
    review = me.make_review(me.make_book())
    me.review_in(expect_status(me.patch(review.path, {"rating": 3}), 200))


@check("database", "DELETE /api/reviews/{id} deletes a review.", foundation=True)
def reviews_can_be_deleted(me: Person) -> None:
    expect_status(me.delete(me.make_review(me.make_book()).path), 204)
