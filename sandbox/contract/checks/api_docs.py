"""Checks of `api_docs`: the OpenAPI document, and the page that is made of it."""

import re
from collections.abc import Mapping
from typing import Any

from sandbox.contract.app import Person
from sandbox.contract.browser import Visit
from sandbox.contract.check import check
from sandbox.contract.endpoints import ENDPOINTS, JSON, Endpoint
from sandbox.contract.expect import expect, expect_status
from sandbox.contract.failure import Failure
from sandbox.contract.openapi import Operation, problems, read_operations
from sandbox.contract.shapes import BOOK

ORDER = 240

DOCUMENT = "/openapi.json"
PAGE = "/docs"

_OUTSIDE = re.compile(r"""["'(]\s*(?:https?:)?//([\w.-]+)""")
_NAMED = re.compile(rf"""["']([^"'\s]*{re.escape(DOCUMENT.removeprefix("/"))})["']""")
_NAMES_ONLY = {"www.w3.org", "json-schema.org", "spec.openapis.org"}


ROUTES = {
    (method, path.replace("{id}", "{}")): each
    for each in ENDPOINTS
    if each.is_api
    for method, path in [each.request.split()]
}


@check("api_docs", "GET /openapi.json answers a valid OpenAPI 3.x document.", foundation=True)
def the_document_is_valid(me: Person) -> None:
    found = list(problems(dict(_document(me))))
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    expect(not found, f"GET {DOCUMENT} is no valid OpenAPI document: {''.join(found[:1])}{more}.")


@check("api_docs", "Every address of the app's API is listed.")
def every_route_is_listed(me: Person) -> None:
    listed = read_operations(_document(me))
    missing = [" ".join(each) for each in _routes(me) if each not in listed]
    expect(not missing, f"GET {DOCUMENT} does not list {', '.join(missing)}.")


@check("api_docs", "No address of the contract is listed that the app does not have.")
def no_other_route_is_listed(me: Person) -> None:
    known = _routes(me)
    for method, path in read_operations(_document(me)):
        expect(
            (method, path) in known or (method, path) not in ROUTES,
            f"GET {DOCUMENT} lists {method} {path}, which this app does not have.",
        )


@check("api_docs", "Every listed address has the schemas of its body and of its answer.")
def routes_have_their_schemas(me: Person) -> None:
    listed = read_operations(_document(me))
    for route, endpoint in _routes(me).items():
        if endpoint.gives == endpoint.takes == JSON:
            _expect_schemas(me, endpoint, listed[route])


@check("api_docs", "The lists of the document say what is in them.")
def lists_name_their_items(me: Person) -> None:
    found = read_operations(_document(me))["GET", "/api/books"].items(200, "items")
    expected = BOOK.keys(())
    expect(
        found >= expected,
        f"GET {DOCUMENT} says of GET /api/books that its items have {sorted(found)}: expected "
        f"{sorted(expected)}.",
    )


@check("api_docs", "An import takes text/csv and answers 202.", needs="jobs")
def imports_are_named(me: Person) -> None:
    operation = read_operations(_document(me))["POST", "/api/imports"]
    expect(
        operation.body("text/csv") is not None and operation.answers(202),
        f"GET {DOCUMENT} does not say that POST /api/imports takes text/csv and answers 202.",
    )


@check("api_docs", "The stream answers text/event-stream.", needs="live")
def the_stream_is_named(me: Person) -> None:
    operation = read_operations(_document(me))["GET", "/api/live"]
    expect(
        operation.answer(200, "text/event-stream") is not None,
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
    # None are found where a script puts the address together.
    named = {_unescaped(link) for text in texts for link in _NAMED.findall(text)}
    expect(
        not named or any(_leads_to_the_document(browser, visit, link) for link in named),
        f"GET {PAGE} names {', '.join(sorted(named))[:200]}, and no document is there.",
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


def _routes(me: Person) -> dict[tuple[str, str], Endpoint]:
    return {key: each for key, each in ROUTES.items() if each.feature in me.app.features}


def _expect_schemas(me: Person, endpoint: Endpoint, operation: Operation) -> None:
    name = f"GET {DOCUMENT} says of {endpoint.request}"
    expect(operation.answers(endpoint.status), f"{name} nothing about {endpoint.status}.")
    for what, wanted, told in (
        (
            f"in the answer {endpoint.status}",
            endpoint.answer.keys(me.app.features) if endpoint.answer else set[str](),
            operation.answer(endpoint.status) or set[str](),
        ),
        ("in the body", set(endpoint.body), operation.body(endpoint.takes) or set[str]()),
        ("as a parameter", set(endpoint.parameters), operation.parameters()),
    ):
        missing = sorted(wanted - told)
        expect(not missing, f"{name} no {', '.join(missing)} {what}.")


def _unescaped(link: str) -> str:
    """Return a link as a browser reads it in a script, where a slash may be escaped."""
    return re.sub(r"\\(?:u002[fF]|x2[fF])?/?", "/", link)


def _leads_to_the_document(browser: Person, visit: Visit, link: str) -> bool:
    path = browser.own_path(visit, link)
    return path is not None and browser.look(path).answer.status == 200


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
