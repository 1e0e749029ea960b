import re

import pytest

BOOK = {
    "title": "Emma",
    "author": "Jane Austen",
    "isbn": "9780141439587",
    "year": "1815",
}


def submit(client, address, values):
    """Fill in the form at an address, as a browser does: with its hidden token."""
    page = client.get(address).text
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)[1]
    return client.post(address, data=values | {"csrf_token": token})


def test_front_page_leads_to_the_books(client):
    assert client.get("/").location == "/books"
    assert "Persepolis" in client.get("/books").text


def test_list_is_searched_ten_books_a_page(client):
    first, second = client.get("/books").text, client.get("/books?page=2").text
    assert (first.count("/books/1"), "Beloved" in first) == (3, False)
    assert "Beloved" in second
    found = client.get("/books?q=CALVINO").text
    assert "Invisible Cities" in found
    assert "Beloved" not in found


@pytest.mark.parametrize("page", [0, 3, 10**30])
def test_page_beyond_the_list_does_not_exist(client, page):
    assert client.get(f"/books?page={page}").status_code == 404


def test_new_book_is_announced_once(client):
    answer = submit(client, "/books/new", BOOK)
    assert answer.status_code == 302
    assert "is on the shelf now" in client.get(answer.location).text
    assert "is on the shelf now" not in client.get(answer.location).text
    book = client.get(f"/api{answer.location}").json
    assert {name: str(book[name]) for name in BOOK} == BOOK


def test_bad_form_keeps_its_values_and_says_what_is_wrong(client):
    answer = submit(client, "/books/new", BOOK | {"title": "", "isbn": "<b>123"})
    assert answer.status_code == 422
    assert answer.text.count('class="error"') == 2
    assert 'value="Jane Austen"' in answer.text
    assert 'value="&lt;b&gt;123"' in answer.text


def test_isbn_is_taken_only_once_by_form_too(client):
    submit(client, "/books/new", BOOK)
    answer = submit(client, "/books/new", BOOK)
    assert answer.status_code == 422
    assert "already has this ISBN" in answer.text


def test_form_from_another_site_is_refused(client):
    token = {"X-CSRFToken": ""}
    answer = client.post("/books/new", data=BOOK, headers=token)
    assert answer.status_code == 400
    assert client.get("/api/books?q=Emma").json["total"] == 0


def test_text_of_visitors_is_escaped(client):
    script = "<script>alert(1)</script>"
    answer = submit(client, "/books/new", BOOK | {"title": script})
    for address in ("/books", answer.location):
        assert script not in client.get(address).text


def test_missing_page_has_the_look_of_the_site(client):
    answer = client.get("/books/99")
    assert answer.status_code == 404
    assert "style.css" in answer.text
    assert client.get("/api/books/99").is_json


def test_stylesheet_is_served(client):
    assert client.get("/static/style.css").mimetype == "text/css"
