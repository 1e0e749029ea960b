"""A visitor with a browser: keeps cookies, follows redirects, fills in forms; runs no script."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import Morsel, SimpleCookie
from typing import TypeAlias
from urllib.parse import quote, urlencode, urljoin, urlsplit

import httpx2

from sandbox.contract.answer import Answer, excerpt
from sandbox.contract.document import Document, Form, read_document
from sandbox.contract.failure import Failure
from sandbox.contract.transport import NOTHING, Body, Transport, step_of

REDIRECTS = (301, 302, 303, 307, 308)
MULTIPART = "multipart/form-data"
Part: TypeAlias = tuple[str, tuple[str | None, str | bytes]]
"""One part of a form: its name, and a file name or `None` with the content."""

_MOST_REDIRECTS = 6
_LARGEST_PAGE = 256 * 1024
"""Bytes of a page that are read: what reading costs may grow with the square of them."""

_PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a browser came to: the last answer, its path, and the page read from it."""

    answer: Answer
    path: str
    page: Document

    def form(self, *names: str) -> Form:
        """Return the form with fields of these names; a `Failure` when there is none."""
        found = self.page.form_with(*names)
        if found is None:
            raise Failure(
                f"{self.answer.request} answered {self.answer.status} without a form that has "
                f"the fields {', '.join(names)}.",
                step=self.answer.step,
            )
        return found


class Browser:
    """One visitor; `cookies` may be copied and changed by a check."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.cookies: dict[str, str] = {}

    @property
    def base_url(self) -> str:
        """Return the app's address."""
        return self.transport.base_url

    @property
    def cookie_header(self) -> dict[str, str]:
        """Return the cookies as the header that is sent."""
        joined = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": joined} if joined else {}

    def request(
        self,
        method: str,
        path: str,
        *,
        body: Body = NOTHING,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request with the cookies, and keep those that come back."""
        answer = self.transport.send(
            method, path, body=body, headers={**self.cookie_header, **(headers or {})}
        )
        for name, morsel in read_cookies(answer).items():
            gone = morsel["max-age"] == "0" or "1970" in morsel["expires"]
            if gone or not morsel.coded_value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.coded_value
        return answer

    def open(self, path: str) -> Visit:
        """GET a page and follow its redirects."""
        return self._follow(self.request("GET", path, headers=_PAGE), path)

    def look(self, path: str) -> Visit:
        """GET a page and follow nothing."""
        return self.read(self.request("GET", path, headers=_PAGE), path)

    def submit(self, visit: Visit, form: Form, values: Mapping[str, str | None]) -> Visit:
        """Send a form as `send_form` does and follow the redirects."""
        return self._follow(self.send_form(visit, form, values), self.target(visit, form))

    def send_form(self, visit: Visit, form: Form, values: Mapping[str, str | None]) -> Answer:
        """Send a form with everything in it, some values changed, or left out where `None`."""
        sent = {k: value for k, value in {**form.values, **values}.items() if value is not None}
        if form.button is not None and form.button[0]:
            sent.setdefault(*form.button)
        if form.method == "GET":
            path = f"{self.target(visit, form).partition('?')[0]}?{urlencode(sent)}"
            return self.request("GET", path, headers=_PAGE)
        parts: list[Part] = [(name, (None, value)) for name, value in sent.items()]
        multipart = form.kind.lower() == MULTIPART
        return self.send_body(visit, form, encoded(parts) if multipart else _url_encoded(sent))

    def send_body(self, visit: Visit, form: Form, body: Body) -> Answer:
        """Send any body to where a form is sent to, as if it came from that form."""
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(self.base_url))
        headers = {**_PAGE, "Origin": origin, "Referer": self.base_url + visit.path}
        return self.request("POST", self.target(visit, form), body=body, headers=headers)

    def read(self, answer: Answer, path: str) -> Visit:
        """Return an answer as the page at this path; an error's page may be of any length."""
        if answer.media_type != "text/html":
            return Visit(answer, path, Document())
        if len(answer.body) > _LARGEST_PAGE and answer.status < 400:
            raise Failure(
                f"{answer.request} answered a page of {len(answer.body) // 1024:,} kB: expected "
                f"less than {_LARGEST_PAGE // 1024}.",
                step=answer.step,
            )
        return Visit(answer, path, read_document(answer.text[:_LARGEST_PAGE]))

    def target(self, visit: Visit, form: Form) -> str:
        """Return the path that a form is sent to."""
        return self._own_path(visit.path, form.action or visit.path) or form.action

    def form_to(self, visit: Visit, path: str) -> Form | None:
        """Return the first form of a page that is posted to this path, however it is written."""
        posted = (form for form in visit.page.forms if form.method == "POST")
        return next(
            (form for form in posted if self.target(visit, form).partition("?")[0] == path), None
        )

    def own_path(self, visit: Visit, link: str) -> str | None:
        """Return the path of a link on a page, or `None` when it leads to another site."""
        return self._own_path(visit.path, link)

    def own_paths(self, visit: Visit) -> list[str]:
        """Return the paths of all links on a page that lead to this site."""
        found = (self._own_path(visit.path, link) for link in visit.page.links)
        return [path for path in found if path is not None]

    def _follow(self, answer: Answer, path: str) -> Visit:
        for _ in range(_MOST_REDIRECTS):
            if answer.status not in REDIRECTS:
                return self.read(answer, path)
            if answer.status in {307, 308} and answer.method == "POST":
                raise Failure(
                    f"{answer.request} answered {answer.status}, with which a browser posts once "
                    "more: expected 302 or 303.",
                    step=answer.step,
                )
            location = answer.headers.get("location", "")
            target = self._own_path(path, location)
            if target is None:
                raise Failure(
                    f"{answer.request} sends the visitor away to "
                    f"{excerpt(location or 'nowhere', 100)!r}.",
                    step=answer.step,
                )
            path = target
            answer = self.request("GET", path, headers=_PAGE)
        raise Failure(f"{answer.request} redirects again and again.", step=step_of("GET", path))

    def _own_path(self, path: str, location: str) -> str | None:
        try:
            target = urljoin(self.base_url + path, location.strip())
        except ValueError:  # such as "http://[", which leads nowhere
            return None
        if not location or not (target + "/").startswith(self.base_url + "/"):
            return None
        found = target.removeprefix(self.base_url).partition("#")[0]
        return quote(found, safe="/?&=%+:@,;!$'()*~-._") or "/"


@dataclass(frozen=True, slots=True)
class Opened:
    """A form on a page that somebody has open."""

    browser: Browser
    visit: Visit
    form: Form

    def post(self, values: Mapping[str, str | None]) -> Answer:
        """Send the form with these values changed, or left out where `None`."""
        return self.browser.send_form(self.visit, self.form, values)

    def submit(self, values: Mapping[str, str | None]) -> Visit:
        """Send it so and follow the redirects."""
        return self.browser.submit(self.visit, self.form, values)

    def again(self, answer: Answer) -> Visit:
        """Return the page that came instead of a redirect."""
        return self.browser.read(answer, self.visit.path)


def read_cookies(answer: Answer) -> dict[str, Morsel[str]]:
    """Return the cookies that an answer sets, by name."""
    found: dict[str, Morsel[str]] = {}
    for text in answer.cookies:
        found.update(SimpleCookie(text))
    return found


def encoded(parts: list[Part]) -> Body:
    """Return a form as multipart."""
    request = httpx2.Request("POST", "http://form.invalid/", files=parts)
    return Body(request.read(), request.headers["content-type"])


def _url_encoded(sent: Mapping[str, str]) -> Body:
    return Body(urlencode(sent).encode(), "application/x-www-form-urlencoded")
