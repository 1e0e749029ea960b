"""Checks of `admin`: staff find reviews and books, and hide and show reviews."""

import re
from urllib.parse import urlencode

from sandbox.contract.app import Person
from sandbox.contract.browser import REDIRECTS, Visit
from sandbox.contract.check import check
from sandbox.contract.document import Form
from sandbox.contract.expect import expect, expect_missing, expect_status
from sandbox.contract.failure import Failure
from sandbox.contract.members import SIGN_IN, account_values
from sandbox.contract.shapes import Review

ORDER = 230

ADMIN = "/admin/"
_SEARCH_NAMES = ("search", "q")


@check("admin", "/admin/ is closed to visitors and members: login or 403.")
def the_admin_is_closed(me: Person) -> None:
    for browser in (me.app.visitor(), me.app.new_member()):
        _expect_closed(browser, ADMIN)


@check("admin", "Staff enter /admin/.", foundation=True)
def staff_enter(me: Person) -> None:
    enter(me)


@check("admin", "The admin lists and searches books.")
def books_are_listed_and_searched(me: Person) -> None:
    first, second = me.make_book(), me.make_book()
    staff = enter(me)
    for word in (first.title.split()[-1], first.author.split()[-1]):
        _expect_found(staff, "book", word, first.id, second.id)


@check("admin", "The admin lists and searches reviews.")
def reviews_are_listed_and_searched(me: Person) -> None:
    book = me.make_book()
    first, second = me.make_review(book), me.make_review(book)
    _expect_found(enter(me), "review", first.text.split()[-1], first.id, second.id)


@check("admin", "Lists and edit pages of the admin are closed to members and visitors too.")
def lists_are_closed(me: Person) -> None:
    book = me.make_book()
    review = me.make_review(book)
    staff = enter(me)
    lists = [_list_of(staff, "review"), _list_of(staff, "book")]
    edit = edit_page(staff, review)
    for browser in (me.app.visitor(), me.app.new_member()):
        for path in (*(visit.path for visit in lists), edit.path):
            _expect_closed(browser, path)
        form = edit.form("hidden")
        answer = browser.send_form(edit, form, {"hidden": "on"})
        expect_status(answer, 400, 401, 403, 404, *REDIRECTS)
    expect(
        me.list_reviews(book).total == 1, f"Somebody who is no staff hid a review at {edit.path}."
    )


@check("admin", "The edit page of a review has a checkbox hidden, which is kept.")
def hiding_is_kept(me: Person) -> None:
    review = me.make_review(me.make_book())
    staff = enter(me)
    for hidden in (True, False, True):
        _set_hidden(staff, review, hidden)
        field = edit_page(staff, review).form("hidden").field("hidden")
        expect(
            field is not None and field.kind == "checkbox" and field.checked == hidden,
            f"After saving the review with hidden {hidden} its edit page shows something else.",
        )


@check("admin", "A hidden review is gone from the API, and comes back.")
def hidden_reviews_are_gone_from_the_api(me: Person) -> None:
    book = me.make_book()
    kept, review = me.make_review(book), me.make_review(book)
    staff = enter(me)
    _set_hidden(staff, review, True)
    page = me.list_reviews(book)
    expect(
        page.items == (kept,) and page.total == 1,
        f"A hidden review is still in the list of reviews: {page}.",
    )
    for window in ({"limit": 1}, {"offset": 1}):
        expect(me.list_reviews(book, **window).total == 1, "total counts a hidden review.")
    expect_missing(me.patch(review.path, {"rating": 1}))
    expect_missing(me.delete(review.path))
    _set_hidden(staff, review, False)
    page = me.list_reviews(book)
    expect(page.items == (review, kept), f"A review that is shown again is not there: {page}.")


@check("admin", "A hidden review is gone from pages.")
def hidden_reviews_are_gone_from_pages(me: Person) -> None:
    book = me.make_book()
    review, kept = me.make_review(book), me.make_review(book)
    staff = enter(me)
    _set_hidden(staff, review, True)
    for browser in (me, me.app.visitor()):
        visit = browser.open_page(book.page)
        expect(
            review.text not in visit.page.text and kept.text in visit.page.text,
            f"GET {book.page} shows a review that is hidden.",
        )
    _set_hidden(staff, review, False)
    visit = me.open_page(book.page)
    expect(review.text in visit.page.text, f"GET {book.page} misses a review shown again.")


@check("admin", "A hidden review is gone from review_count and average_rating.")
def hidden_reviews_are_gone_from_averages(me: Person) -> None:
    book = me.make_book()
    me.make_review(book, rating=5)
    review = me.make_review(book, rating=1)
    staff = enter(me)
    for hidden, count, average in ((True, 1, 5), (False, 2, 3)):
        _set_hidden(staff, review, hidden)
        found = me.read_book(book.id)
        expect(
            found.review_count == count and found.average_rating == average,
            f"With ratings 5 and 1, the second {'hidden' if hidden else 'shown'}, {book.path} "
            f"answers review_count {found.review_count} and average_rating "
            f"{found.average_rating}: expected {count} and {average}.",
        )


@check("admin", "A new review is not hidden, whatever is sent.")
def hidden_cannot_be_sent(me: Person) -> None:
    book = me.make_book()
    review = me.make_review(book, hidden=True)
    expect_status(me.patch(review.path, {"hidden": True}), 200)
    expect(me.list_reviews(book).items == (review,), "hidden was taken from a member's request.")


def enter(me: Person) -> Person:
    """Return a staff member who is in the admin."""
    staff = me.app.staff()
    browser = me.app.visitor()
    browser.send_account(SIGN_IN, staff.name, staff.password)
    if not browser.is_signed_in():
        raise Failure(
            f"The staff member {staff.name!r} cannot sign in at {SIGN_IN}: expected the "
            "name and the password of one whom you made in this app's database.",
            step=f"POST {SIGN_IN}",
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


def _expect_closed(browser: Person, path: str) -> None:
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


def _list_of(browser: Person, what: str) -> Visit:
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
            return browser.open_page(link)
    raise Failure(f"GET {ADMIN} has no link to the list of {what}s.", step=f"GET {ADMIN}")


def _search(browser: Person, listed: Visit, word: str) -> Visit:
    """Search as the page offers it: by a form, or by a field that a script sends."""
    here = listed.path.partition("?")[0]
    # The head of every page may have a search of its own, which leads elsewhere.
    for form in sorted(
        listed.page.forms, key=lambda each: browser.target(listed, each).partition("?")[0] != here
    ):
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
    return browser.open_page(f"{here}?{query}")


def _edit_links(browser: Person, visit: Visit, number: int) -> list[str]:
    found: list[str] = []
    for link in visit.page.links:
        path = browser.own_path(visit, link) or ""
        if re.search(rf"(/|[?&]id=){number}([/?&]|$)", path) and re.search("edit|change", path):
            found.append(path)
    return found


def _expect_found(browser: Person, what: str, word: str, found: int, other: int) -> None:
    visit = _search(browser, _list_of(browser, what), word)
    expect(
        bool(_edit_links(browser, visit, found)) and not _edit_links(browser, visit, other),
        f"Searching the {what}s of the admin for {word!r} at {visit.path} does not show just the "
        f"{what} that has it, with a link to edit it.",
    )


def edit_page(browser: Person, review: Review) -> Visit:
    """Open the page on which staff edit a review."""
    visit = _search(browser, _list_of(browser, "review"), review.text.split()[-1])
    links = _edit_links(browser, visit, review.id)
    expect(bool(links), f"{visit.answer.request} has no link to edit the review {review.id}.")
    return browser.open_page(links[0])


def _set_hidden(browser: Person, review: Review, hidden: bool) -> None:
    visit = edit_page(browser, review)
    form: Form = visit.form("hidden")
    field = form.field("hidden")
    value = field.value if field is not None else "on"
    answer = browser.send_form(visit, form, {"hidden": (value or "on") if hidden else None})
    expect_status(answer, *REDIRECTS)
