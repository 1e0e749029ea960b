"""The token against forged requests: found where a browser finds it, and shown."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from sandbox.contract.document import Document, Form, read_document
from sandbox.run.console_request import ConsoleRequest, Pairs
from sandbox.run.console_send import Came

_LARGEST_PAGE = 256 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 4
_START = "/"
HEADER = "X-CSRFToken"

Open = Callable[[str], Came]
"""GET a path of the app with its cookies, and keep those that come back."""


@dataclass(frozen=True)
class Token:
    """What was taken from `page`: the fields its form hides, or the token of its `<meta>`.

    `found` says in a sentence what a browser did here.
    """

    page: str
    found: str
    fields: Pairs = ()
    header: str = ""


def fetch_token(request: ConsoleRequest, open_page: Open, *, known: bool) -> Token | None:
    """Return what a browser would send along with this request, `None` where it is nothing.

    Only a form and, once the app has set cookies (`known`), a call of the API have such a thing.
    """
    if request.is_safe or not request.token:
        return None
    if request.kind == "form":
        return _of_form(request, open_page)
    return _of_page(open_page) if known else None


def _of_form(request: ConsoleRequest, open_page: Open) -> Token:
    page = request.page or request.path
    came = open_page(page)
    document = _document(came)
    form = _form(document, page, request)
    if form is None:
        answered = came.status or "nothing"
        return Token(page, f"GET {page} answered {answered} and shows no form for this request.")
    names = " and ".join(form.tokens)
    found = f"The form on {page} hides {names}." if names else f"The form on {page} has no token."
    return Token(page, found, tuple(form.hidden.items()))


def _of_page(open_page: Open) -> Token | None:
    page = _START
    for _ in range(_MOST_REDIRECTS):
        came = open_page(page)
        if came.status not in _REDIRECTS:
            break
        path = _joined(page, came.header("location"))
        if path is None:
            return None
        page = path
    else:
        return None
    value = _document(came).csrf_token
    if not value or not value.isascii() or not value.isprintable():
        return None
    return Token(page, f"The page {page} has the token in <meta>, sent as {HEADER}.", (), value)


def _document(came: Came) -> Document:
    if came.media_type != "text/html":
        return Document()
    return read_document(came.text[:_LARGEST_PAGE])


def _form(document: Document, page: str, request: ConsoleRequest) -> Form | None:
    """Return the form that is posted to the request's path, or has all its fields."""
    path = request.path.partition("?")[0]
    posted = [each for each in document.forms if each.method == "POST"]
    for form in posted:
        if (_joined(page, form.action) or page).partition("?")[0] == path:
            return form
    names = {name for name, _ in request.form}
    named = (form for form in posted if names <= {each.name for each in form.fields})
    return next(named, None)


def _joined(page: str, link: str) -> str | None:
    """Return the path that a link on a page leads to, `None` where it leaves the app."""
    try:
        target = urlsplit(urljoin(page, link))
    except ValueError:  # such as "http://["
        return None
    if target.netloc or not target.path.startswith("/"):
        return None
    return f"{target.path}?{target.query}" if target.query else target.path
