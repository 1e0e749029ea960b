"""Checks of `pages`: the list of books, its search and its pages, and the page of a book."""

from collections import Counter
from urllib.parse import parse_qs, quote, urlsplit

from sandbox.contract.app import Person
from sandbox.contract.browser import Visit
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_no_crash, expect_status
from sandbox.contract.shapes import Book
from sandbox.contract.shelf import LARGEST_ID
from sandbox.contract.site import LIST

ORDER = 160

_ODD_QUERIES = ("page=banana", "page=0", "page=-1", "page=", "page=1.5", "page=%00", "page=%ff")
_MORE_ODD_QUERIES = (f"page={10**30}", f"page={'9' * 5000}", "page=1&page=2", "q=%00", "q=%ff")
_MOST_PAGES = 40
_NOTHINGS = {"None", "null", "NULL", "undefined"}


@check("pages", "GET / leads to /books.")
def home_leads_to_the_list(me: Person) -> None:
    visit = me.open("/")
    expect_status(visit.answer, 200)
    expect(
        urlsplit(visit.path).path.rstrip("/") == LIST,
        f"GET / leads to {visit.path}: expected a redirect to {LIST}.",
    )


@check("pages", "GET /books lists books, each with a link to its page.", foundation=True)
def the_list_leads_to_books(me: Person) -> None:
    browser = me
    book = me.make_book()
    visit = browser.open_page(LIST)
    expect(
        book.id in browser.linked_books(visit) and book.title in visit.page.text,
        f"GET {LIST} does not show the newest book with a link to {book.page}.",
    )


@check("pages", "GET /books?q= searches title and author, and keeps the word in its field.")
def the_list_can_be_searched(me: Person) -> None:
    browser = me
    mark = me.samples.mark()
    by_title, by_author = me.make_book(title=f"{mark} 5%_x"), me.make_book(author=mark)
    me.make_book()
    for word, expected in (
        (mark, [by_author.id, by_title.id]),
        (mark.upper(), [by_author.id, by_title.id]),
        (f"{mark} 5%_X", [by_title.id]),
        (f"{mark} 5__x", []),
    ):
        visit = browser.open_page(f"{LIST}?q={quote(word)}")
        found = browser.linked_books(visit)
        expect(
            found == expected,
            f"{visit.answer.request} shows the books {found[:5]}: expected {expected}.",
        )
        visit.form("q")
        expect(
            word in visit.page.shown("q"),
            f"{visit.answer.request} shows the search field without the word looked for.",
        )


@check("pages", "GET /books has pages: links lead to every book once, also in a search.")
def the_list_has_pages(me: Person) -> None:
    browser = me
    mark = me.samples.mark()
    expected = [me.make_book(title=f"{mark} {number}").id for number in range(31)][::-1]
    seen: list[int] = []
    waiting, known = [f"{LIST}?q={mark}"], {f"{LIST}?q={mark}"}
    numbers = {"1"}
    while waiting and len(known) < _MOST_PAGES:
        visit = browser.open_page(waiting.pop(0))
        seen += browser.linked_books(visit)
        for link in visit.page.links:
            path = browser.own_path(visit, link) or ""
            query = parse_qs(urlsplit(path).query)
            number = query.get("page", ["1"])[0]
            if urlsplit(path).path == LIST and "page" in query and path not in known:
                known.add(path)
                expect(
                    query.get("q") == [mark],
                    f"{visit.answer.request} has a link to {path}: it loses the search word.",
                )
                if number not in numbers:
                    numbers.add(number)
                    waiting.append(path)
    expect(
        sorted(seen, reverse=True) == expected,
        f"The pages of {LIST}?q={mark} show {len(seen)} books, {len(set(seen))} different ones: "
        f"expected each of {len(expected)} once.",
    )


@check("pages", "No input whatever gives a 5xx: odd pages and searches.", tier="hardened")
def odd_lists_never_crash(me: Person) -> None:
    browser = me
    for query in (*_ODD_QUERIES, *_MORE_ODD_QUERIES):
        expect_no_crash(browser.look(f"{LIST}?{query}").answer)


@check("pages", "GET /books/{id} shows the book and its reviews.")
def a_page_shows_the_book(me: Person) -> None:
    book = me.make_book()
    reviews = [me.make_review(book) for _ in range(2)]
    visit = me.open_page(book.page)
    wanted = [book.title, book.author, str(book.isbn), str(book.year)]
    for text in (*wanted, *(review.text for review in reviews)):
        expect(text in visit.page.text, f"{visit.answer.request} does not show {text!r}.")


@check("pages", "The page of a book without ISBN and year shows no None and no null.")
def a_page_shows_no_none(me: Person) -> None:
    whole, bare = me.make_book(), me.make_book(isbn=None, year=None)
    visit = me.open_page(bare.page)
    # "None yet." may well stand there for the reviews of every book.
    more = _nothings(visit, bare) - _nothings(me.open_page(whole.page), whole)
    expect(
        not more,
        f"{visit.answer.request} shows {' and '.join(sorted(more))} where a book has no ISBN or "
        "year.",
    )


def _nothings(visit: Visit, book: Book) -> Counter[str]:
    """Count the words of a page that programs write for nothing."""
    words = visit.page.text.replace(book.title, "").replace(book.author, "").split()
    return Counter(word for each in words if (word := each.strip(",.():;")) in _NOTHINGS)


@check("pages", "The page of a missing book answers 404, of a word for an id 404 or 422.")
def a_missing_book_has_no_page(me: Person) -> None:
    browser = me
    for number in (me.missing_id(), LARGEST_ID):
        expect_status(browser.look(f"{LIST}/{number}").answer, 404)
    for text in ("banana", "-1", "1.5"):
        expect_status(browser.look(f"{LIST}/{text}").answer, 404, 422)


@check("pages", "An unknown address answers 404 in the site's look; debug pages are fine too.")
def lost_visitors_find_the_way(me: Person) -> None:
    browser = me
    visit = browser.look(f"/{me.samples.mark()}")
    expect_status(visit.answer, 404)
    leads = [browser.own_path(visit, link) for link in visit.page.links]
    expect(
        bool({LIST, "/"} & set(leads)) or "DEBUG" in visit.answer.text,
        f"{visit.answer.request} answered 404 without a link to {LIST} or /: expected the site's "
        "look, which leads back.",
    )


@check("pages", "Errors of the API stay JSON.")
def errors_of_the_api_stay_json(me: Person) -> None:
    for path in (f"/api/books/{me.missing_id()}", "/api/books?limit=0"):
        answer = me.transport.send("GET", path)
        expect_status(answer, 404, 400, 422).json()


@check("pages", "Stylesheets and pictures of the pages are there, and are the app's own.")
def pages_have_their_files(me: Person) -> None:
    browser = me
    visit = browser.open_page(LIST)
    page = visit.page
    styles = page.attributes("link", "href")
    for link in (*styles, *page.attributes("script", "src"), *page.attributes("img", "src")):
        path = link if link.startswith("data:") else browser.own_path(visit, link)
        expect(path is not None, f"{visit.answer.request} needs {link!r}, from another host.")
        if path is not None and not path.startswith("data:"):
            expect_status(browser.look(path).answer, 200)
    expect(
        bool(styles),
        f'{visit.answer.request} has no <link rel="stylesheet">: expected one of the app.',
    )
