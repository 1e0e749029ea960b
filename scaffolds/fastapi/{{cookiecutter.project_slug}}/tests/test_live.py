import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, asynccontextmanager
from threading import Thread

import httpx2
import pytest
import uvicorn
from fastapi.testclient import TestClient

from app.events import MAX_LISTENERS, listen, listeners, publish
from app.main import app

BOOKS = [{"title": f"Emma {number}", "author": "Jane Austen"} for number in range(3)]


@pytest.fixture
def address() -> Iterator[str]:
    """A real server: the test client waits for the end of an answer, a stream has none."""
    config = uvicorn.Config(app, port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/api/live"
    server.should_exit = True
    thread.join()


def test_every_listener_hears_of_every_book_in_order(client: TestClient, address: str):
    with ExitStack() as stack:
        answers = [stack.enter_context(httpx2.stream("GET", address)) for _ in range(2)]
        streams = [answer.iter_lines() for answer in answers]
        assert answers[0].headers["Content-Type"].startswith("text/event-stream")
        for stream in streams:
            assert next(stream).startswith(":")
            assert next(stream) == ""
        created = [client.post("/api/books", json=book).json() for book in BOOKS]
        for stream in streams:
            for book in created:
                assert next(stream) == "event: book"
                assert json.loads(next(stream).removeprefix("data: ")) == book
                assert next(stream) == ""
    wait_until_nobody_listens()


def wait_until_nobody_listens() -> None:
    for _ in range(500):
        if not listeners:
            return
        time.sleep(0.01)
    pytest.fail("somebody who left is still in the list")


def test_one_listener_too_many_is_sent_away(client: TestClient, address: str):
    nobody = [(asyncio.new_event_loop(), asyncio.Queue()) for _ in range(MAX_LISTENERS)]
    listeners.update(nobody)
    answer = httpx2.get(address)
    listeners.difference_update(nobody)
    for loop, _ in nobody:
        loop.close()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_refused_book_is_no_news(client: TestClient, address: str):
    with httpx2.stream("GET", address) as answer:
        stream = answer.iter_lines()
        next(stream)
        client.post("/api/books", json={"title": ""})
        client.post("/api/books", json=BOOKS[0])
        next(stream)
        next(stream)
        assert json.loads(next(stream).removeprefix("data: "))["title"] == "Emma 0"


def test_listener_who_is_too_slow_is_sent_away(client: TestClient):
    book = client.post("/api/books", json=BOOKS[0]).json()
    assert not asyncio.run(is_sent_away(book, times=10))
    assert asyncio.run(is_sent_away(book, times=300))


async def is_sent_away(book: object, times: int) -> bool:
    """Publish a book again and again to somebody who never reads of it."""
    async with asynccontextmanager(listen)() as queue:
        for _ in range(times):
            publish(book)
        await asyncio.sleep(0)
        return None in [queue.get_nowait() for _ in range(queue.qsize())]
