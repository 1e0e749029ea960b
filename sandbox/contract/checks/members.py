"""Checks of `auth`: what needs a member, and what only a review's author may do."""

from __future__ import annotations

from sandbox.contract.answer import Answer, Json
from sandbox.contract.api import Api
from sandbox.contract.browser import REDIRECTS, Visit
from sandbox.contract.check import check
from sandbox.contract.document import Field, Form
from sandbox.contract.expect import expect, expect_status
from sandbox.contract.shapes import Book, Review
from sandbox.contract.shelf import (
    BOOKS,
    find_books,
    list_reviews,
    make_book,
    make_review,
    read_book,
    reviews_of,
)
from sandbox.contract.site import (
    NEW,
    Opened,
    book_page,
    book_values,
    expect_token_needed,
    open_book_form,
    open_page,
    visitor,
)

_REFUSED = (401, 403)
_FAULTY = ("{}", "{", "", "[]", '{"title": "", "rating": 9}')


@check("auth", "Adding a book needs a member: 401 or 403 (or 400, 422 for a faulty body).")
def adding_books_needs_a_member(api: Api) -> None:
    mark = api.samples.mark()
    stranger = api.stranger()
    _expect_forbidden(stranger.post(BOOKS, api.samples.book(title=mark)))
    expect(not find_books(api, mark), f"POST {BOOKS} by nobody was refused, but stored the book.")
    for body in _FAULTY:
        expect_status(stranger.send_json("POST", BOOKS, body), *_REFUSED, 400, 422)


@check("auth", "Changing and deleting a book need a member: 401 or 403.")
def changing_books_needs_a_member(api: Api) -> None:
    book = make_book(api)
    stranger = api.stranger()
    _expect_forbidden(stranger.patch(book.path, {"title": "Changed by nobody"}))
    _expect_forbidden(stranger.delete(book.path))
    for body in _FAULTY:
        expect_status(stranger.send_json("PATCH", book.path, body), *_REFUSED, 400, 422)
    expect(read_book(api, book.id) == book, f"{book.path} was changed by somebody not signed in.")


@check("auth", "Adding a review needs a member: 401 or 403.")
def reviewing_needs_a_member(api: Api) -> None:
    book = make_book(api)
    stranger = api.stranger()
    _expect_forbidden(stranger.post(reviews_of(book), api.samples.review()))
    for body in _FAULTY:
        expect_status(stranger.send_json("POST", reviews_of(book), body), *_REFUSED, 400, 422)
    total = list_reviews(api, book).total
    expect(total == 0, f"POST {reviews_of(book)} by nobody stored a review.")


@check("auth", "Changing and deleting a review need a member: 401 or 403.")
def changing_reviews_needs_a_member(api: Api) -> None:
    book = make_book(api)
    review = make_review(api, book)
    stranger = api.stranger()
    _expect_forbidden(stranger.patch(review.path, {"text": "Changed by nobody"}))
    _expect_forbidden(stranger.delete(review.path))
    _expect_unchanged(api, book, review)


@check("auth", "Reading needs nobody.")
def reading_needs_nobody(api: Api) -> None:
    book = make_book(api)
    make_review(api, book)
    stranger = api.stranger()
    for path in (BOOKS, book.path, reviews_of(book)):
        expect_status(stranger.get(path), 200)
    for path in ("/books", book_page(book)):
        open_page(stranger.visitor, path)


@check("auth", "An API call that lacks the token is refused or harmless: no form of another site.")
def forged_calls_store_nothing(api: Api) -> None:
    mark = api.samples.mark()
    browser = visitor(api)
    forger = api.stranger()
    forger.visitor.cookies = dict(browser.cookies)
    text = f'{{"title": "{mark}", "author": "x", "a": "="}}'
    for body, kind in (
        (text, "text/plain"),
        (f"title={mark}&author=x", "application/x-www-form-urlencoded"),
        (
            f'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\n{mark}\r\n'
            '--x\r\nContent-Disposition: form-data; name="author"\r\n\r\nx\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
    ):
        answer = forger.send("POST", BOOKS, body=body, content_type=kind)
        expect_status(answer, 400, 401, 403, 415, 422)
    expect(not find_books(api, mark), "A form of another site can add books in a member's name.")


@check("auth", "On pages the form for a new book leads to signing in.")
def the_form_needs_a_member(api: Api) -> None:
    mark = api.samples.mark()
    stranger = api.browser()
    answer = stranger.look(NEW).answer
    expect_status(answer, *REDIRECTS)
    expect(
        "login" in answer.headers.get("location", ""),
        f"GET {NEW} leads to {answer.headers.get('location', '')!r}: expected /login.",
    )
    opened = open_book_form(visitor(api))
    refused = stranger.post(opened.visit, opened.form, book_values(api, title=mark))
    expect_status(refused, 400, 401, 403, *REDIRECTS)
    expect(not find_books(api, mark), f"POST {NEW} stored a book of somebody not signed in.")


@check("auth", "A review names its author.")
def reviews_name_their_author(api: Api) -> None:
    book = make_book(api)
    other = api.other_member()
    made = [make_review(api, book), make_review(other, book)]
    names = [api.member.name, other.member.name]
    for review, name in zip(made, names, strict=True):
        expect(review.author == name, f"A review by {name!r} has the author {review.author!r}.")
    listed = [review.author for review in list_reviews(api, book).items]
    expect(listed == names[::-1], f"GET {reviews_of(book)} names the authors {listed}.")
    visit = open_page(api.browser(), book_page(book))
    for name in names:
        expect(name in visit.page.text, f"{visit.answer.request} does not name the author {name}.")


@check("auth", "A review's author is whoever is signed in, whatever is sent.")
def authors_cannot_be_sent(api: Api) -> None:
    book = make_book(api)
    other = api.other_member().member
    sent = api.samples.review(author=other.name, author_id=1, user=other.name)
    review = make_review(api, book, **sent)
    expect(review.author == api.member.name, f"POST {reviews_of(book)} took the author sent.")
    expect_status(api.patch(review.path, {"author": other.name, "author_id": 1}), 200)
    _expect_unchanged(api, book, review)


@check("auth", "Only its author changes a review: 403 for others.")
def only_authors_change_reviews(api: Api) -> None:
    book = make_book(api)
    review = make_review(api, book)
    other = api.other_member()
    tries: tuple[dict[str, Json], ...] = ({"rating": 1}, {"text": "Not mine"}, {})
    for changes in tries:
        expect_status(other.patch(review.path, changes), 403).json()
    expect_status(other.patch(review.path, {"rating": 99}), 403, 400, 422)
    _expect_unchanged(api, book, review)


@check("auth", "Only its author deletes a review: 403 for others.")
def only_authors_delete_reviews(api: Api) -> None:
    book = make_book(api)
    review = make_review(api, book)
    expect_status(api.other_member().delete(review.path), 403).json()
    _expect_unchanged(api, book, review)
    expect_status(api.delete(review.path), 204)


@check("auth", "Every member may change and delete every book.")
def members_share_the_books(api: Api) -> None:
    book = make_book(api)
    other = api.other_member()
    expect_status(other.patch(book.path, {"year": 1901}), 200)
    expect_status(other.delete(book.path), 204)


@check("auth", "A member writes a review on the book's page, by a form with a CSRF token.")
def reviews_are_written_on_pages(api: Api) -> None:
    book = make_book(api)
    text = f"{api.samples.mark()} written on the page"
    values: dict[str, str | None] = {"rating": "4", "text": text}
    opened = _review_form(api, book)
    expect_token_needed(
        opened,
        _review_form(api.other_member(), book),
        values,
        what="for a review",
        happened=lambda: bool(list_reviews(api, book).total),
    )
    for bad in ({"rating": "9"}, {"rating": "banana"}, {"text": ""}, {"text": "x" * 2001}):
        answer = opened.browser.post(opened.visit, opened.form, {**values, **bad})
        expect(answer.status < 500, f"{answer.request} answered {answer.status}.")
    expect(list_reviews(api, book).total == 0, "A wrong review was stored by the form.")
    opened.browser.submit(opened.visit, opened.form, values)
    listed = list_reviews(api, book).items
    expect(
        [(each.rating, each.text, each.author) for each in listed] == [(4, text, api.member.name)],
        f"The form for a review on {book_page(book)} stored {listed}: expected one, as typed.",
    )


@check("auth", "On pages only its author deletes a review.")
def only_authors_delete_reviews_on_pages(api: Api) -> None:
    book = make_book(api)
    review = make_review(api, book)
    own = _delete_form(api, book, review)
    expect(own is not None, f"GET {book_page(book)} lets the author delete no review.")
    other = api.other_member()
    expect(
        _delete_form(other, book, review) is None,
        f"GET {book_page(book)} offers a member to delete the review of another.",
    )
    if own is None:
        return
    page = open_page(other.visitor, book_page(book))
    tokens = dict.fromkeys(own.form.tokens, _token_on(page))
    for browser, changes in ((other.visitor, tokens), (api.browser(), {})):
        answer = browser.post(own.visit, own.form, changes)
        expect_status(answer, 400, 401, 403, 404, *REDIRECTS)
        _expect_unchanged(api, book, review)
    expect_token_needed(
        own,
        Opened(other.visitor, page, Form("", "POST", fields=_token_fields(own.form, tokens))),
        {},
        what="for deleting a review",
        happened=lambda: not list_reviews(api, book).total,
    )
    own.browser.submit(own.visit, own.form, {})
    expect(not list_reviews(api, book).total, "Deleting a review on its page did not delete it.")


def _token_on(visit: Visit) -> str | None:
    found = [form.values[name] for form in visit.page.forms for name in form.tokens]
    return found[0] if found else visit.page.csrf_token


def _token_fields(form: Form, tokens: dict[str, str | None]) -> list[Field]:
    return [Field(name, "hidden", tokens[name] or "x" * 20) for name in form.tokens]


def _review_form(api: Api, book: Book) -> Opened:
    visit = open_page(visitor(api), book_page(book))
    return Opened(api.visitor, visit, visit.form("rating", "text"))


def _delete_form(api: Api, book: Book, review: Review) -> Opened | None:
    visit = open_page(visitor(api), book_page(book))
    for form in visit.page.forms:
        action = api.visitor.target(visit, form)
        if form.method == "POST" and "delete" in action and str(review.id) in action.split("/"):
            return Opened(api.visitor, visit, form)
    return None


def _expect_forbidden(answer: Answer) -> None:
    expect_status(answer, *_REFUSED)
    answer.json()


def _expect_unchanged(api: Api, book: Book, review: Review) -> None:
    listed = list_reviews(api, book).items
    expect(
        listed == (review,),
        f"{review.path} should be as its author wrote it, {review}, but {reviews_of(book)} lists "
        f"{listed}.",
    )
