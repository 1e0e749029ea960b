"""Checks of `api_docs`: the OpenAPI document, and the page that is made of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.contract.app import Person
from sandbox.contract.browser import Visit
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_status
from sandbox.contract.failure import Failure
from sandbox.contract.openapi import Operation, problems, read_operations

ORDER = 240

DOCUMENT = "/openapi.json"
PAGE = "/docs"

_BOOK = {"id", "title", "author", "isbn", "year"}
_STORED = {"created_at", "review_count", "average_rating"}
_REVIEW = {"id", "book_id", "rating", "text", "created_at"}
_LIST = {"items", "total"}
_OUTSIDE = re.compile(r"""["'(]\s*(?:https?:)?//([\w.-]+)""")
_NAMES_ONLY = {"www.w3.org", "json-schema.org", "spec.openapis.org"}


@dataclass(frozen=True, slots=True)
class Route:
    """An address with what its document must say: parameters, body, and answer."""

    method: str
    path: str
    feature: str
    status: int
    answer: frozenset[str] | None
    body: frozenset[str] | None = None
    parameters: frozenset[str] = frozenset()
    kind: str = "application/json"


def _route(
    words: str,
    feature: str,
    status: int,
    answer: set[str] | None,
    **more: Any,
) -> Route:
    method, path = words.split()
    return Route(method, path, feature, status, frozenset(answer) if answer else None, **more)


_WINDOW = frozenset({"limit", "offset"})
_BOOK_BODY = frozenset({"title", "author", "isbn", "year"})
_REVIEW_BODY = frozenset({"rating", "text"})
_IMPORT = {"status", "created", "skipped", "errors"}
ROUTES = (
    _route("GET /api/books", "routes", 200, _LIST, parameters=_WINDOW | {"q"}),
    _route("GET /api/books/{}", "routes", 200, _BOOK),
    _route("POST /api/books", "validation", 201, _BOOK, body=_BOOK_BODY),
    _route("PATCH /api/books/{}", "database", 200, _BOOK | _STORED, body=_BOOK_BODY),
    _route("DELETE /api/books/{}", "database", 204, None),
    _route("GET /api/books/{}/reviews", "database", 200, _LIST, parameters=_WINDOW),
    _route("POST /api/books/{}/reviews", "database", 201, _REVIEW, body=_REVIEW_BODY),
    _route("PATCH /api/reviews/{}", "database", 200, _REVIEW, body=_REVIEW_BODY),
    _route("DELETE /api/reviews/{}", "database", 204, None),
    _route("GET /api/books/{}/offers", "async", 200, {"offers", "failed"}),
    _route("GET /api/imports/{}", "jobs", 200, _IMPORT),
    _route("POST /api/reviews/score", "model", 200, {"score", "label"}, body=frozenset({"text"})),
)


@check("api_docs", "GET /openapi.json answers a valid OpenAPI 3.x document.", foundation=True)
def the_document_is_valid(me: Person) -> None:
    found = list(problems(dict(_document(me))))
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    expect(not found, f"GET {DOCUMENT} is no valid OpenAPI document: {''.join(found[:1])}{more}.")


@check("api_docs", "Every /api route of the app is listed.")
def every_route_is_listed(me: Person) -> None:
    listed = read_operations(_document(me))
    wanted = [(route.method, route.path) for route in ROUTES if route.feature in me.app.features]
    wanted += [("POST", "/api/imports")] if "jobs" in me.app.features else []
    wanted += [("GET", "/api/live")] if "live" in me.app.features else []
    missing = [" ".join(each) for each in wanted if each not in listed]
    expect(not missing, f"GET {DOCUMENT} does not list {', '.join(missing)}.")


@check("api_docs", "No /api route is listed that the app does not have.")
def no_other_route_is_listed(me: Person) -> None:
    known = {(route.method, route.path): route.feature for route in ROUTES}
    known |= {("POST", "/api/imports"): "jobs", ("GET", "/api/live"): "live"}
    for method, path in read_operations(_document(me)):
        feature = known.get((method, path))
        expect(
            feature is None or feature in me.app.features,
            f"GET {DOCUMENT} lists {method} {path}, which this app does not have.",
        )


@check("api_docs", "Every listed route has the schemas of its body and of its answer.")
def routes_have_their_schemas(me: Person) -> None:
    listed = read_operations(_document(me))
    for route in ROUTES:
        if route.feature in me.app.features:
            _expect_schemas(me, route, listed[route.method, route.path])


@check("api_docs", "The lists of the document say what is in them.")
def lists_name_their_items(me: Person) -> None:
    operation = read_operations(_document(me))["GET", "/api/books"]
    found = operation.items(200, "items")
    expect(
        found >= _BOOK,
        f"GET {DOCUMENT} says of GET /api/books that its items have {sorted(found)}: expected "
        f"{sorted(_BOOK)}.",
    )


@check("api_docs", "An import takes text/csv and answers 202, a stream is text/event-stream.")
def other_contents_are_named(me: Person) -> None:
    listed = read_operations(_document(me))
    if "jobs" in me.app.features:
        operation = listed["POST", "/api/imports"]
        expect(
            operation.body("text/csv") is not None and operation.answers(202),
            f"GET {DOCUMENT} does not say that POST /api/imports takes text/csv and answers 202.",
        )
    if "live" in me.app.features:
        expect(
            listed["GET", "/api/live"].answer(200, "text/event-stream") is not None,
            f"GET {DOCUMENT} does not say that GET /api/live answers text/event-stream.",
        )


@check("api_docs", "GET /docs is a page made of the document.")
def the_page_reads_the_document(me: Person) -> None:
    browser = me.app.visitor()
    visit = browser.open_page(PAGE)
    texts = [visit.answer.text, *(_text(browser, visit, link) for link in _scripts(visit))]
    expect(
        any(DOCUMENT.removeprefix("/") in text for text in texts),
        f"GET {PAGE} and its scripts never name {DOCUMENT}.",
    )


@check("api_docs", "GET /docs works without internet: all it needs comes from the app.")
def the_page_needs_no_internet(me: Person) -> None:
    browser = me.app.visitor()
    visit = browser.open_page(PAGE)
    scripts = _scripts(visit)
    expect(bool(scripts), f"GET {PAGE} has no script: expected an interactive page.")
    for link in (*scripts, *_styles(visit)):
        _text(browser, visit, link)
    for script in visit.page.scripts:
        for host in _OUTSIDE.findall(script):
            expect(
                host in _NAMES_ONLY or host in me.base_url,
                f"A script in GET {PAGE} names the host {host}: it needs the internet.",
            )


def _document(me: Person) -> Mapping[str, Any]:
    answer = expect_status(me.get(DOCUMENT), 200)
    value = answer.json()
    if not isinstance(value, dict):
        raise Failure(f"GET {DOCUMENT} is not a JSON object.", step=answer.step)
    return value


def _expect_schemas(me: Person, route: Route, operation: Operation) -> None:
    name = f"GET {DOCUMENT} says of {route.method} {route.path.replace('{}', '{id}')}"
    wanted = set(route.answer or ())
    if wanted >= _BOOK and "database" in me.app.features:
        wanted |= _STORED
    if wanted >= _REVIEW and "auth" in me.app.features:
        wanted.add("author")
    expect(operation.answers(route.status), f"{name} nothing about the answer {route.status}.")
    if wanted:
        answer = operation.answer(route.status)
        missing = sorted(wanted - (answer or set()))
        expect(not missing, f"{name} no {', '.join(missing)} in the answer {route.status}.")
    if route.body is not None:
        missing = sorted(route.body - (operation.body(route.kind) or set()))
        expect(not missing, f"{name} no {', '.join(missing)} in the body.")
    missing = sorted(route.parameters - operation.parameters())
    expect(not missing, f"{name} no parameter {', '.join(missing)}.")


def _scripts(visit: Visit) -> list[str]:
    return visit.page.attributes("script", "src")


def _styles(visit: Visit) -> list[str]:
    links = [*visit.page.attributes("link", "href"), *visit.page.attributes("img", "src")]
    return [link for link in links if not link.startswith("data:")]


def _text(browser: Person, visit: Visit, link: str) -> str:
    path = browser.own_path(visit, link)
    if path is None:
        raise Failure(f"GET {PAGE} needs {link[:100]!r}, from another host.", step=f"GET {PAGE}")
    answer = expect_status(browser.look(path).answer, 200)
    expect(bool(answer.body), f"GET {PAGE} needs {path}, which is empty.")
    return answer.text
