"""What a visitor's browser makes of a page: where its forms lead."""

from __future__ import annotations

import pytest

from sandbox.contract.answer import Answer
from sandbox.contract.browser import Browser, Visit
from sandbox.contract.document import read_document
from sandbox.contract.transport import Transport

APP = "http://127.0.0.1:8000"


def visit_of(page: str) -> Visit:
    answer = Answer("GET /books", "GET /books", "GET", 200, {}, page.encode())
    return Visit(answer, "/books", read_document(page))


@pytest.mark.parametrize(
    "action", ["/logout", f"{APP}/logout", "logout?from=books", "./logout#end"]
)
def test_a_form_is_found_by_where_it_leads_however_that_is_written(action: str) -> None:
    visit = visit_of(f'<form></form><form method="post" action="{action}"><input name="a"></form>')
    form = Browser(Transport(APP)).form_to(visit, "/logout")
    assert form is visit.page.forms[1]


@pytest.mark.parametrize(
    "form",
    [
        '<form action="/logout">',
        '<form method="post" action="http://elsewhere.example/logout">',
        '<form method="post" action="/logout/all">',
        '<form method="post">',
    ],
)
def test_a_form_that_leads_elsewhere_or_is_not_posted_is_not_it(form: str) -> None:
    assert Browser(Transport(APP)).form_to(visit_of(form), "/logout") is None
