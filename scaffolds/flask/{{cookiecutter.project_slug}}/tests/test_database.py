from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, event, func, select
from sqlalchemy.exc import IntegrityError

from app.db import db
from app.models import Book, Review
from app.shelf import IsbnTaken, add_book

REVIEW = {"rating": 4, "text": "Read it twice."}


def test_newest_book_comes_first(client):
    ids = [book["id"] for book in client.get("/api/books").json["items"]]
    assert ids == sorted(ids, reverse=True)


def test_times_say_that_they_are_utc(client):
    created = datetime.fromisoformat(client.get("/api/books/1").json["created_at"])
    assert created.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - created) < timedelta(minutes=1)


def test_change_keeps_what_was_not_sent(client):
    before = client.get("/api/books/2").json
    assert client.patch("/api/books/2", json={}).json == before
    after = client.patch("/api/books/2", json={"year": None, "isbn": ""}).json
    assert after == before | {"year": None, "isbn": None}


@pytest.mark.parametrize("moment", ["before_flush", "after_commit"])
def test_change_of_a_book_that_is_deleted_just_then(app, client, moment):
    def delete_book(*_):
        with db.engine.begin() as connection:
            connection.execute(delete(Book).where(Book.id == 2))

    with app.app_context():
        event.listen(db.session, moment, delete_book, once=True)
    response = client.patch("/api/books/2", json={"year": 1950})
    assert response.status_code == 404


def test_required_field_cannot_be_cleared(client):
    response = client.patch("/api/books/2", json={"title": None})
    assert response.status_code == 422
    assert list(response.json["errors"]) == ["title"]


def test_isbn_of_another_book_is_refused(client):
    taken = client.get("/api/books/1").json["isbn"]
    assert client.patch("/api/books/2", json={"isbn": taken}).status_code == 409
    assert client.get("/api/books/2").json["isbn"] != taken


def test_only_a_taken_isbn_is_called_one(app):
    with app.app_context():
        with pytest.raises(IntegrityError):
            add_book(Book(title="Emma"))
        isbn = db.session.scalar(select(func.min(Book.isbn)))
        with pytest.raises(IsbnTaken):
            add_book(Book(title="Emma", author="Jane Austen", isbn=isbn))


def test_reviews_count_in_the_book(client):
    for rating in (5, 2):
        response = client.post("/api/books/1/reviews", json=REVIEW | {"rating": rating})
        assert response.status_code == 201
    book = client.get("/api/books/1").json
    assert (book["review_count"], book["average_rating"]) == (2, 3.5)
    reviews = client.get("/api/books/1/reviews").json
    assert [review["rating"] for review in reviews["items"]] == [2, 5]
    assert client.get("/api/books/2").json["average_rating"] is None


def test_review_can_be_changed_and_deleted(client):
    review = client.post("/api/books/1/reviews", json=REVIEW).json
    url = f"/api/reviews/{review['id']}"
    assert client.patch(url, json={"rating": 1}).json == review | {"rating": 1}
    assert client.patch(url, json={"rating": 6}).status_code == 422
    assert client.delete(url).status_code == 204
    assert client.delete(url).status_code == 404


def test_deleted_book_takes_its_reviews_along(app, client):
    client.post("/api/books/1/reviews", json=REVIEW)
    assert client.delete("/api/books/1").status_code == 204
    assert client.get("/api/books/1").status_code == 404
    with app.app_context():
        assert db.session.scalar(select(func.count(Review.id))) == 0


@pytest.mark.parametrize("row_id", ["13", 2**63 - 1, 2**63, "9" * 5000, "nine"])
def test_missing_book_cannot_be_changed_or_reviewed(client, row_id):
    url = f"/api/books/{row_id}"
    assert client.patch(url, json={}).status_code == 404
    assert client.delete(url).status_code == 404
    assert client.get(f"{url}/reviews").status_code == 404
    assert client.post(f"{url}/reviews", json=REVIEW).status_code == 404


@pytest.fixture
def statements(app):
    """Whatever the database is asked while the test runs."""
    asked = []

    def note(_connection, _cursor, statement, *_):
        asked.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def test_list_asks_the_database_a_fixed_number_of_times(client, statements):
    client.get("/api/books?limit=1")
    few = len(statements)
    client.get("/api/books?limit=12")
    assert len(statements) == 2 * few


def test_every_model_has_its_migration(app):
    result = app.test_cli_runner().invoke(args=["db", "check"])
    assert result.exit_code == 0, result.output


def test_seed_leaves_a_full_shelf_alone(app, client):
    assert app.test_cli_runner().invoke(args=["seed"]).exit_code == 0
    assert client.get("/api/books").json["total"] == 12
