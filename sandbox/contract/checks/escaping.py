"""Checks of `pages` and `auth`: whatever people type is shown as text, never as markup."""

from urllib.parse import quote

from sandbox.contract.app import Person
from sandbox.contract.browser import Visit
from sandbox.contract.check import check
from sandbox.contract.expect import expect
from sandbox.contract.members import SIGN_IN, SIGN_UP
from sandbox.contract.site import LIST

ORDER = 180

_FORMS = (
    "<{0}>x</{0}>",
    "</title></textarea></script><{0}>",
    "\"><{0} a='",
    "'><{0} a=\"",
    "<{0} onzq=1 ",
    "\" onzq='1' x=\"",
    "' onzq=1 x='",
    "<script>{0}</script>",
    "&lt;{0}&gt; &amp; &#60;{0}&#62;",
)


@check("pages", "Titles and authors are escaped, on the list and on the book's page.")
def books_are_escaped(me: Person) -> None:
    for form in _FORMS:
        tag = "zq" + me.samples.word(5)
        text = form.format(tag)
        book = me.make_book(title=f"{me.samples.mark()} {text}", author=text + me.samples.tag)
        mark = book.title.split()[0]
        for path in (book.page, f"{LIST}?q={mark}"):
            visit = me.open_page(path)
            for whole in (book.title, book.author):
                _expect_text(visit, tag, whole)


@check("pages", "Reviews are escaped.")
def reviews_are_escaped(me: Person) -> None:
    book = me.make_book()
    for form in _FORMS:
        tag = "zq" + me.samples.word(5)
        review = me.make_review(book, text=form.format(tag))
        _expect_text(me.open_page(book.page), tag, review.text)


@check("pages", "The search word is escaped.")
def search_words_are_escaped(me: Person) -> None:
    for form in _FORMS:
        tag = "zq" + me.samples.word(5)
        word = form.format(tag).strip()
        visit = me.open_page(f"{LIST}?q={quote(word)}")
        _expect_no_markup(visit, tag, word)
        visit.form("q")
        expect(
            word in visit.page.shown("q"),
            f"{visit.answer.request} does not show the search word as it was typed.",
        )


@check("pages", "What was typed is escaped when the form is shown again.")
def typed_values_are_escaped(me: Person) -> None:
    for form in _FORMS:
        tag = "zq" + me.samples.word(5)
        text = form.format(tag).strip()
        opened = me.open_book_form()
        values = me.book_values(title=text, author=text, isbn=text, year=text)
        answer = opened.post(values)
        visit = opened.browser.read(answer, opened.visit.path)
        _expect_no_markup(visit, tag, text)
        field = visit.form("title").field("title")
        expect(
            field is not None and field.value == text,
            f"POST /books/new shows the title {field.value if field else ''!r}: "
            f"expected {text!r}, as typed.",
        )


@check("pages", "The message after adding a book is escaped.")
def messages_are_escaped(me: Person) -> None:
    for form in _FORMS:
        tag = "zq" + me.samples.word(5)
        title = f"{form.format(tag)} {me.samples.mark()}"
        _expect_no_markup(me.add_by_form(title=title), tag, title)


@check("auth", "Usernames are escaped where a form refuses them.")
def refused_usernames_are_escaped(me: Person) -> None:
    for form in _FORMS:
        for path in (SIGN_UP, SIGN_IN):
            tag = "zq" + me.samples.word(5)
            name = form.format(tag)
            visit = me.app.visitor().send_account(path, name, "a-right-long-password-9")
            _expect_no_markup(visit, tag, name)


def _expect_text(visit: Visit, tag: str, text: str) -> None:
    _expect_no_markup(visit, tag, text)
    shown = " ".join(text.split())
    expect(
        shown in visit.page.text,
        f"{visit.answer.request} does not show {text!r} as it is: escape it once, not more.",
    )


def _expect_no_markup(visit: Visit, tag: str, text: str) -> None:
    found = [each.name for each in visit.page.tags if each.name == tag or "onzq" in each.attributes]
    run = [script for script in visit.page.scripts if tag in script]
    expect(
        not found and not run,
        f"{visit.answer.request} shows {text!r} unescaped: it becomes markup of the page.",
    )
