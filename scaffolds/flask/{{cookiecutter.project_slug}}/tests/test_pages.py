import re
from datetime import UTC, datetime

import pytest

BOOK = {
    "title": "Emma",
    "author": "Jane Austen",
    "isbn": "9780141439587",
    "year": "1815",
}


def fields_with_errors(response):
    fields = response.text.split('class="field"')[1:]
    wrong = [field for field in fields if 'class="error"' in field]
    return [re.search(r' name="(\w+)"', field)[1] for field in wrong]


def test_front_page_leads_to_the_books(client):
    assert client.get("/").location == "/books"
    assert "Persepolis" in client.get("/books").text


def test_list_is_searched_ten_books_a_page(client):
    urls = ("/books", "/books?page=2", "/books?q=CALVINO")
    first, second, found = (
        re.findall(r'href="/books/(\d+)"', client.get(url).text) for url in urls
    )
    assert [int(book_id) for book_id in first + second] == list(range(12, 0, -1))
    assert (len(first), len(found)) == (10, 1)
    assert "Invisible Cities" in client.get(f"/books/{found[0]}").text


@pytest.mark.parametrize("page", [0, 3, 10**30])
def test_page_beyond_the_list_does_not_exist(client, page):
    assert client.get(f"/books?page={page}").status_code == 404


def test_new_book_is_announced_once(client, submit):
    response = submit(client, "/books/new", BOOK)
    assert response.status_code == 302
    assert 'class="message"' in client.get(response.location).text
    assert 'class="message"' not in client.get(response.location).text
    book = client.get(f"/api{response.location}").json
    assert {name: str(book[name]) for name in BOOK} == BOOK


def test_bad_form_keeps_its_values_and_says_what_is_wrong(client, submit):
    response = submit(client, "/books/new", BOOK | {"title": "", "isbn": "<b>123"})
    assert response.status_code == 422
    assert fields_with_errors(response) == ["title", "isbn"]
    assert 'value="Jane Austen"' in response.text
    assert 'value="&lt;b&gt;123"' in response.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 201),
        ("author", " "),
        ("isbn", "9780141439588"),
        ("year", "soon"),
        ("year", str(datetime.now(UTC).year + 2)),
    ],
)
def test_bad_value_is_an_error_of_its_field(client, submit, field, value):
    response = submit(client, "/books/new", BOOK | {field: value})
    assert response.status_code == 422
    assert fields_with_errors(response) == [field]


def test_isbn_is_taken_only_once_by_form_too(client, submit):
    submit(client, "/books/new", BOOK)
    response = submit(client, "/books/new", BOOK)
    assert response.status_code == 422
    assert fields_with_errors(response) == ["isbn"]


def test_form_from_another_site_is_refused(client):
    token = {"X-CSRFToken": ""}
    response = client.post("/books/new", data=BOOK, headers=token)
    assert response.status_code == 400
    assert client.get("/api/books?q=Emma").json["total"] == 0


def test_field_without_a_name_is_refused(client):
    body = "--x\r\nContent-Disposition: form-data\r\n\r\nEmma\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    response = client.post("/books/new", data=body, content_type=kind)
    assert response.status_code == 400


def test_text_of_visitors_is_escaped(client, submit):
    script = "<script>alert(1)</script>"
    response = submit(client, "/books/new", BOOK | {"title": script})
    for url in ("/books", response.location):
        assert script not in client.get(url).text


@pytest.mark.parametrize(("url", "status"), [("/books/99", 404), ("/health", 405)])
def test_error_has_the_look_of_the_site(client, url, status):
    response = client.open(url, method="GET" if status == 404 else "PUT")
    assert response.status_code == status
    assert "style.css" in response.text
    assert client.get("/api/books/99").is_json


def test_stylesheet_is_served(client):
    assert client.get("/static/style.css").mimetype == "text/css"
