from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event

BOOK = {"title": "Emma", "author": "Jane Austen", "isbn": "9780141439587", "year": 1815}


def test_models_and_migrations_agree(engine: Engine):
    config = Config(Path(__file__).parent.parent / "alembic.ini")
    config.attributes["url"] = str(engine.url)
    command.check(config)


def test_newest_book_comes_first(client: TestClient):
    created = client.post("/api/books", json=BOOK).json()
    assert client.get("/api/books").json()["items"][0] == created


def test_times_carry_their_utc_offset(client: TestClient):
    created = client.post("/api/books", json=BOOK).json()
    assert datetime.fromisoformat(created["created_at"]).utcoffset() == timedelta(0)


def test_change_touches_only_what_was_sent(client: TestClient):
    before = client.get("/api/books/1").json()
    response = client.patch("/api/books/1", json={"year": None, "id": 7})
    assert response.status_code == 200
    assert response.json() == before | {"year": None}
    assert client.patch("/api/books/1", json={}).json() == before | {"year": None}


@pytest.mark.parametrize("change", [{"title": None}, {"author": " "}, {"isbn": "123"}])
def test_bad_change_is_refused_by_name(client: TestClient, change: dict[str, object]):
    response = client.patch("/api/books/1", json=change)
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["body", *change]


def test_change_cannot_take_the_isbn_of_another_book(client: TestClient):
    response = client.patch("/api/books/1", json={"isbn": "9781400033416"})
    assert response.status_code == 409


def test_two_books_at_once_cannot_share_an_isbn(client: TestClient):
    with ThreadPoolExecutor(2) as pool:
        posts = [pool.submit(client.post, "/api/books", json=BOOK) for _ in range(2)]
    assert sorted(post.result().status_code for post in posts) == [201, 409]


def test_deleted_book_takes_its_reviews_along(client: TestClient):
    review = client.post("/api/books/1/reviews", json={"rating": 5, "text": "!"}).json()
    assert client.delete("/api/books/1").status_code == 204
    assert client.get("/api/books/1").status_code == 404
    assert client.delete(f"/api/reviews/{review['id']}").status_code == 404


def test_reviews_are_listed_newest_first_and_counted(client: TestClient):
    reviews = [{"rating": rating, "text": " Good. "} for rating in (5, 4, 4)]
    answers = [client.post("/api/books/1/reviews", json=review) for review in reviews]
    created = [answer.json() for answer in answers]
    assert (created[0]["book_id"], created[0]["text"]) == (1, "Good.")
    listed = client.get("/api/books/1/reviews").json()
    assert listed == {"items": created[::-1], "total": 3}
    book = client.get("/api/books/1").json()
    assert book["review_count"] == 3
    assert book["average_rating"] == pytest.approx(13 / 3)
    assert client.get("/api/books/2").json()["average_rating"] is None


def test_review_is_changed_and_deleted(client: TestClient):
    review = client.post("/api/books/1/reviews", json={"rating": 5, "text": "!"}).json()
    address = f"/api/reviews/{review['id']}"
    assert client.patch(address, json={"rating": 1}).json() == review | {"rating": 1}
    assert client.delete(address).status_code == 204
    assert client.patch(address, json={"rating": 1}).status_code == 404


@pytest.mark.parametrize(
    "change",
    [{"rating": 0}, {"rating": 6}, {"text": ""}, {"text": "x" * 2001}],
)
def test_bad_review_is_refused_by_name(client: TestClient, change: dict[str, object]):
    review = {"rating": 5, "text": "Good."} | change
    response = client.post("/api/books/1/reviews", json=review)
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["body", *change]


@pytest.fixture
def queries(engine: Engine) -> list[str]:
    """The statements that the test's database was asked to run."""
    statements: list[str] = []

    def note(connection, cursor, statement, parameters, context, executemany) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    return statements


def test_longer_list_takes_no_more_queries(client: TestClient, queries: list[str]):
    client.get("/api/books", params={"limit": 1})
    for_one = len(queries)
    queries.clear()
    client.get("/api/books", params={"limit": 12})
    assert len(queries) == for_one
