"""Checks of `hello`: the app is up and says who it is."""

import html
import json
from urllib.parse import urljoin

from sandbox.contract.answer import Answer
from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_no_crash, expect_status
from sandbox.contract.failure import Failure, Skipped

ORDER = 10

_REDIRECTS = (301, 302, 303, 307, 308)
_ODD_PATHS = (
    "/%00",
    "/%ff%fe",
    "/%F0%9F%93%9A",
    "//",
    "/./../..%2f..%2fetc%2fpasswd",
    "/" + "a" * 2000,
    "/?" + "&".join(f"x={number}" for number in range(300)),
    "/?%00=%ff",
    "/health?x[]=1&x[]=2",
    "/health/%2e%2e",
)


@check("hello", "GET /, after redirects, answers 200.")
def home_answers(me: Person) -> None:
    answer = _home(me)
    expect_status(answer, 200)
    expect(bool(answer.text.strip()), "GET / answered 200 with nothing in it: expected a greeting.")


@check("hello", "GET / contains the project name.")
def home_says_the_project_name(me: Person) -> None:
    name = me.app.project_name
    if name is None:
        raise Skipped("it looks for the project's name", means="name")
    answer = expect_status(_home(me), 200)
    expect(
        name in _readable(answer),
        f"GET / answered 200 without the project's name {name!r}: say it on the home page.",
    )


@check("hello", 'GET /health answers 200 {"status": "ok"}.')
def health_says_ok(me: Person) -> None:
    answer = expect_status(me.get("/health"), 200)
    expect(
        answer.json() == {"status": "ok"},
        f'GET /health answered {answer.text[:100]!r}: expected {{"status": "ok"}}.',
    )


@check("hello", "An address that does not exist answers 404.")
def unknown_address_is_404(me: Person) -> None:
    expect_status(me.get(f"/{me.samples.mark()}"), 404)


@check("hello", "No address whatever gives a 5xx.", tier="hardened")
def odd_addresses_never_crash(me: Person) -> None:
    for path in _ODD_PATHS:
        expect_no_crash(me.get(path))
    for method in ("HEAD", "OPTIONS", "POST", "PUT", "DELETE"):
        for path in ("/", "/health"):
            expect_no_crash(me.send(method, path))


def _readable(answer: Answer) -> str:
    if answer.media_type == "application/json":
        return json.dumps(answer.json(), ensure_ascii=False)
    return html.unescape(answer.text)


def _home(me: Person) -> Answer:
    path = "/"
    for _ in range(5):
        answer = me.get(path)
        if answer.status not in _REDIRECTS:
            return answer
        target = urljoin(me.base_url + path, answer.headers.get("location", ""))
        if not target.startswith(me.base_url):
            raise Failure(f"GET {path} sends the client away to {target[:100]!r}.")
        path = target.removeprefix(me.base_url)
    raise Failure("GET / redirects again and again: expected a page in the end.")
