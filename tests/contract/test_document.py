"""Reading HTML as a browser does: forms with all their fields, links, text and what is near."""

from __future__ import annotations

import pytest

from sandbox.contract.answer import Answer
from sandbox.contract.browser import read_cookies
from sandbox.contract.document import read_document
from sandbox.contract.site import new_words

PAGE = """<!doctype html><title>Not text</title><meta name="csrf-token" content="abc&amp;d">
<a href="/books?q=a&amp;page=2">Older</a>
<form class="search"><input type="search" name="q" value="&lt;b&gt; &quot;x&quot;"></form>
<form method="post" action="/books/new">
  <input type="hidden" name="csrf_token" value="t0k3n">
  <p>Title <input name="title" value="A"> <span>Too short.</span></p>
  <p>Kind <select name="kind"><option value="1">One<option value="2" selected>Two</select></p>
  <input type="checkbox" name="hidden"><input type="checkbox" name="shown" checked>
  <input type="radio" name="size" value="s"><input type="radio" name="size" value="m" checked>
  <textarea name="text">
Two
lines &amp; more</textarea> <b>Say more.</b>
  <button name="_save" value="yes">Save</button><input type="submit" name="_next" value="no">
</form>
<script>let hidden = "<p>no text</p>"</script>"""


def test_a_form_is_read_with_everything_a_browser_would_send() -> None:
    form = read_document(PAGE).form_with("title", "text")
    assert form is not None
    assert (form.method, form.action) == ("POST", "/books/new")
    assert form.values == {
        "csrf_token": "t0k3n",
        "title": "A",
        "kind": "2",
        "shown": "on",
        "size": "m",
        "text": "Two\nlines & more",
    }
    assert form.tokens == ("csrf_token",)
    assert form.button == ("_save", "yes")


def test_a_form_without_method_is_a_search() -> None:
    form = read_document(PAGE).form_with("q")
    assert form is not None
    assert form.method == "GET"
    assert form.values == {"q": '<b> "x"'}


def test_the_fields_of_one_name_are_read_in_all_forms() -> None:
    page = read_document('<form><input name="q"></form><form><input name="q" value="emma"></form>')
    assert page.shown("q") == ["", "emma"]
    assert page.shown("p") == []


def test_links_token_scripts_and_text_are_found() -> None:
    page = read_document(PAGE)
    assert page.links == ["/books?q=a&page=2"]
    assert page.csrf_token == "abc&d"
    assert page.scripts == ['let hidden = "<p>no text</p>"']
    assert page.text.startswith("Older Title Too short. Kind")
    assert "no text" not in page.text
    assert "Not text" not in page.text


def test_the_text_around_a_field_ends_at_its_neighbours() -> None:
    page = read_document(PAGE)
    assert "Too short." in page.nearby("title")
    assert "Say more." not in page.nearby("title")
    assert "Say more." in page.nearby("text")


def test_new_words_are_those_that_were_not_there() -> None:
    assert new_words("Title Too short.", "Title") == ["Too", "short."]


@pytest.mark.parametrize("text", ["", "<", "<form", "</form></select>", "<a href>", "<option>x"])
def test_broken_html_is_read_all_the_same(text: str) -> None:
    assert read_document(text).form_with("x") is None


def cookies_of(*headers: str) -> dict[str, str]:
    answer = Answer("GET /", "GET /", "GET", 200, {}, b"", headers)
    return {name: each.coded_value for name, each in read_cookies(answer).items()}


def test_a_cookie_is_read_with_its_attributes() -> None:
    text = "session=a=b; Path=/; HttpOnly; SameSite=Lax; Max-Age=60"
    answer = Answer("GET /", "GET /", "GET", 200, {}, b"", (text,))
    morsel = read_cookies(answer)["session"]
    assert morsel.coded_value == "a=b"
    assert (morsel["samesite"], morsel["max-age"]) == ("Lax", "60")
    assert morsel["httponly"]


@pytest.mark.parametrize(
    ("header", "value"),
    [
        (
            "session=.eJwl_y-4=.aZ9~x!|; Expires=Mon, 30 Nov 2026 10:00:00 GMT; Path=/",
            ".eJwl_y-4=.aZ9~x!|",
        ),
        ('session="a b\\054c"; HttpOnly', '"a b\\054c"'),
        ("session=; Max-Age=0", ""),
    ],
)
def test_the_value_of_a_cookie_is_kept_as_it_came(header: str, value: str) -> None:
    assert cookies_of(header, "other=1")["session"] == value


def test_a_cookie_without_a_name_is_none() -> None:
    assert cookies_of("; Path=/", "", "=x") == {}
