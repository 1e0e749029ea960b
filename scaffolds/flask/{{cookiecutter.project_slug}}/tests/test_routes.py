import pytest


def test_list_has_the_sample_books(client):
    books = client.get("/api/books").json
    assert books["total"] == len(books["items"]) == 12


def test_search_ignores_case_and_looks_at_the_author_too(client):
    assert client.get("/api/books?q=BELOVED").json["total"] == 1
    assert client.get("/api/books?q=austen").json["total"] == 1


@pytest.mark.parametrize("q", ["%", "_", "x" * 60_000, "\0"])
def test_search_takes_every_text_literally(client, q):
    response = client.get("/api/books", query_string={"q": q})
    assert response.json == {"items": [], "total": 0}


def test_pages_hold_every_book_once(client):
    pages = [client.get(f"/api/books?limit=5&offset={n}").json for n in (0, 5, 10)]
    ids = [book["id"] for page in pages for book in page["items"]]
    assert sorted(ids) == list(range(1, 13))


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=many", "offset=-1", f"offset={10**30}"]
)
def test_bad_page_is_refused_by_name(client, query):
    response = client.get(f"/api/books?{query}")
    assert response.status_code == 422
    assert list(response.json["errors"]) == [query.partition("=")[0]]


def test_one_book(client):
    book = client.get("/api/books/2").json
    assert book["title"] == "Beloved"
    assert book["isbn"] == "9781400033416"


@pytest.mark.parametrize("book_id", [0, 13, 10**30, "nine"])
def test_missing_book_is_a_404_in_json(client, book_id):
    response = client.get(f"/api/books/{book_id}")
    assert response.status_code == 404
    assert "detail" in response.json


def test_wrong_method_says_which_are_allowed(client):
    response = client.put("/api/books")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
