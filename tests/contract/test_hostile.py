"""Servers that are no Shelf, or no server at all: one true sentence, soon, whatever they do."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import pytest

from sandbox.contract import Clock, Limits, run_contract
from sandbox.contract.app import App
from sandbox.contract.clock import TimeIsUp
from sandbox.contract.failure import Failure
from sandbox.contract.samples import Samples
from sandbox.contract.transport import Transport
from sandbox.errors import ServerError
from tests.contract.conftest import Serve
from tests.contract.reference import Reference

FEATURES = ("hello", "routes", "validation", "database")
SOON = Limits(answer_seconds=2)
_LONGER_SECONDS = 4.0
OK = b"HTTP/1.1 200 OK\r\n"

Speak = Callable[[socket.socket], None]


@contextmanager
def speaking(speak: Speak) -> Iterator[int]:
    """Answer every connection with a function until the block ends; give the port."""
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def answer(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(60)
            connection.recv(65_536)
            speak(connection)

    def serve() -> None:
        while not over.is_set():
            with suppress(OSError):
                connection, _ = listener.accept()
                threading.Thread(target=answer, args=[connection], daemon=True).start()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def says(text: bytes) -> Speak:
    return lambda connection: connection.sendall(text)


def drips(start: bytes, drop: bytes, seconds: float = 0.02) -> Speak:
    """Say something, and then go on without an end."""

    def speak(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            time.sleep(seconds)
            connection.sendall(drop)

    return speak


def hangs(connection: socket.socket) -> None:
    while connection.recv(65_536):
        pass


CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
HOSTILE: dict[str, tuple[Speak, str]] = {
    "hangs": (hangs, "GET / got no answer within 2 seconds: the app hangs."),
    "hangs up": (says(b""), "GET / got no answer: the app closed the connection"),
    "drips its header": (drips(OK, b"X: y\r\n"), "GET / got no whole header within 2 seconds"),
    "announces for ever": (
        drips(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.2),
        "GET / got no whole header within 2 seconds",
    ),
    "drips in a chunk's header": (drips(CHUNKED, b"0"), "GET / was still sending after 2 seconds"),
    "streams": (drips(CHUNKED, b"1\r\nx\r\n"), "GET / was still sending after 2 seconds"),
    "has a header without end": (drips(OK, b"X: y\r\n" * 999, 0.0), "got a header without end"),
    "speaks another protocol": (says(b"SSH-2.0-OpenSSH_9\r\n"), "does not speak HTTP: to GET / it"),
    "speaks HTTPS": (says(b"\x15\x03\x01\x00\x02\x02\x46"), "speaks HTTPS."),
    "says far too much": (says(OK + b"\r\n" + b"<!" * 4_200_000), "GET / sent more than 8 MB"),
    "says nothing of use": (says(OK + b"Content-Length: 2\r\n\r\nhi"), "not look like Shelf"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_server_that_is_no_shelf_is_one_true_sentence(kind: str) -> None:
    speak, sentence = HOSTILE[kind]
    limits = SOON if "2 seconds" in sentence else Limits()
    with speaking(speak) as port, pytest.raises(ServerError) as caught:
        run_contract(f"http://127.0.0.1:{port}", FEATURES, clock=Clock(limits))
    assert sentence in caught.value.message
    assert caught.value.message.count(". ") == 0
    assert caught.value.hint


@pytest.mark.skipif(sys.platform != "linux", reason="other systems queue connections otherwise")
def test_an_app_that_takes_no_connection_any_more_is_not_told_to_be_started() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, ExitStack() as waiting:
        for _ in range(4):  # whoever listens has fallen asleep, and the queue is full
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
        with pytest.raises(ServerError, match="takes no connection within 2 s") as caught:
            run_contract(f"http://127.0.0.1:{listener.getsockname()[1]}", [], clock=Clock(SOON))
    assert "Look at the app's log" in caught.value.hint


def test_announcements_without_a_pause_are_counted() -> None:
    interim = b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100
    with speaking(drips(b"", interim, 0.0)) as port, pytest.raises(ServerError) as caught:
        run_contract(f"http://127.0.0.1:{port}", FEATURES)
    assert "GET / announces an answer again and again" in caught.value.message


def test_https_to_a_port_that_speaks_http_is_told_apart(serve: Serve) -> None:
    url = serve(Reference(frozenset(FEATURES)))
    with pytest.raises(ServerError, match="does not speak HTTPS") as caught:
        run_contract(url.replace("http:", "https:"), FEATURES)
    assert "http://" in caught.value.hint


@pytest.mark.parametrize("path", ["/health", "/api/books", "/books/"])
def test_a_pasted_path_is_taken_off_in_the_hint(serve: Serve, path: str) -> None:
    url = serve(Reference(frozenset(FEATURES)))
    with pytest.raises(ServerError, match=f"Shelf answers at {url}, not at") as caught:
        run_contract(url + path, FEATURES)
    assert f"without {path.rstrip('/')}" in caught.value.hint


def ends_after(count: int, rest: Speak) -> Callable[..., Any]:
    """Return Shelf that speaks so, from its `count`th request on."""
    shelf = Reference(frozenset(FEATURES))
    calls: list[str] = []

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        calls.append(environ["PATH_INFO"])
        if len(calls) < count:
            return shelf(environ, start)
        with suppress(OSError):
            rest(environ["werkzeug.socket"])
        start("200 OK", [])
        return []

    return app


def test_an_app_that_hangs_midway_is_one_sentence_and_one_failure(serve: Serve) -> None:
    seen: list[str] = []
    report = run_contract(
        serve(ends_after(40, lambda _: time.sleep(_LONGER_SECONDS))),
        FEATURES,
        clock=Clock(SOON),
        on_result=lambda result: seen.append(result.outcome),
    )
    assert seen.count("failed") == 1
    assert report.early is not None
    assert report.early.reason == "silence"
    assert "The app has stopped answering." in report.early.message
    assert report.early.left_out == len(report.results) - len(seen) > 20
    assert not report.ok


def slow_books(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    if environ["REQUEST_METHOD"] == "POST":
        time.sleep(_LONGER_SECONDS)
    return Reference(frozenset(FEATURES))(environ, start)


def test_an_address_that_hangs_costs_its_time_twice_and_the_rest_is_checked(serve: Serve) -> None:
    report = run_contract(serve(slow_books), FEATURES[:3], clock=Clock(SOON))
    assert report.early is None
    assert report.first_cause is not None
    assert "POST /api/books" in report.first_cause.message
    assert len(report.following(report.first_cause)) > 20
    assert len(report.of("passed")) > 10


def test_a_list_that_never_ends_is_a_failure(serve: Serve) -> None:
    book = b'{"id": %d, "title": "A", "author": "B", "isbn": null, "year": null}'

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/api/books":
            return Reference(frozenset(FEATURES))(environ, start)
        asked.append(environ["QUERY_STRING"])
        start("200 OK", [("Content-Type", "application/json")])
        return [b'{"items": [' + book % len(asked) + b'], "total": 5000}']

    asked: list[str] = []
    report = run_contract(serve(app), ["routes"])
    assert len(asked) < 200
    assert any("1 of 5000" in each.message for each in report.of("failed"))


def test_a_page_of_nothing_but_markup_is_not_read(serve: Serve) -> None:
    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/books":
            return Reference(frozenset(FEATURES))(environ, start)
        start("200 OK", [("Content-Type", "text/html")])
        return [b"<!" * 2_000_000]

    visitor = App(serve(app), features=frozenset(FEATURES), samples=Samples(1)).visitor()
    with pytest.raises(Failure, match=r"GET /books answered a page of 3,906 kB: expected less"):
        visitor.open("/books")


def test_a_check_that_asks_on_and_on_is_ended(serve: Serve) -> None:
    report = run_contract(
        serve(Reference(frozenset(FEATURES))), FEATURES, clock=Clock(Limits(requests=9))
    )
    assert any("would be request 10 of this check" in each.message for each in report.of("failed"))
    assert report.of("passed")


def test_a_run_that_is_called_off_waits_for_no_answer_in_any_thread() -> None:
    clock = Clock(Limits(answer_seconds=30))
    with speaking(hangs) as port, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(Transport(f"http://127.0.0.1:{port}", clock).send, "GET", "/")
        time.sleep(0.2)
        clock.call_off()
        with pytest.raises(TimeIsUp):
            waiting.result(60)
        with pytest.raises(TimeIsUp):
            Transport(f"http://127.0.0.1:{port}", clock).send("GET", "/")
