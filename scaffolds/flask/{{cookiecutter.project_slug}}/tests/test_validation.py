from datetime import UTC, datetime

import pytest

BOOK = {"title": "Emma", "author": "Jane Austen", "isbn": "9780141439587"}


def test_new_book_can_be_read_at_its_location(client):
    response = client.post("/api/books", json=BOOK | {"title": "  Emma ", "id": 99})
    assert response.status_code == 201
    assert response.json["title"] == "Emma"
    assert response.headers["Location"] == f"/api/books/{response.json['id']}"
    assert client.get(response.headers["Location"]).json == response.json


def test_empty_isbn_is_no_isbn(client):
    assert client.post("/api/books", json=BOOK | {"isbn": " "}).json["isbn"] is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", None),
        ("title", ["Emma"]),
        ("title", "x" * 201),
        ("title", "\0"),
        ("title", "\ud800"),
        ("author", 5),
        ("author", {"name": "Jane Austen"}),
        ("isbn", "978-0141439587"),
        ("isbn", "9780141439588"),
        ("isbn", "978014143958\u0667"),
        ("year", "soon"),
        ("year", -3001),
        ("year", datetime.now(UTC).year + 2),
    ],
)
def test_bad_value_is_refused_by_name(client, field, value):
    response = client.post("/api/books", json=BOOK | {field: value})
    assert response.status_code == 422
    assert list(response.json["errors"]) == [field]


@pytest.mark.parametrize(
    "body", ["", "{", "[]", '"Emma"', "null", '{"year": NaN}', "[" * 100_000]
)
def test_bad_json_is_refused(client, body):
    response = client.post("/api/books", data=body, content_type="application/json")
    assert response.status_code in {400, 422}
    assert "detail" in response.json


def test_other_content_types_are_refused(client):
    assert client.post("/api/books", data=BOOK).status_code == 415


def test_isbn_is_taken_only_once(client):
    assert client.post("/api/books", json=BOOK).status_code == 201
    response = client.post("/api/books", json=BOOK)
    assert response.status_code == 409
    assert "detail" in response.json


def test_body_that_is_too_long_is_refused(client):
    response = client.post("/api/books", json=BOOK | {"title": "x" * 1_000_000})
    assert response.status_code == 413
    assert "detail" in response.json
