"""What counts as an error that names its field, and as a refused method."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sandbox.contract.answer import Answer, excerpt
from sandbox.contract.expect import expect_names, expect_status, expect_wrong_method
from sandbox.contract.failure import Failure

SAYS = "Give a number from 1 to 100."


def answered(status: int, value: Any, **headers: str) -> Answer:
    kind = {"content-type": "application/json", **headers}
    request = "GET /api/books?limit=0"
    return Answer(request, "GET /api/books", "GET", status, kind, json.dumps(value).encode())


@pytest.mark.parametrize(
    "body",
    [
        {"limit": [SAYS]},
        {"errors": {"limit": SAYS}},
        {"detail": [{"loc": ["query", "limit"], "msg": SAYS}]},
        {"errors": [{"field": "limit", "message": SAYS}]},
        {"errors": [{"type": "field", "path": "limit", "msg": SAYS}]},
        {"issues": [{"path": ["limit"], "message": SAYS}]},
        {"errors": [{"pointer": "#/limit", "detail": SAYS}]},
        {"errors": [{"location": "query.limit", "message": SAYS}]},
        {"extra": [{"key": "limit", "message": SAYS, "source": "query"}]},
        {"violations": [{"propertyPath": "page[limit]", "title": SAYS}]},
    ],
)
def test_an_error_names_its_field_in_any_usual_form(body: Any) -> None:
    expect_names(answered(400, body), "limit")


@pytest.mark.parametrize(
    "body",
    [
        {"detail": SAYS},
        {"errors": [{"field": "offset", "message": SAYS}]},
        {"detail": SAYS, "input": {"limit": "not a number"}},
        {"path": "/api/books", "detail": SAYS},
        {"errors": [{"pointer": "#/limit/0", "detail": SAYS}]},
        {"errors": [{"location": "query.nolimit", "message": SAYS}]},
    ],
)
def test_an_error_without_name_or_sentence_is_a_failure(body: Any) -> None:
    with pytest.raises(Failure, match="to name the field 'limit'"):
        expect_names(answered(400, body), "limit")


@pytest.mark.parametrize("body", [{"limit": []}, {"errors": [{"field": "limit"}]}])
def test_a_name_alone_is_told_to_lack_its_sentence(body: Any) -> None:
    with pytest.raises(Failure, match="a sentence on what is wrong with the field 'limit', not"):
        expect_names(answered(400, body), "limit")


def test_an_answer_over_several_lines_is_quoted_on_one_without_odd_signs() -> None:
    assert excerpt('{\n  "a":\t"b\x00"\r\n}') == '{ "a": "b\N{REPLACEMENT CHARACTER}" }'


def test_a_page_that_refuses_is_quoted_by_what_people_read_of_its_main_part() -> None:
    page = """<!doctype html><html><head><title>Shelf</title></head><body><nav>Books</nav>
      <main><h1>Add a book</h1><p class="error">Give a <b>title</b>.</p></main></body></html>"""
    kind = {"content-type": "text/html; charset=utf-8"}
    answer = Answer("POST /books/new", "POST /books/new", "POST", 422, kind, page.encode())
    said = r"it refuses the request \(the page “Add a book Give a title ?\.”\)"
    with pytest.raises(Failure, match=said):
        expect_status(answer, 302)


def test_a_wrong_method_is_405_with_allow_or_stopped_before() -> None:
    expect_wrong_method(answered(405, {}, allow="GET"))
    expect_wrong_method(answered(403, {}))
    with pytest.raises(Failure, match="without an Allow header"):
        expect_wrong_method(answered(405, {}))
    with pytest.raises(Failure, match="Expected 405"):
        expect_wrong_method(answered(404, {}))
