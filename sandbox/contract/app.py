"""An app that is held to the contract, and the people who use it."""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from typing import Any, Self, TypeAlias
from urllib.parse import quote, urlencode

from sandbox.contract.answer import Answer, Json
from sandbox.contract.browser import Browser, Opened, Visit
from sandbox.contract.clock import Clock
from sandbox.contract.expect import expect, expect_status
from sandbox.contract.failure import Failure, NoAnswer, Skipped
from sandbox.contract.means import Changes, Means, Production
from sandbox.contract.members import SIGN_IN, SIGN_OUT, SIGN_UP, account_form, account_values
from sandbox.contract.samples import Member, Samples
from sandbox.contract.shapes import BOOK, REVIEW, Book, Page, Review, read_page
from sandbox.contract.shelf import BOOKS, SAMPLE_BOOKS, Stock, all_of
from sandbox.contract.shops import Shops
from sandbox.contract.site import BOOK_FIELDS, LIST, NEW
from sandbox.contract.transport import Body, Transport
from sandbox.errors import ServerError

Parameter: TypeAlias = str | int

_SAFE = {"GET", "HEAD", "OPTIONS"}
_BOOK_LINK = re.compile(r"/books/([0-9]+)")


class App:
    """One app at its address: what it has, what may be done with it, and the data of one run."""

    def __init__(
        self,
        base_url: str,
        *,
        features: frozenset[str],
        samples: Samples,
        means: Means | None = None,
        project_name: str | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.features = features
        self.samples = samples
        self.project_name = project_name
        self.means = means or Means()
        self.transport = Transport(base_url, clock)
        self._resources = ExitStack()
        self._shops: Shops | None = None
        self._person: Person | None = None
        self._in_production = False

    @property
    def base_url(self) -> str:
        """Return the app's address."""
        return self.transport.base_url

    @property
    def slack(self) -> float:
        """Return how many times longer than the contract says the app may take."""
        return self.transport.clock.limits.slack

    def close(self) -> None:
        """Let go of the connections, close the shops, and bring the usual app back."""
        with suppress(ServerError):
            self.leave_production()
        self._resources.close()

    def visitor(self) -> "Person":
        """Return somebody new, without cookies or account."""
        return Person(self)

    def new_member(self) -> "Person":
        """Sign somebody new up and return them."""
        member = Person(self)
        member.sign_up(self.samples.member())
        return member

    def person(self) -> "Person":
        """Return this run's own person: a member, signed up at first, where there are accounts.

        Whoever could not sign up can read, and every call that needs a member fails for them.
        """
        if self._person is None:
            self._person = Person(self)
            if "auth" in self.features:
                try:
                    self._person.sign_up(self.samples.member())
                except NoAnswer:
                    self._person = None
                    raise
                except Failure as failure:
                    self._person.unable = failure
        return self._person

    def restart(self, changes: Changes | None = None) -> None:
        """Stop and start the app, or skip the check when nobody said how."""
        if self.means.restart is None:
            raise Skipped("it restarts the app", means="restart")
        self.means.restart(changes or {})

    def production(self) -> Production:
        """Return the way to run the app in production, or skip the check.

        Another key is in use there: only new visitors may speak to it.
        """
        if self.means.production is None:
            raise Skipped("it starts the app in production", means="production")
        self._in_production = True
        return self.means.production

    def leave_production(self) -> None:
        """Bring the usual app back if a check has put the one in production in its place."""
        if self._in_production and self.means.production is not None:
            self._in_production = False
            self.means.production.leave()

    def staff(self) -> Member:
        """Return a staff member, or skip the check."""
        if self.means.staff is None:
            raise Skipped("it signs in as a member of staff", means="staff")
        return Member(*self.means.staff)

    def shops(self) -> Shops:
        """Open bookshops of our own, once a run, and have the app know them."""
        if self._shops is None:
            shops = self._resources.enter_context(Shops())
            self.restart({"BOOKSHOPS": ",".join(shops.urls)})
            self._shops = shops
        return self._shops


class Person(Browser):
    """A visitor with cookies, who may have an account, uses the pages and calls the API.

    What is read from an answer is held to its shape; what a method does must succeed.
    """

    def __init__(self, app: App) -> None:
        super().__init__(app.transport)
        self.app = app
        self.samples = app.samples
        self.unable: Failure | None = None
        self._member: Member | None = None
        self._token: str | None = None

    def member(self) -> Member:
        """Return the account; raises the `Failure` with which signing up ended."""
        if self.unable is not None:
            raise self.unable
        if self._member is None:
            raise Failure("Nobody is signed in.")
        return self._member

    def thief(self) -> Self:
        """Return somebody else who has stolen the cookies and the token."""
        other = type(self)(self.app)
        other.cookies = dict(self.cookies)
        other._member, other._token = self._member, self._token
        return other

    def send_account(self, path: str, name: str, password: str) -> Visit:
        """Open a form for an account, fill it in, send it, and go where that leads."""
        visit = self.open(path)
        form = account_form(visit)
        return self.submit(visit, form, account_values(form, name, password))

    def sign_up(self, member: Member) -> None:
        """Sign up, and in where the app does not do that at once."""
        visit = self.send_account(SIGN_UP, member.name, member.password)
        if self.is_signed_in():
            self._begin(member)
            return
        if visit.answer.method != "GET":
            raise Failure(
                f"Signing up at {SIGN_UP} with a new username and a password of "
                f"{len(member.password)} characters shows the form again, with "
                f"{visit.answer.status}: expected an account.",
                step=f"POST {SIGN_UP}",
            )
        self.sign_in(member)

    def sign_in(self, member: Member) -> None:
        """Sign in; a `Failure` when that does not work."""
        visit = self.send_account(SIGN_IN, member.name, member.password)
        if not self.is_signed_in():
            raise Failure(
                f"Signing in at {SIGN_IN} with the right password answered {visit.answer.status} "
                "and left the visitor signed out.",
                step=f"POST {SIGN_IN}",
            )
        self._begin(member)

    def is_signed_in(self) -> bool:
        """Tell whether the form for a new book opens, which it does for members only."""
        answer = self.look(NEW).answer
        if answer.status >= 500:
            raise Failure(f"{answer.request} answered {answer.status}.", step=answer.step)
        return answer.status == 200

    def sign_out_form(self) -> Opened:
        """Return the form that signs out, from the list of books."""
        visit = self.open(LIST)
        form = self.form_to(visit, SIGN_OUT)
        if form is None:
            raise Failure(
                f"GET {LIST} shows a member no form that posts to {SIGN_OUT}.", step=f"GET {LIST}"
            )
        return Opened(self, visit, form)

    def _begin(self, member: Member) -> None:
        self._member = member
        self._token = self.open(LIST).page.csrf_token

    def get(self, path: str, parameters: Mapping[str, Parameter] | None = None) -> Answer:
        """GET a path; parameters are percent-encoded as UTF-8."""
        query = "?" + urlencode(parameters, quote_via=quote) if parameters else ""
        return self.send("GET", path + query)

    def post(self, path: str, value: Json) -> Answer:
        """POST a value as JSON."""
        return self.send_json("POST", path, json.dumps(value, ensure_ascii=False))

    def patch(self, path: str, value: Json) -> Answer:
        """PATCH with a value as JSON."""
        return self.send_json("PATCH", path, json.dumps(value, ensure_ascii=False))

    def delete(self, path: str) -> Answer:
        """DELETE a path."""
        return self.send("DELETE", path)

    def send_json(self, method: str, path: str, text: str | bytes) -> Answer:
        """Send a text as JSON, whether or not it is."""
        return self.send(method, path, body=text, content_type="application/json")

    def send(
        self,
        method: str,
        path: str,
        *,
        body: str | bytes = b"",
        content_type: str | None = None,
        before_the_end: Callable[[], None] | None = None,
    ) -> Answer:
        """Send one request as it stands and read the whole answer, following no redirect.

        `before_the_end` is called when all of the body but its last byte is sent.
        """
        content = body.encode() if isinstance(body, str) else body
        return self.request(
            method,
            path,
            body=Body(content, content_type, before_the_end),
            headers={"Accept": "application/json, */*;q=0.1", **self.token_header(method, path)},
        )

    def token_header(self, method: str, path: str) -> dict[str, str]:
        """Return the token that goes with the session in unsafe calls of the API."""
        if not path.startswith("/api") or method in _SAFE:
            return {}
        if self.unable is not None:
            raise self.unable
        return {"X-CSRFToken": self._token} if self._token else {}

    def book_in(self, answer: Answer) -> Book:
        """Read the one book of an answer."""
        return Book(**BOOK.read(answer, answer.json(), self.app.features))

    def review_in(self, answer: Answer) -> Review:
        """Read the one review of an answer."""
        return Review(**REVIEW.read(answer, answer.json(), self.app.features))

    def books_in(self, answer: Answer) -> Page[Book]:
        """Read a page of books."""
        return read_page(answer, BOOK, Book, self.app.features)

    def reviews_in(self, answer: Answer) -> Page[Review]:
        """Read a page of reviews."""
        return read_page(answer, REVIEW, Review, self.app.features)

    def make_book(self, **fields: Any) -> Book:
        """Add a valid book with these fields; the rest is random."""
        return self.book_in(expect_status(self.post(BOOKS, self.samples.book(**fields)), 201))

    def read_book(self, number: int) -> Book:
        """Read one book by its id."""
        return self.book_in(expect_status(self.get(f"{BOOKS}/{number}"), 200))

    def list_books(self, **parameters: Parameter) -> Page[Book]:
        """Read one page of books."""
        return self.books_in(expect_status(self.get(BOOKS, parameters), 200))

    def find_books(self, mark: str) -> tuple[Book, ...]:
        """Return all books with a mark in title or author, in the order of the list."""
        return all_of(lambda window: self.list_books(q=mark, **window))

    def all_books(self) -> tuple[Book, ...]:
        """Return every book of the app, in the order of the list."""
        return all_of(lambda window: self.list_books(**window))

    def make_stock(self, count: int) -> Stock:
        """Have at least `count` books in a known order: new ones if possible, else the app's own.

        New ones have a mark, and only they are listed with it; without `validation` the app has
        its twelve sample books and nothing else.
        """
        if "validation" in self.app.features:
            mark = self.samples.mark()
            made = [self.make_book(title=f"{mark} {self.samples.word()}") for _ in range(count)]
            newest_first = "database" in self.app.features
            return Stock({"q": mark}, tuple(reversed(made) if newest_first else made))
        books = self.all_books()
        expect(
            len(books) >= min(count, SAMPLE_BOOKS),
            f"GET {BOOKS} lists {len(books)} books: expected the twelve sample books.",
        )
        return Stock({}, books)

    def make_review(self, book: Book, **fields: Any) -> Review:
        """Add a valid review of a book with these fields; the rest is random."""
        answer = self.post(book.reviews, self.samples.review(**fields))
        return self.review_in(expect_status(answer, 201))

    def list_reviews(self, book: Book, **parameters: Parameter) -> Page[Review]:
        """Read one page of a book's reviews."""
        return self.reviews_in(expect_status(self.get(book.reviews, parameters), 200))

    def missing_id(self) -> int:
        """Return the id of no book: far above the largest one listed."""
        return max((book.id for book in self.all_books()), default=0) + 1_000_003

    def expect_nothing_stored(self, mark: str, answer: Answer) -> None:
        """Expect that no book has the mark after a request that was refused."""
        expect(
            not self.find_books(mark),
            f"{answer.request} was refused with {answer.status}, but the book is in the list all "
            "the same: check the input before storing anything.",
        )

    def open_page(self, path: str) -> Visit:
        """Open a page, which answers 200 with HTML."""
        visit = self.open(path)
        expect_status(visit.answer, 200)
        if visit.answer.media_type != "text/html":
            raise Failure(
                f"{visit.answer.request} answered the content type {visit.answer.media_type!r}: "
                "expected a page of HTML.",
                step=visit.answer.step,
            )
        return visit

    def linked_books(self, visit: Visit) -> list[int]:
        """Return the ids of the books a page leads to, each once, in order."""
        found = (_BOOK_LINK.fullmatch(path) for path in self.own_paths(visit))
        return list(dict.fromkeys(int(match[1]) for match in found if match))

    def open_book_form(self) -> Opened:
        """Open the form for a new book."""
        if self.unable is not None:
            raise self.unable
        visit = self.open_page(NEW)
        return Opened(self, visit, visit.form(*BOOK_FIELDS))

    def open_account_form(self, path: str) -> Opened:
        """Open the form that signs up or in."""
        visit = self.open(path)
        return Opened(self, visit, account_form(visit))

    def book_values(self, **changes: str | None) -> dict[str, str | None]:
        """Return what is typed into the form for a valid new book."""
        return {**{name: str(value) for name, value in self.samples.book().items()}, **changes}

    def add_by_form(self, **changes: str | None) -> Visit:
        """Add a book by the form and return where that leads."""
        visit = self.open_book_form().submit(self.book_values(**changes))
        expect_status(visit.answer, 200)
        return visit
