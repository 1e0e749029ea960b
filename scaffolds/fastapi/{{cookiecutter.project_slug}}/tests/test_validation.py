from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

BOOK = {"title": "Emma", "author": "Jane Austen", "isbn": "9780141439587", "year": 1815}
NEXT_YEAR = datetime.now(UTC).year + 1


def test_created_book_is_answered_and_can_be_read(client: TestClient):
    response = client.post("/api/books", json=BOOK)
    assert response.status_code == 201
    assert BOOK.items() <= response.json().items()
    assert response.headers["Location"] == f"/api/books/{response.json()['id']}"
    assert client.get(response.headers["Location"]).json() == response.json()


@pytest.mark.parametrize(
    ("field", "sent", "kept"),
    [
        ("title", "  Emma ", "Emma"),
        ("title", "é" * 200, "é" * 200),
        ("isbn", "", None),
        ("isbn", None, None),
        ("year", -3000, -3000),
        ("year", NEXT_YEAR, NEXT_YEAR),
        ("year", None, None),
    ],
)
def test_good_values_are_cleaned_and_kept(
    client: TestClient,
    field: str,
    sent: object,
    kept: object,
):
    response = client.post("/api/books", json=BOOK | {field: sent})
    assert response.status_code == 201
    assert response.json()[field] == kept


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("title", None),
        ("title", "   "),
        ("title", "x" * 201),
        ("title", ["Emma"]),
        ("author", {}),
        ("isbn", "9780141439580"),
        ("isbn", "978-0141439587"),
        ("isbn", 9780141439587),
        ("year", "banana"),
        ("year", -3001),
        ("year", NEXT_YEAR + 1),
        ("year", 10**30),
    ],
)
def test_bad_values_are_refused_by_name(client: TestClient, field: str, sent: object):
    response = client.post("/api/books", json=BOOK | {field: sent})
    assert response.status_code == 422
    [problem] = response.json()["detail"]
    assert problem["loc"] == ["body", field]
    assert problem["msg"]
    assert client.get("/api/books").json()["total"] == 12


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        '{"title": NaN, "author": "Nobody"}',
        '{"title": "Emma", "author": "Jane Austen", "year": -Infinity}',
        '{"title": "half a character: \\ud83d", "author": "Nobody"}',
    ],
)
def test_what_is_no_proper_json_object_is_refused(client: TestClient, body: str):
    as_json = {"Content-Type": "application/json"}
    response = client.post("/api/books", content=body, headers=as_json)
    assert response.status_code in (400, 422)
    assert response.json()["detail"]
    assert client.get("/api/books").json()["total"] == 12


def test_wrong_content_type_is_refused(client: TestClient):
    assert client.post("/api/books", data=BOOK).status_code == 422


def test_unknown_and_read_only_fields_are_ignored(client: TestClient):
    response = client.post("/api/books", json=BOOK | {"id": 1, "colour": "red"})
    assert response.json()["id"] == 13
    assert "colour" not in response.json()


def test_isbn_is_taken_once(client: TestClient):
    assert client.post("/api/books", json=BOOK).status_code == 201
    response = client.post("/api/books", json=BOOK)
    assert response.status_code == 409
    assert response.json()["detail"]
