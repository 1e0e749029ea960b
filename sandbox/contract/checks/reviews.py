"""Checks of `database`: the reviews of a book."""

from dataclasses import asdict
from typing import Any

from sandbox.contract.answer import Answer
from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.checks.listing import BAD_LIMITS, BAD_OFFSETS, DEFAULT_LIMIT
from sandbox.contract.expect import (
    expect,
    expect_missing,
    expect_no_crash,
    expect_refused,
    expect_status,
    expect_wrong_method,
)
from sandbox.contract.shapes import Review
from sandbox.contract.shelf import BOOKS, LARGEST_ID

ORDER = 140

TEXT_LIMIT = 2000
_BAD_FIELDS: tuple[tuple[str, Any], ...] = (
    ("rating", 0),
    ("rating", 6),
    ("rating", -1),
    ("rating", 10**30),
    ("rating", "banana"),
    ("rating", None),
    ("rating", [5]),
    ("rating", {"a": 5}),
    ("text", ""),
    ("text", "  \n"),
    ("text", "x" * (TEXT_LIMIT + 1)),
    ("text", None),
    ("text", ["x"]),
    ("text", {"a": "x"}),
)


@check("database", "POST /api/books/{id}/reviews answers 201 with the Review.")
def posting_answers_the_review(me: Person) -> None:
    book = me.make_book()
    for rating in (1, 2, 3, 4, 5):
        text = f"{me.samples.mark()} 👍 e\u0301"
        review = me.make_review(book, rating=rating, text=text)
        expect(
            (review.book_id, review.rating, review.text) == (book.id, rating, text),
            f"POST {book.reviews} answered {review}: expected what was sent and "
            "the id of the book.",
        )
        listed = me.list_reviews(book).items
        expect(review in listed, f"GET {book.reviews} does not list the review just added.")


@check("database", "A review's text has 1 to 2000 characters.")
def texts_have_one_to_2000_characters(me: Person) -> None:
    book = me.make_book()
    for text in ("x", "x" * TEXT_LIMIT, "📚" * TEXT_LIMIT, f" {'y' * TEXT_LIMIT}\n"):
        came = me.make_review(book, text=text).text
        expect(
            came == text.strip(),
            f"A review of {len(text.strip())} characters came back with {len(came)}.",
        )


@check("database", "rating 1-5 and text 1-2000: anything else is refused, naming the field.")
def bad_reviews_are_refused(me: Person) -> None:
    book = me.make_book()
    for field, value in _BAD_FIELDS:
        answer = me.post(book.reviews, me.samples.review(**{field: value}))
        expect_refused(answer, field)
    for field in ("rating", "text"):
        sent = me.samples.review()
        del sent[field]
        expect_refused(me.post(book.reviews, sent), field)
    total = me.list_reviews(book).total
    expect(total == 0, f"Only bad reviews were sent to {book.reviews}, and {total} are stored.")


@check("database", "Malformed reviews: 400 or 422; a wrong content type: 400, 415 or 422.")
def malformed_reviews_are_refused(me: Person) -> None:
    book = me.make_book()
    good = '{"rating": 3, "text": "x"}'
    for body in ("", "{", "[]", "null", f"[{good}]"):
        expect_refused(me.send_json("POST", book.reviews, body))
    for body, kind in (
        (good, "text/plain"),
        ("rating=3&text=x", "application/x-www-form-urlencoded"),
    ):
        answer = me.send("POST", book.reviews, body=body, content_type=kind)
        expect_status(answer, 400, 415, 422)
    total = me.list_reviews(book).total
    expect(total == 0, f"Only bad reviews were sent to {book.reviews}, and {total} are stored.")


@check("database", "A review's text is stripped; unknown and read-only fields are ignored.")
def reviews_are_stripped_and_keep_their_own_fields(me: Person) -> None:
    book, other = me.make_book(), me.make_book()
    mark = me.samples.mark()
    sent: dict[str, Any] = {
        "id": 1,
        "book_id": other.id,
        "created_at": "1999-01-01T00:00:00Z",
        "nonsense": {},
    }
    review = me.make_review(book, text=f" {mark}\n", **sent)
    expect(review.text == mark, f"POST {book.reviews} answered the text {review.text!r}.")
    expect(
        review.book_id == book.id and not review.created_at.startswith("1999"),
        f"POST {book.reviews} took read-only fields from the request: {review}.",
    )


@check("database", "GET /api/books/{id}/reviews lists the book's reviews, newest first.")
def reviews_are_newest_first(me: Person) -> None:
    book, other = me.make_book(), me.make_book()
    me.make_review(other)
    made = tuple(me.make_review(book) for _ in range(4))
    me.make_review(other)
    page = me.list_reviews(book)
    expect(
        page.items == made[::-1] and page.total == 4,
        f"GET {book.reviews} lists {[review.id for review in page.items]} with total "
        f"{page.total}: expected the ids {[review.id for review in made[::-1]]}, this book's "
        "reviews, newest first.",
    )


@check("database", "Reviews have limit and offset as for books.")
def reviews_have_pages(me: Person) -> None:
    book = me.make_book()
    made = tuple(me.make_review(book) for _ in range(DEFAULT_LIMIT + 2))[::-1]
    for parameters, expected in (
        ({}, made[:DEFAULT_LIMIT]),
        ({"limit": 1}, made[:1]),
        ({"limit": 100}, made),
        ({"limit": 5, "offset": 4}, made[4:9]),
        ({"offset": DEFAULT_LIMIT}, made[DEFAULT_LIMIT:]),
        ({"offset": 500}, ()),
    ):
        page = me.list_reviews(book, **parameters)
        expect(
            page.items == expected and page.total == len(made),
            f"GET {book.reviews} with {parameters} lists {len(page.items)} of {page.total} "
            f"reviews: expected {len(expected)} of {len(made)}, newest first.",
        )


@check("database", "limit and offset of reviews out of range: a validation error naming them.")
def bad_review_pages_are_refused(me: Person) -> None:
    path = me.make_book().reviews
    for limit in BAD_LIMITS:
        expect_refused(me.get(path, {"limit": limit}), "limit")
    for offset in BAD_OFFSETS:
        expect_refused(me.get(path, {"offset": offset}), "offset")


@check("database", "Reviews of a missing book, read or added: 404 with a sentence in detail.")
def reviews_of_a_missing_book_are_404(me: Person) -> None:
    for number in (me.missing_id(), LARGEST_ID):
        expect_missing(me.get(f"{BOOKS}/{number}/reviews"))
        expect_missing(me.post(f"{BOOKS}/{number}/reviews", me.samples.review()))


@check("database", "PATCH /api/reviews/{id} answers 200 with the Review and changes what was sent.")
def patching_changes_one_field_of_a_review(me: Person) -> None:
    book = me.make_book()
    review, other = me.make_review(book, rating=2), me.make_review(book)
    changes: tuple[dict[str, Any], ...] = ({"rating": 5}, {"text": me.samples.mark()}, {})
    for change in changes:
        expected = {**asdict(review), **change}
        review = me.review_in(expect_status(me.patch(review.path, change), 200))
        expect(
            asdict(review) == expected,
            f"PATCH {review.path} with {change} answered {review}: expected only that to change.",
        )
        _expect_listed(me, review, other)


@check("database", "PATCH of a review ignores unknown and read-only fields and strips its text.")
def patching_a_review_ignores_read_only_fields(me: Person) -> None:
    book, other = me.make_book(), me.make_book()
    review = me.make_review(book)
    sent = {"id": review.id + 9_000_001, "book_id": other.id, "created_at": "1999-01-01T00:00:00Z"}
    answer = me.patch(review.path, {**sent, "nonsense": 1, "text": f"  {review.text} "})
    same = me.review_in(expect_status(answer, 200))
    expect(same == review, f"PATCH {review.path} with read-only fields answered {same}.")
    _expect_listed(me, review)


@check("database", "PATCH of a review holds it to the same rules as POST.")
def patching_a_review_checks_the_input(me: Person) -> None:
    review = me.make_review(me.make_book())
    for field, value in _BAD_FIELDS:
        expect_refused(me.patch(review.path, {field: value}), field)
        _expect_listed(me, review)
    for body in ("{", "[]", "null"):
        expect_refused(me.send_json("PATCH", review.path, body))
    expect_status(me.send_json("PATCH", review.path, ""), 200, 400, 422)
    answer = me.send("PATCH", review.path, body='{"rating": 1}', content_type="text/plain")
    expect_status(answer, 400, 415, 422)
    _expect_listed(me, review)


@check("database", "DELETE /api/reviews/{id} answers 204, then 404.")
def deleting_a_review_answers_204_then_404(me: Person) -> None:
    book = me.make_book()
    kept, review = me.make_review(book), me.make_review(book)
    answer = expect_status(me.delete(review.path), 204)
    expect(not answer.body, f"DELETE {review.path} answered 204 with a body: expected none.")
    expect_missing(me.delete(review.path))
    expect_missing(me.patch(review.path, {"rating": 3}))
    _expect_listed(me, kept)


@check("database", "A missing review, changed or deleted: 404 with a sentence in detail.")
def missing_reviews_are_404(me: Person) -> None:
    deleted = me.make_review(me.make_book())
    expect_status(me.delete(deleted.path), 204)
    for path in (deleted.path, f"/api/reviews/{LARGEST_ID}"):
        expect_missing(me.patch(path, {"rating": 3}))
        expect_missing(me.delete(path))


@check("database", "A wrong method on reviews answers 405 with Allow, or 403.")
def wrong_methods_on_reviews_are_405(me: Person) -> None:
    review = me.make_review(me.make_book())
    for answer in (
        me.send_json("PUT", review.path, "{}"),
        me.send_json("PUT", f"{BOOKS}/{review.book_id}/reviews", "{}"),
        me.delete(f"{BOOKS}/{review.book_id}/reviews"),
    ):
        expect_wrong_method(answer)


@check(
    "database",
    "No input whatever gives a 5xx: reviews with odd numbers, texts and nesting.",
    tier="hardened",
)
def odd_reviews_never_crash(me: Person) -> None:
    book = me.make_book()
    for body in ('{"rating": NaN, "text": "x"}', "[" * 50_000):
        expect_refused(me.send_json("POST", book.reviews, body))
    expect_status(me.get(book.reviews, {"offset": "9" * 30}), 200, 400, 422)
    for rating in ("1e999", "-1e999", "1.5", "true", '"5"', r'"\u0000"', "1" * 6000):
        _post_raw(me, book.reviews, f'{{"rating": {rating}, "text": "x"}}')
    for text in (r'"\u0000"', r'"\ud800"', r'"a\udfffb"', "5", "true"):
        _post_raw(me, book.reviews, f'{{"rating": 3, "text": {text}}}')
    me.list_reviews(book)


def _post_raw(me: Person, path: str, body: str) -> Answer:
    answer = expect_no_crash(me.send_json("POST", path, body))
    expect_status(answer, 201, 400, 422)
    if answer.status == 201:
        me.review_in(answer)
    return answer


def _expect_listed(me: Person, *expected: Review) -> None:
    answer = me.get(f"{BOOKS}/{expected[0].book_id}/reviews")
    listed = me.reviews_in(answer).items
    for review in expected:
        expect(
            review in listed,
            f"{answer.request} does not list the review as it should be now, {review}.",
        )
