import re

import pytest
from browsing import complaints, submit
from fastapi.testclient import TestClient

BOOK = {
    "title": "Emma",
    "author": "Jane Austen",
    "isbn": "9780141439587",
    "year": "1815",
}


def test_front_page_leads_to_the_books(client: TestClient):
    response = client.get("/")
    assert response.url.path == "/books"
    assert "Persepolis" in response.text


def test_list_is_searched_and_cut_into_pages(client: TestClient):
    pages = (client.get("/books", params={"page": n}).text for n in (1, 2))
    first, second = (set(re.findall(r'href="/books/(\d+)"', page)) for page in pages)
    assert len(first | second) == len(first) + len(second) == 12
    found = client.get("/books", params={"q": "austen"}).text
    assert "Pride and Prejudice" in found
    assert "Beloved" not in found


def test_added_book_is_shown_with_a_message_once(client: TestClient):
    response = submit(client, "/books/new", **BOOK)
    assert response.status_code in (302, 303)
    page = client.get(response.headers["Location"]).text
    assert "Jane Austen" in page
    assert 'role="status"' in page
    assert 'role="status"' not in client.get(response.headers["Location"]).text
    assert client.get("/api/books").json()["items"][0]["year"] == 1815


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("title", " "),
        ("author", "x" * 201),
        ("isbn", "9780141439580"),
        ("year", "soon"),
    ],
)
def test_bad_form_is_shown_again_with_what_was_sent(
    client: TestClient,
    field: str,
    sent: str,
):
    response = submit(client, "/books/new", **(BOOK | {field: sent}))
    assert response.status_code == 422
    assert complaints(response).keys() == {field}
    assert f'value="{sent}"' in response.text
    assert client.get("/api/books").json()["total"] == 12


def test_taken_isbn_is_said_beside_its_field(client: TestClient):
    response = submit(client, "/books/new", **(BOOK | {"isbn": "9781400033416"}))
    assert response.status_code == 422
    assert complaints(response).keys() == {"isbn"}


def test_form_without_its_token_is_refused(client: TestClient):
    client.get("/books/new")
    assert client.post("/books/new", data=BOOK).status_code == 403
    assert client.get("/api/books").json()["total"] == 12


def test_text_is_never_taken_for_html(client: TestClient):
    response = submit(client, "/books/new", **(BOOK | {"title": "<script>alert(1)"}))
    for path in ("/books", response.headers["Location"]):
        page = client.get(path).text
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>" not in page


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/books/99", "/books/first", "/books?page=0"],
)
def test_missing_page_looks_like_the_site(client: TestClient, path: str):
    response = client.get(path)
    assert response.status_code == 404
    assert 'href="/books"' in response.text


def test_missing_address_of_the_api_stays_json(client: TestClient):
    response = client.get("/api/nowhere")
    assert response.status_code == 404
    assert response.json()["detail"]


def test_stylesheet_is_served(client: TestClient):
    [path] = re.findall(r'rel="stylesheet" href="([^"]+)"', client.get("/books").text)
    assert client.get(path).headers["Content-Type"].startswith("text/css")
