"""The first thing about each address: while one of these fails, checks that need it wait."""

from __future__ import annotations

from sandbox.contract.api import Api
from sandbox.contract.check import check
from sandbox.contract.expect import expect_status
from sandbox.contract.shapes import book_of, review_of
from sandbox.contract.shelf import (
    list_books,
    list_reviews,
    make_book,
    make_review,
    read_book,
)


@check("auth", "Somebody can sign up, and is signed in then or after signing in.", foundation=True)
def members_can_sign_up(api: Api) -> None:
    _ = api.member


@check("validation", "POST /api/books adds a book.", foundation=True)
def books_can_be_added(api: Api) -> None:
    make_book(api)


@check("routes", "GET /api/books lists books.", foundation=True)
def books_can_be_listed(api: Api) -> None:
    list_books(api)


@check("routes", "GET /api/books/{id} shows a book.", foundation=True)
def books_can_be_read(api: Api) -> None:
    for book in list_books(api).items[:1]:
        read_book(api, book.id)


@check("database", "PATCH /api/books/{id} changes a book.", foundation=True)
def books_can_be_changed(api: Api) -> None:
    book_of(api, expect_status(api.patch(make_book(api).path, {"year": 1999}), 200))


@check("database", "DELETE /api/books/{id} deletes a book.", foundation=True)
def books_can_be_deleted(api: Api) -> None:
    expect_status(api.delete(make_book(api).path), 204)


@check("database", "POST /api/books/{id}/reviews adds a review.", foundation=True)
def reviews_can_be_added(api: Api) -> None:
    make_review(api, make_book(api))


@check("database", "GET /api/books/{id}/reviews lists reviews.", foundation=True)
def reviews_can_be_listed(api: Api) -> None:
    list_reviews(api, make_book(api))


@check("database", "PATCH /api/reviews/{id} changes a review.", foundation=True)
def reviews_can_be_changed(api: Api) -> None:
    review = make_review(api, make_book(api))
    review_of(api, expect_status(api.patch(review.path, {"rating": 3}), 200))


@check("database", "DELETE /api/reviews/{id} deletes a review.", foundation=True)
def reviews_can_be_deleted(api: Api) -> None:
    expect_status(api.delete(make_review(api, make_book(api)).path), 204)
