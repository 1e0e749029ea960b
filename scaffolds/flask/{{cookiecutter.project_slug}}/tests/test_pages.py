from datetime import UTC, datetime

import pytest

BOOK = {
    "title": "Emma",
    "author": "Jane Austen",
    "isbn": "9780141439587",
    "year": "1815",
}


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


def test_new_book_is_announced_once(client, submit):
    response = submit(client, "/books/new", BOOK)
    assert response.status_code == 302
    assert "is on the shelf now" in client.get(response.location).text
    assert "is on the shelf now" not in client.get(response.location).text
    book = client.get(f"/api{response.location}").json
    assert {name: str(book[name]) for name in BOOK} == BOOK


def test_bad_form_keeps_its_values_and_says_what_is_wrong(client, submit):
    response = submit(client, "/books/new", BOOK | {"title": "", "isbn": "<b>123"})
    assert response.status_code == 422
    assert response.text.count('class="error"') == 2
    assert 'value="Jane Austen"' in response.text
    assert 'value="&lt;b&gt;123"' in response.text


def test_bad_isbn_and_year_are_told_in_words(client, submit):
    year = str(datetime.now(UTC).year + 2)
    page = submit(client, "/books/new", BOOK | {"isbn": "9780141439588", "year": year})
    assert "The last digit does not fit the others." in page.text
    assert "Give a year from -3000 to next year." in page.text


def test_isbn_is_taken_only_once_by_form_too(client, submit):
    submit(client, "/books/new", BOOK)
    response = submit(client, "/books/new", BOOK)
    assert response.status_code == 422
    assert "already has this ISBN" in response.text


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
