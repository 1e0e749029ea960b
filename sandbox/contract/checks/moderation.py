"""Checks of `admin`: staff find reviews and books, and hide and show reviews."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from sandbox.contract.api import Api
from sandbox.contract.browser import REDIRECTS, Browser, Visit
from sandbox.contract.check import check
from sandbox.contract.document import Form
from sandbox.contract.expect import expect, expect_missing, expect_status
from sandbox.contract.failure import Failure
from sandbox.contract.members import SIGN_IN, account_values, is_signed_in, send_account
from sandbox.contract.shapes import Review
from sandbox.contract.shelf import list_reviews, make_book, make_review, read_book
from sandbox.contract.site import book_page, open_page

ADMIN = "/admin/"
_SEARCH_NAMES = ("search", "q")


@check("admin", "/admin/ is closed to visitors and members: login or 403.")
def the_admin_is_closed(api: Api) -> None:
    for browser in (api.browser(), api.other_member().visitor):
        _expect_closed(browser, ADMIN)


@check("admin", "Staff enter /admin/.", foundation=True)
def staff_enter(api: Api) -> None:
    _enter(api)


@check("admin", "The admin lists and searches books.")
def books_are_listed_and_searched(api: Api) -> None:
    first, second = make_book(api), make_book(api)
    staff = _enter(api)
    for word in (first.title.split()[-1], first.author.split()[-1]):
        _expect_found(staff, "book", word, first.id, second.id)


@check("admin", "The admin lists and searches reviews.")
def reviews_are_listed_and_searched(api: Api) -> None:
    book = make_book(api)
    first, second = make_review(api, book), make_review(api, book)
    _expect_found(_enter(api), "review", first.text.split()[-1], first.id, second.id)


@check("admin", "Lists and edit pages of the admin are closed to members and visitors too.")
def lists_are_closed(api: Api) -> None:
    book = make_book(api)
    review = make_review(api, book)
    staff = _enter(api)
    lists = [_list_of(staff, "review"), _list_of(staff, "book")]
    edit = _edit_page(staff, review)
    for browser in (api.browser(), api.other_member().visitor):
        for path in (*(visit.path for visit in lists), edit.path):
            _expect_closed(browser, path)
        form = edit.form("hidden")
        answer = browser.post(edit, form, {"hidden": "on"})
        expect_status(answer, 400, 401, 403, 404, *REDIRECTS)
    expect(
        list_reviews(api, book).total == 1, f"Somebody who is no staff hid a review at {edit.path}."
    )


@check("admin", "The edit page of a review has a checkbox hidden, which is kept.")
def hiding_is_kept(api: Api) -> None:
    review = make_review(api, make_book(api))
    staff = _enter(api)
    for hidden in (True, False, True):
        _set_hidden(staff, review, hidden)
        field = _edit_page(staff, review).form("hidden").field("hidden")
        expect(
            field is not None and field.kind == "checkbox" and field.checked == hidden,
            f"After saving the review with hidden {hidden} its edit page shows something else.",
        )


@check("admin", "A hidden review is gone from the API, and comes back.")
def hidden_reviews_are_gone_from_the_api(api: Api) -> None:
    book = make_book(api)
    kept, review = make_review(api, book), make_review(api, book)
    staff = _enter(api)
    _set_hidden(staff, review, True)
    page = list_reviews(api, book)
    expect(
        page.items == (kept,) and page.total == 1,
        f"A hidden review is still in the list of reviews: {page}.",
    )
    for window in ({"limit": 1}, {"offset": 1}):
        expect(list_reviews(api, book, **window).total == 1, "total counts a hidden review.")
    expect_missing(api.patch(review.path, {"rating": 1}))
    expect_missing(api.delete(review.path))
    _set_hidden(staff, review, False)
    page = list_reviews(api, book)
    expect(page.items == (review, kept), f"A review that is shown again is not there: {page}.")


@check("admin", "A hidden review is gone from pages.")
def hidden_reviews_are_gone_from_pages(api: Api) -> None:
    book = make_book(api)
    review, kept = make_review(api, book), make_review(api, book)
    staff = _enter(api)
    _set_hidden(staff, review, True)
    for browser in (api.visitor, api.browser()):
        visit = open_page(browser, book_page(book))
        expect(
            review.text not in visit.page.text and kept.text in visit.page.text,
            f"GET {book_page(book)} shows a review that is hidden.",
        )
    _set_hidden(staff, review, False)
    visit = open_page(api.visitor, book_page(book))
    expect(review.text in visit.page.text, f"GET {book_page(book)} misses a review shown again.")


@check("admin", "A hidden review is gone from review_count and average_rating.")
def hidden_reviews_are_gone_from_averages(api: Api) -> None:
    book = make_book(api)
    make_review(api, book, rating=5)
    review = make_review(api, book, rating=1)
    staff = _enter(api)
    for hidden, count, average in ((True, 1, 5), (False, 2, 3)):
        _set_hidden(staff, review, hidden)
        found = read_book(api, book.id)
        expect(
            found.review_count == count and found.average_rating == average,
            f"With ratings 5 and 1, the second {'hidden' if hidden else 'shown'}, {book.path} "
            f"answers review_count {found.review_count} and average_rating "
            f"{found.average_rating}: expected {count} and {average}.",
        )


@check("admin", "A new review is not hidden, whatever is sent.")
def hidden_cannot_be_sent(api: Api) -> None:
    book = make_book(api)
    review = make_review(api, book, hidden=True)
    expect_status(api.patch(review.path, {"hidden": True}), 200)
    expect(list_reviews(api, book).items == (review,), "hidden was taken from a member's request.")


def _enter(api: Api) -> Browser:
    staff = api.staff
    browser = api.browser()
    send_account(browser, SIGN_IN, staff.name, staff.password)
    if not is_signed_in(browser):
        raise Failure(
            f"The staff member {staff.name!r} cannot sign in at {SIGN_IN}.", step=f"POST {SIGN_IN}"
        )
    visit = browser.open(ADMIN)
    form = visit.page.form_with("username", "password")
    if form is not None:
        values = account_values(form, staff.name, staff.password)
        visit = browser.submit(visit, form, values)
    expect_status(visit.answer, 200)
    if not visit.path.startswith(ADMIN.rstrip("/")) or visit.page.form_with("username", "password"):
        raise Failure(f"GET {ADMIN} leads staff to {visit.path}.", step=f"GET {ADMIN}")
    return browser


def _expect_closed(browser: Browser, path: str) -> None:
    visit = browser.look(path)
    for _ in range(3):
        if visit.answer.status not in REDIRECTS:
            break
        location = browser.own_path(visit, visit.answer.headers.get("location", "")) or ""
        # Only a way within the admin, such as the slash at its end, is followed.
        if "login" in location or not location.startswith(ADMIN.rstrip("/")):
            return
        visit = browser.look(location)
    expect_status(visit.answer, 401, 403, 404)


def _list_of(browser: Browser, what: str) -> Visit:
    start = browser.open(ADMIN)
    links = [browser.own_path(start, link) or "" for link in start.page.links]
    wanted = [
        link
        for link in links
        if link.startswith(ADMIN) and re.search(rf"{what}s?(/|$)", link.partition("?")[0].lower())
    ]
    # The shortest way is the list; longer ones add or change.
    for link in sorted(wanted, key=len):
        if "add" not in link and "new" not in link and "create" not in link:
            return open_page(browser, link)
    raise Failure(f"GET {ADMIN} has no link to the list of {what}s.", step=f"GET {ADMIN}")


def _search(browser: Browser, listed: Visit, word: str) -> Visit:
    """Search as the page offers it: by a form, or by a field that a script sends."""
    for form in listed.page.forms:
        texts = [each for each in form.fields if each.kind in {"text", "search"}]
        if form.method == "GET" and len(texts) == 1:
            return browser.submit(listed, form, {texts[0].name: word})
    named = [
        tag
        for tag in listed.page.tags
        if tag.name == "input" and "search" in " ".join(tag.attributes.values()).lower()
    ]
    expect(bool(named), f"{listed.answer.request} offers no search.")
    query = urlencode(dict.fromkeys(_SEARCH_NAMES, word))
    return open_page(browser, f"{listed.path.partition('?')[0]}?{query}")


def _edit_links(browser: Browser, visit: Visit, number: int) -> list[str]:
    found: list[str] = []
    for link in visit.page.links:
        path = browser.own_path(visit, link) or ""
        if re.search(rf"(/|[?&]id=){number}([/?&]|$)", path) and re.search("edit|change", path):
            found.append(path)
    return found


def _expect_found(browser: Browser, what: str, word: str, found: int, other: int) -> None:
    visit = _search(browser, _list_of(browser, what), word)
    expect(
        bool(_edit_links(browser, visit, found)) and not _edit_links(browser, visit, other),
        f"Searching the {what}s of the admin for {word!r} at {visit.path} does not show just the "
        f"{what} that has it, with a link to edit it.",
    )


def _edit_page(browser: Browser, review: Review) -> Visit:
    visit = _search(browser, _list_of(browser, "review"), review.text.split()[-1])
    links = _edit_links(browser, visit, review.id)
    expect(bool(links), f"{visit.answer.request} has no link to edit the review {review.id}.")
    return open_page(browser, links[0])


def _set_hidden(browser: Browser, review: Review, hidden: bool) -> None:
    visit = _edit_page(browser, review)
    form: Form = visit.form("hidden")
    field = form.field("hidden")
    value = field.value if field is not None else "on"
    answer = browser.post(visit, form, {"hidden": (value or "on") if hidden else None})
    expect_status(answer, *REDIRECTS)
