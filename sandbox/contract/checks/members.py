"""Checks of `auth`: what needs a member, and what only a review's author may do."""

from sandbox.contract.answer import Answer, Json
from sandbox.contract.app import Person
from sandbox.contract.browser import REDIRECTS, Opened, Visit
from sandbox.contract.check import check
from sandbox.contract.document import Field, Form
from sandbox.contract.expect import expect, expect_status
from sandbox.contract.shapes import Book, Review
from sandbox.contract.shelf import BOOKS
from sandbox.contract.site import NEW, expect_token_needed

ORDER = 220

_REFUSED = (401, 403)
_FAULTY = ("{}", "{", "", "[]", '{"title": "", "rating": 9}')


@check("auth", "Adding a book needs a member: 401 or 403 (or 400, 422 for a faulty body).")
def adding_books_needs_a_member(me: Person) -> None:
    mark = me.samples.mark()
    stranger = me.app.visitor()
    _expect_forbidden(stranger.post(BOOKS, me.samples.book(title=mark)))
    expect(not me.find_books(mark), f"POST {BOOKS} by nobody was refused, but stored the book.")
    for body in _FAULTY:
        expect_status(stranger.send_json("POST", BOOKS, body), *_REFUSED, 400, 422)


@check("auth", "Changing and deleting a book need a member: 401 or 403.")
def changing_books_needs_a_member(me: Person) -> None:
    book = me.make_book()
    stranger = me.app.visitor()
    _expect_forbidden(stranger.patch(book.path, {"title": "Changed by nobody"}))
    _expect_forbidden(stranger.delete(book.path))
    for body in _FAULTY:
        expect_status(stranger.send_json("PATCH", book.path, body), *_REFUSED, 400, 422)
    expect(me.read_book(book.id) == book, f"{book.path} was changed by somebody not signed in.")


@check("auth", "Adding a review needs a member: 401 or 403.")
def reviewing_needs_a_member(me: Person) -> None:
    book = me.make_book()
    stranger = me.app.visitor()
    _expect_forbidden(stranger.post(book.reviews, me.samples.review()))
    for body in _FAULTY:
        expect_status(stranger.send_json("POST", book.reviews, body), *_REFUSED, 400, 422)
    total = me.list_reviews(book).total
    expect(total == 0, f"POST {book.reviews} by nobody stored a review.")


@check("auth", "Changing and deleting a review need a member: 401 or 403.")
def changing_reviews_needs_a_member(me: Person) -> None:
    book = me.make_book()
    review = me.make_review(book)
    stranger = me.app.visitor()
    _expect_forbidden(stranger.patch(review.path, {"text": "Changed by nobody"}))
    _expect_forbidden(stranger.delete(review.path))
    _expect_unchanged(me, book, review)


@check("auth", "Reading needs nobody.")
def reading_needs_nobody(me: Person) -> None:
    book = me.make_book()
    me.make_review(book)
    stranger = me.app.visitor()
    for path in (BOOKS, book.path, book.reviews):
        expect_status(stranger.get(path), 200)
    for path in ("/books", book.page):
        stranger.open_page(path)


@check("auth", "An API call that lacks the token is refused or harmless: no form of another site.")
def forged_calls_store_nothing(me: Person) -> None:
    mark = me.samples.mark()
    browser = me
    forger = me.app.visitor()
    forger.cookies = dict(browser.cookies)
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
    expect(not me.find_books(mark), "A form of another site can add books in a member's name.")


@check("auth", "On pages the form for a new book leads to signing in.")
def the_form_needs_a_member(me: Person) -> None:
    mark = me.samples.mark()
    stranger = me.app.visitor()
    answer = stranger.look(NEW).answer
    expect_status(answer, *REDIRECTS)
    expect(
        "login" in answer.headers.get("location", ""),
        f"GET {NEW} leads to {answer.headers.get('location', '')!r}: expected /login.",
    )
    opened = me.open_book_form()
    refused = stranger.send_form(opened.visit, opened.form, me.book_values(title=mark))
    expect_status(refused, 400, 401, 403, *REDIRECTS)
    expect(not me.find_books(mark), f"POST {NEW} stored a book of somebody not signed in.")


@check("auth", "A review names its author.")
def reviews_name_their_author(me: Person) -> None:
    book = me.make_book()
    other = me.app.new_member()
    made = [me.make_review(book), other.make_review(book)]
    names = [me.member().name, other.member().name]
    for review, name in zip(made, names, strict=True):
        expect(review.author == name, f"A review by {name!r} has the author {review.author!r}.")
    listed = [review.author for review in me.list_reviews(book).items]
    expect(listed == names[::-1], f"GET {book.reviews} names the authors {listed}.")
    visit = me.app.visitor().open_page(book.page)
    for name in names:
        expect(name in visit.page.text, f"{visit.answer.request} does not name the author {name}.")


@check("auth", "A review's author is whoever is signed in, whatever is sent.")
def authors_cannot_be_sent(me: Person) -> None:
    book = me.make_book()
    other = me.app.new_member().member()
    sent = me.samples.review(author=other.name, author_id=1, user=other.name)
    review = me.make_review(book, **sent)
    expect(review.author == me.member().name, f"POST {book.reviews} took the author sent.")
    expect_status(me.patch(review.path, {"author": other.name, "author_id": 1}), 200)
    _expect_unchanged(me, book, review)


@check("auth", "Only its author changes a review: 403 for others.")
def only_authors_change_reviews(me: Person) -> None:
    book = me.make_book()
    review = me.make_review(book)
    other = me.app.new_member()
    tries: tuple[dict[str, Json], ...] = ({"rating": 1}, {"text": "Not mine"}, {})
    for changes in tries:
        expect_status(other.patch(review.path, changes), 403).json()
    expect_status(other.patch(review.path, {"rating": 99}), 403, 400, 422)
    _expect_unchanged(me, book, review)


@check("auth", "Only its author deletes a review: 403 for others.")
def only_authors_delete_reviews(me: Person) -> None:
    book = me.make_book()
    review = me.make_review(book)
    expect_status(me.app.new_member().delete(review.path), 403).json()
    _expect_unchanged(me, book, review)
    expect_status(me.delete(review.path), 204)


@check("auth", "Every member may change and delete every book.")
def members_share_the_books(me: Person) -> None:
    book = me.make_book()
    other = me.app.new_member()
    expect_status(other.patch(book.path, {"year": 1901}), 200)
    expect_status(other.delete(book.path), 204)


@check("auth", "A member writes a review on the book's page, by a form with a CSRF token.")
def reviews_are_written_on_pages(me: Person) -> None:
    book = me.make_book()
    text = f"{me.samples.mark()} written on the page"
    values: dict[str, str | None] = {"rating": "4", "text": text}
    opened = _review_form(me, book)
    expect_token_needed(
        opened,
        _review_form(me.app.new_member(), book),
        values,
        what="for a review",
        happened=lambda: bool(me.list_reviews(book).total),
    )
    for bad in ({"rating": "9"}, {"rating": "banana"}, {"text": ""}, {"text": "x" * 2001}):
        answer = opened.post({**values, **bad})
        expect(answer.status < 500, f"{answer.request} answered {answer.status}.")
    expect(me.list_reviews(book).total == 0, "A wrong review was stored by the form.")
    answer = opened.submit(values).answer
    expect(answer.status < 500, f"{answer.request} answered {answer.status}.")
    listed = me.list_reviews(book).items
    told = f"The form for a review on {book.page} was sent, and"
    expect(len(listed) == 1, f"{told} {len(listed)} reviews are stored: expected one.")
    expect(
        (listed[0].rating, listed[0].text, listed[0].author) == (4, text, me.member().name),
        f"{told} {listed[0]} is stored: expected it as typed, by its author.",
    )


@check("auth", "On pages only its author deletes a review.")
def only_authors_delete_reviews_on_pages(me: Person) -> None:
    book = me.make_book()
    review = me.make_review(book)
    own = _delete_form(me, book, review)
    expect(own is not None, f"GET {book.page} lets the author delete no review.")
    other = me.app.new_member()
    expect(
        _delete_form(other, book, review) is None,
        f"GET {book.page} offers a member to delete the review of another.",
    )
    if own is None:
        return
    page = other.open_page(book.page)
    tokens = dict.fromkeys(own.form.tokens, _token_on(page))
    for browser, changes in ((other, tokens), (me.app.visitor(), {})):
        answer = browser.send_form(own.visit, own.form, changes)
        expect_status(answer, 400, 401, 403, 404, *REDIRECTS)
        _expect_unchanged(me, book, review)
    expect_token_needed(
        own,
        Opened(other, page, Form("", "POST", fields=_token_fields(own.form, tokens))),
        {},
        what="for deleting a review",
        happened=lambda: not me.list_reviews(book).total,
    )
    answer = own.submit({}).answer
    expect(answer.status < 500, f"{answer.request} answered {answer.status}.")
    expect(not me.list_reviews(book).total, "Deleting a review on its page did not delete it.")


def _token_on(visit: Visit) -> str | None:
    found = [form.values[name] for form in visit.page.forms for name in form.tokens]
    return found[0] if found else visit.page.csrf_token


def _token_fields(form: Form, tokens: dict[str, str | None]) -> list[Field]:
    return [Field(name, "hidden", tokens[name] or "x" * 20) for name in form.tokens]


def _review_form(me: Person, book: Book) -> Opened:
    visit = me.open_page(book.page)
    return Opened(me, visit, visit.form("rating", "text"))


def _delete_form(me: Person, book: Book, review: Review) -> Opened | None:
    visit = me.open_page(book.page)
    for form in visit.page.forms:
        action = me.target(visit, form)
        if form.method == "POST" and "delete" in action and str(review.id) in action.split("/"):
            return Opened(me, visit, form)
    return None


def _expect_forbidden(answer: Answer) -> None:
    expect_status(answer, *_REFUSED)
    answer.json()


def _expect_unchanged(me: Person, book: Book, review: Review) -> None:
    listed = me.list_reviews(book).items
    expect(
        listed == (review,),
        f"{review.path} should be as its author wrote it, {review}, but {book.reviews} lists "
        f"{listed}.",
    )
