import json

import pytest

BOOK = {"title": "Emma", "author": "Jane Austen", "isbn": "9780141439587"}


@pytest.fixture
def stream(app):
    """Open the stream, and yield its pieces as they come."""
    response = app.test_client().get("/api/live")
    assert response.mimetype == "text/event-stream"
    with response:
        pieces = response.iter_encoded()
        assert next(pieces).startswith(b":")
        yield pieces


def read_book(piece):
    event, data, *rest = piece.decode().split("\n")
    assert (event, rest) == ("event: book", ["", ""])
    return json.loads(data.removeprefix("data: "))


def test_new_books_arrive_in_order(client, stream):
    for title in ("Emma", "Persuasion\n“2”"):
        added = client.post("/api/books", json=BOOK | {"title": title, "isbn": None})
        assert read_book(next(stream)) == added.json


def test_refused_book_is_not_news(client, stream):
    client.post("/api/books", json=BOOK | {"year": "soon"})
    added = client.post("/api/books", json=BOOK).json
    assert client.post("/api/books", json=BOOK).status_code == 409
    assert read_book(next(stream)) == added


def test_every_listener_hears_of_a_book(app, client, stream):
    with app.test_client().get("/api/live") as other:
        pieces = other.iter_encoded()
        next(pieces)
        client.post("/api/books", json=BOOK)
        assert next(pieces) == next(stream)


def test_listener_who_leaves_is_forgotten(app):
    response = app.test_client().get("/api/live")
    assert len(app.extensions["live"].queues) == 1
    response.close()
    assert not app.extensions["live"].queues


def test_listener_without_a_place_is_told_when_to_come_back(app, monkeypatch, stream):
    monkeypatch.setattr("app.live.MOST_LISTENERS", 1)
    response = app.test_client().get("/api/live")
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0


def test_silence_is_broken_by_comments(monkeypatch, stream):
    monkeypatch.setattr("app.live.SILENCE", 0)
    assert next(stream).startswith(b":")


def test_listener_who_does_not_keep_up_is_let_go(app, stream):
    for _ in range(101):
        app.extensions["live"].tell("a message")
    assert next(stream, None) is None
