"""A visitor with a browser: keeps cookies, follows redirects, fills in forms; runs no script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urljoin, urlsplit

from sandbox.contract.answer import Answer, excerpt
from sandbox.contract.document import Document, Form, read_document
from sandbox.contract.failure import Failure
from sandbox.contract.transport import NOTHING, Body, Transport, step_of

REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 6
_BOUNDARY = "zq-the-boundary-of-this-form-zq"


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
            listed = ", ".join(names)
            raise Failure(
                f"{self.answer.request} answered {self.answer.status} without a form that has "
                f"the fields {listed}.",
                step=self.answer.step,
            )
        return found


class Browser:
    """One visitor; `cookies` may be copied and changed by a check."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.cookies: dict[str, str] = {}

    @property
    def cookie_header(self) -> dict[str, str]:
        """Return the cookies as the header that is sent."""
        joined = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": joined} if joined else {}

    def thief(self) -> Browser:
        """Return another visitor who has stolen the cookies."""
        other = Browser(self.transport)
        other.cookies = dict(self.cookies)
        return other

    def send(
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
        self._keep(answer)
        return answer

    def open(self, path: str) -> Visit:
        """GET a page and follow its redirects."""
        return self._follow(self._page_request("GET", path), path)

    def look(self, path: str) -> Visit:
        """GET a page and follow nothing."""
        return self.read(self._page_request("GET", path), path)

    def submit(self, visit: Visit, form: Form, values: Mapping[str, str | None]) -> Visit:
        """Send a form as `post` does and follow the redirects."""
        path = self.target(visit, form)
        return self._follow(self.post(visit, form, values), path)

    def post(self, visit: Visit, form: Form, values: Mapping[str, str | None]) -> Answer:
        """Send a form with everything in it, some values changed, or left out where `None`."""
        sent: dict[str, str] = {}
        for name, value in {**form.values, **values}.items():
            if value is not None:
                sent[name] = value
        if form.button is not None and form.button[0]:
            sent.setdefault(*form.button)
        path = self.target(visit, form)
        if form.method == "GET":
            return self._page_request("GET", f"{path.partition('?')[0]}?{urlencode(sent)}")
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(self.transport.base_url))
        headers = {"Origin": origin, "Referer": self.transport.base_url + visit.path}
        return self._page_request("POST", path, _encoded(form.kind, sent), headers)

    def read(self, answer: Answer, path: str) -> Visit:
        """Return an answer as the page at this path."""
        page = read_document(answer.text) if answer.media_type == "text/html" else Document()
        return Visit(answer, path, page)

    def target(self, visit: Visit, form: Form) -> str:
        """Return the path that a form is sent to."""
        return self._own_path(visit.path, form.action or visit.path) or form.action

    def _page_request(
        self, method: str, path: str, body: Body = NOTHING, headers: Mapping[str, str] | None = None
    ) -> Answer:
        accept = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
        return self.send(method, path, body=body, headers={**accept, **(headers or {})})

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
            target = self._own_path(path, answer.headers.get("location", ""))
            if target is None:
                raise Failure(
                    f"{answer.request} sends the visitor away to "
                    f"{excerpt(answer.headers.get('location', 'nowhere'), 100)!r}.",
                    step=answer.step,
                )
            path = target
            answer = self._page_request("GET", path)
        raise Failure(f"{answer.request} redirects again and again.", step=step_of("GET", path))

    def _own_path(self, path: str, location: str) -> str | None:
        """Return where a link on a page leads, or `None` when that is another site."""
        base = self.transport.base_url
        target = urljoin(base + path, location.strip())
        if not location or not (target + "/").startswith(base + "/"):
            return None
        found = target.removeprefix(base).partition("#")[0]
        return quote(found, safe="/?&=%+:@,;!$'()*~-._") or "/"

    def own_path(self, visit: Visit, link: str) -> str | None:
        """Return the path of a link on a page, or `None` when it leads to another site."""
        return self._own_path(visit.path, link)

    def _keep(self, answer: Answer) -> None:
        for text in answer.cookies:
            morsel = parse_cookie(text)
            if morsel is None:
                continue
            name, value, attributes = morsel
            if not value or attributes.get("max-age") == "0" or "1970" in attributes["expires"]:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value


def parse_cookie(text: str) -> tuple[str, str, dict[str, str]] | None:
    """Return a Set-Cookie header's name, value as written, and attributes in lower case."""
    pair, *parts = text.split(";")
    name, _, value = pair.partition("=")
    attributes = {"expires": ""}
    for part in parts:
        key, _, content = part.partition("=")
        attributes[key.strip().lower()] = content.strip()
    return (name.strip(), value.strip(), attributes) if name.strip() else None


def _encoded(kind: str, sent: Mapping[str, str]) -> Body:
    if kind.lower() != "multipart/form-data":
        return Body(urlencode(sent).encode(), "application/x-www-form-urlencoded")
    parts = [
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in sent.items()
    ]
    content = "".join(parts) + f"--{_BOUNDARY}--\r\n"
    return Body(content.encode(), f"multipart/form-data; boundary={_BOUNDARY}")
