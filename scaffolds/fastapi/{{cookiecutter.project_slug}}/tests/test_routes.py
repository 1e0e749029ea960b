import pytest
from fastapi.testclient import TestClient


def test_list_holds_every_sample_book(client: TestClient):
    body = client.get("/api/books").json()
    assert body["total"] == len(body["items"]) == 12
    assert {book["id"] for book in body["items"]} == set(range(1, 13))


@pytest.mark.parametrize(
    ("q", "total"),
    [("AUSTEN", 1), ("the", 4), ("%", 0), ("_", 0)],
)
def test_search_is_literal_and_ignores_case(client: TestClient, q: str, total: int):
    assert client.get("/api/books", params={"q": q}).json()["total"] == total


def test_pages_cover_the_list_without_repeating(client: TestClient):
    pages = [
        client.get("/api/books", params={"limit": 5, "offset": offset}).json()
        for offset in (0, 5, 10)
    ]
    assert [len(page["items"]) for page in pages] == [5, 5, 2]
    assert len({book["id"] for page in pages for book in page["items"]}) == 12


@pytest.mark.parametrize(
    ("name", "value"),
    [("limit", "0"), ("limit", "101"), ("limit", "many"), ("offset", "-1")],
)
def test_wrong_paging_is_refused_by_name(client: TestClient, name: str, value: str):
    response = client.get("/api/books", params={name: value})
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["query", name]


def test_one_book_is_read_by_its_id(client: TestClient):
    response = client.get("/api/books/9")
    assert response.status_code == 200
    book = response.json()
    assert (book["title"], book["author"]) == ("The Odyssey", "Homer")
    assert (book["isbn"], book["year"]) == (None, -700)


def test_unknown_book_is_a_404_with_a_sentence(client: TestClient):
    response = client.get("/api/books/99")
    assert response.status_code == 404
    assert response.json()["detail"]


@pytest.mark.parametrize("book_id", ["beloved", "0", str(10**30)])
def test_impossible_ids_are_refused(client: TestClient, book_id: str):
    assert client.get(f"/api/books/{book_id}").status_code in (404, 422)


def test_wrong_method_is_a_405_that_names_the_right_one(client: TestClient):
    response = client.put("/api/books/1")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
