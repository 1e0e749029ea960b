"""Checks of `pages`: the form for a new book."""

from datetime import date
from urllib.parse import urlencode

from sandbox.contract.answer import excerpt
from sandbox.contract.app import Person
from sandbox.contract.browser import Visit
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_no_crash, expect_status
from sandbox.contract.failure import Failure
from sandbox.contract.site import (
    BOOK_FIELDS,
    FORM_AGAIN,
    LIST,
    NEW,
    REDIRECTED,
    expect_token_needed,
    new_words,
)
from sandbox.contract.transport import Body

ORDER = 170

_BAD_VALUES = (
    ("title", ""),
    ("title", "   "),
    ("title", "x" * 201),
    ("author", ""),
    ("author", "x" * 201),
    ("isbn", "9780441478126"),
    ("isbn", "978-0-441-47812-5"),
    ("isbn", "banana"),
    ("year", "banana"),
    ("year", "-3001"),
    ("year", str(date.today().year + 3)),
    ("year", "9" * 30),
    ("year", "1.5"),
)
_ODD_TEXTS = (
    "\x00",
    "a\x00b",
    "\x01\x1f",
    "'; DROP TABLE books; --",
    "{{7*7}}",
    "%s%n",
    "9" * 5000,
)


@check("pages", "GET /books/new shows a form with title, author, isbn and year.", foundation=True)
def there_is_a_form(me: Person) -> None:
    me.open_book_form()


@check("pages", "GET /books leads to the form for a new book.")
def the_list_leads_to_the_form(me: Person) -> None:
    browser = me
    visit = browser.open_page(LIST)
    leads = [browser.own_path(visit, link) for link in visit.page.links]
    expect(NEW in leads, f"GET {LIST} has no link to {NEW}.")


@check("pages", "The form adds a book, which is stored as typed.")
def the_form_adds_a_book(me: Person) -> None:
    for changes in ({}, {"isbn": "", "year": ""}, {"title": "Zwei  Wörter 📚 <&>"}):
        mark = me.samples.mark()
        values = me.book_values(author=mark, **changes)
        me.add_by_form(**values)
        found = me.find_books(mark)
        expect(len(found) == 1, f"POST {NEW} added {len(found)} books: expected one.")
        book = found[0]
        came = (book.title, book.isbn or "", "" if book.year is None else str(book.year))
        sent = (values["title"], values["isbn"], values["year"])
        expect(came == sent, f"POST {NEW} with {sent} stored {came}: expected it as typed.")


@check("pages", "Adding a book redirects with 302 or 303, to a page that shows it.")
def success_redirects(me: Person) -> None:
    opened = me.open_book_form()
    values = me.book_values()
    answer = opened.post(values)
    expect_status(answer, *REDIRECTED)
    path = opened.browser.own_path(opened.visit, answer.headers.get("location", ""))
    expect(path is not None, f"{answer.request} redirects to another site.")
    visit = me.open_page(path or "/")
    title = str(values["title"])
    expect(title in visit.page.text, f"POST {NEW} leads to {path}, which does not show {title!r}.")


@check("pages", "Adding a book shows a message, once.")
def success_shows_a_message_once(me: Person) -> None:
    first = me.add_by_form()
    again = me.open_page(first.path)
    expect(
        bool(new_words(first.page.text, again.page.text)),
        f"After POST {NEW} the page {first.path} says nothing that it does not say later on: "
        "expected a message that the book was added, shown once.",
    )


@check("pages", "The form needs its CSRF token: 403 or 400 without.")
def the_form_needs_its_token(me: Person) -> None:
    mark = me.samples.mark()
    other = me.app.new_member() if "auth" in me.app.features else me.app.visitor()
    expect_token_needed(
        me.open_book_form(),
        other.open_book_form(),
        me.book_values(title=mark),
        what="for a new book",
        happened=lambda: bool(me.find_books(mark)),
    )


@check("pages", "The form needs the cookie that its token belongs to.")
def the_form_needs_its_cookie(me: Person) -> None:
    mark = me.samples.mark()
    opened = me.open_book_form()
    stranger = me.app.visitor()
    answer = stranger.send_form(opened.visit, opened.form, me.book_values(title=mark))
    expect_status(answer, 400, 403, *REDIRECTED)
    expect(
        not me.find_books(mark),
        f"POST {NEW} without any cookie stored a book: the token must belong to a session.",
    )


@check("pages", "A wrong value shows the form again with 200 or 422 and stores nothing.")
def wrong_values_show_the_form_again(me: Person) -> None:
    for name, value in _BAD_VALUES:
        _expect_form_again(me, name, value)


@check("pages", "An ISBN that another book has shows the form again.")
def a_taken_isbn_shows_the_form_again(me: Person) -> None:
    book = me.make_book()
    _expect_form_again(me, "isbn", str(book.isbn))


@check("pages", "After an error the form keeps what was typed.")
def the_form_keeps_the_input(me: Person) -> None:
    tag = me.samples.mark()
    for changes in (
        {"year": "banana"},
        {"title": "", "author": f'{tag} "quoted" & <b>bold</b>'},
        {"isbn": "978", "title": f"{tag} Ünïcödé 📚"},
    ):
        values = me.book_values(**changes)
        visit = _send(me, values)
        form = visit.form(*BOOK_FIELDS)
        for name, value in values.items():
            field = form.field(name)
            expect(
                field is not None and field.value == value,
                f"POST {NEW} with errors shows {name} as {excerpt(field.value if field else '')!r}"
                f": expected {excerpt(value or '')!r}, as typed.",
            )


@check("pages", "Errors stand beside their fields.")
def errors_stand_beside_their_fields(me: Person) -> None:
    fresh = me.open_book_form().visit
    for name, value in (("year", "banana"), ("isbn", "978"), ("author", "")):
        visit = _send(me, me.book_values(**{name: value}))
        words = new_words(visit.page.nearby(name), fresh.page.nearby(name))
        expect(
            len(words) >= 2,
            f"POST {NEW} with {name} = {value!r} shows no error beside the field {name}.",
        )


@check("pages", "No input whatever gives a 5xx: odd texts in the form.", tier="hardened")
def odd_forms_never_crash(me: Person) -> None:
    opened = me.open_book_form()
    for text in _ODD_TEXTS:
        for name in BOOK_FIELDS:
            values = me.book_values(**{name: text})
            expect_no_crash(opened.post(values))
    token = urlencode(opened.form.values).encode()
    for content, kind in (
        (token + b"&title=%ff%fe&author=%ed%a0%80", "application/x-www-form-urlencoded"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"title=x&" * 3000, "application/x-www-form-urlencoded"),
        (b"broken", "multipart/form-data"),
        (b"broken", "multipart/form-data; boundary=x"),
        (b"{}", "application/json"),
        (b"x", None),
    ):
        expect_no_crash(opened.browser.request("POST", NEW, body=Body(content, kind)))
    me.open_page(LIST)


def _expect_form_again(me: Person, name: str, value: str) -> None:
    mark = me.samples.mark()
    other = "author" if name == "title" else "title"
    values = me.book_values(**{other: mark, name: value})
    visit = _send(me, values)
    visit.form(*BOOK_FIELDS)
    expect(
        not me.find_books(mark),
        f"POST {NEW} with {name} = {excerpt(value, 60)!r} stored the book: expected an error.",
    )


def _send(me: Person, values: dict[str, str | None]) -> Visit:
    opened = me.open_book_form()
    answer = opened.post(values)
    if answer.status not in FORM_AGAIN:
        what = excerpt(str(values), 120)
        raise Failure(
            f"POST {NEW} with {what} answered {answer.status}: expected the form again, with 200 "
            "or 422.",
            step=answer.step,
        )
    return opened.browser.read(answer, opened.visit.path)
