from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Barrier, Thread

import pytest

ANSWERS = {
    "dear": b'{"price": 20.5}',
    "cheap": b'{"price": 3}',
    "rude": b"Go away!",
    "odd": b'{"price": NaN}',
    "sly": b'{"price": true}',
    "closed": b'{"price": 1}',
}


class Shop(BaseHTTPRequestHandler):
    """One server that plays all shops; nobody gets a response before all have asked."""

    everybody = Barrier(len(ANSWERS))

    def do_GET(self):
        name = self.path.split("/")[1]
        self.everybody.wait(timeout=1)
        self.send_response(503 if name == "closed" else 200)
        self.end_headers()
        self.wfile.write(ANSWERS[name])

    def log_message(self, *arguments):
        pass


@pytest.fixture
def street(app, monkeypatch):
    """Open the shops, and tell the app where they are."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    Thread(target=server.serve_forever, args=[0.01]).start()
    street = f"http://127.0.0.1:{server.server_port}"
    shops = ", ".join(f"{street}/{name}/" for name in ANSWERS)
    monkeypatch.setitem(app.config, "BOOKSHOPS", shops)
    yield street
    server.shutdown()
    server.server_close()


def test_all_shops_are_asked_at_once_and_the_cheapest_comes_first(client, street):
    response = client.get("/api/books/2/offers").json
    assert response["offers"] == [
        {"shop": f"{street}/cheap", "price": 3},
        {"shop": f"{street}/dear", "price": 20.5},
    ]


def test_failing_shops_are_listed_with_a_reason(client, street):
    failed = client.get("/api/books/2/offers").json["failed"]
    assert {each["shop"] for each in failed} == {
        f"{street}/{name}" for name in ("rude", "odd", "sly", "closed")
    }
    assert all(each["reason"] for each in failed)


def test_shop_that_is_not_there_has_failed(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "BOOKSHOPS", "http://127.0.0.1:1")
    response = client.get("/api/books/2/offers").json
    assert response["offers"] == []
    assert [each["shop"] for each in response["failed"]] == ["http://127.0.0.1:1"]


def test_nobody_is_asked_for_a_book_without_isbn(client):
    odyssey = client.get("/api/books?q=odyssey").json["items"][0]
    response = client.get(f"/api/books/{odyssey['id']}/offers")
    assert response.json == {"offers": [], "failed": []}


def test_missing_book_has_no_offers(client):
    assert client.get("/api/books/99/offers").status_code == 404
