"""What the apps do under load as they are served to others: nobody waits for somebody else."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from socket import create_connection
from urllib.parse import urlsplit

import pytest

from tests.support.environments import python_for, run_uv
from tests.support.postgres import postgres
from tests.support.production import Served, served
from tests.support.variants import EVERY_FRAMEWORK, WORKSHOP
from tests.support.visitor import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.load]

STREAMS = 60
LINES = 20_000
BODY = 200 * 1024 * 1024
GROWTH = 10 * 1024 * 1024
POSTGRES = {"django": "postgres", "flask": "postgresql+psycopg", "fastapi": "postgresql+psycopg"}


def features_of(framework: str, *wanted: str) -> tuple[str, ...]:
    return WORKSHOP.request(framework, features=wanted).features


def import_text(lines: int) -> str:
    """Return a CSV file with this many books."""
    return "title,author,isbn,year\n" + "".join(
        f"Book {n},Author {n},,2001\n" for n in range(lines)
    )


def ask_for_stream(stack: ExitStack, url: str) -> tuple[int, str]:
    """Ask for the event stream and keep the connection; return the status and all headers."""
    host = urlsplit(url)
    caller = stack.enter_context(closing(create_connection((host.hostname, host.port), 30)))
    caller.sendall(b"GET /api/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    head = b""
    while b"\r\n\r\n" not in head:
        got = caller.recv(4096)
        if not got:
            break
        head += got
    return int(head.split()[1]), head.decode("latin-1").lower()


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_open_streams_never_keep_others_out(framework: str, tmp_path: Path) -> None:
    features = features_of(framework, "live", "deploy")
    with served(framework, features, tmp_path) as app, ExitStack() as stack:
        answers = [ask_for_stream(stack, app.url) for _ in range(STREAMS)]
        refused = [head for status, head in answers if status == 503]
        assert {status for status, _ in answers} <= {200, 503}
        assert len(refused) < STREAMS
        assert all("retry-after:" in head for head in refused)
        with closing(Visitor(app.url)) as visitor:
            for _ in range(20):
                assert visitor.get("/health").json() == {"status": "ok"}
                assert visitor.get("/api/books").status_code == 200


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_others_read_and_write_while_imports_run(framework: str, tmp_path: Path) -> None:
    features = features_of(framework, "jobs", "deploy")
    text = import_text(LINES)
    with served(framework, features, tmp_path) as app, closing(Visitor(app.url)) as visitor:
        sent = [
            visitor.client.post("/api/imports", content=text, headers={"Content-Type": "text/csv"})
            for _ in range(3)
        ]
        assert [answer.status_code for answer in sent] == [202] * 3
        meanwhile = 0
        while visitor.get(sent[-1].headers["location"]).json()["status"] != "done":
            assert visitor.get("/api/books").status_code == 200
            new = f'{{"title": "Meanwhile {meanwhile}", "author": "Somebody"}}'
            assert visitor.send_json("POST", "/api/books", new).status_code == 201
            meanwhile += 1
        assert meanwhile > 0
        assert finished(visitor, sent[0].headers["location"]) == (LINES, 0)


def finished(visitor: Visitor, address: str) -> tuple[int, int]:
    """Wait for an import and return how many books it created and how many lines failed."""
    deadline = time.monotonic() + 300
    while (told := visitor.get(address).json())["status"] != "done":
        assert time.monotonic() < deadline, told
        time.sleep(0.5)
    return told["created"], len(told["errors"])


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
@pytest.mark.parametrize("path", ["/api/books", "/api/imports"])
def test_a_huge_body_is_refused_without_being_kept(
    framework: str, path: str, tmp_path: Path
) -> None:
    features = features_of(framework, "jobs", "deploy")
    with served(framework, features, tmp_path) as app:
        kind = "application/json" if path == "/api/books" else "text/csv"
        small = send(app, path, kind, 1024)
        before, most = app.memory, Highest(app)
        status = send(app, path, kind, BODY)
        assert small in (202, 400, 422)
        assert status in (400, 413)
        assert most.stop() - before <= GROWTH


class Highest:
    """Look at an app's memory all the time and keep the highest figure."""

    def __init__(self, app: Served) -> None:
        self._app, self._most, self._ended = app, 0, threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while not self._ended.wait(0.02):
            self._most = max(self._most, self._app.memory)

    def stop(self) -> int:
        """Return the most bytes seen."""
        self._ended.set()
        self._thread.join()
        return self._most


def send(app: Served, path: str, kind: str, size: int) -> int:
    """Send a body of zeros and return the status; a refusal may come before all is sent."""
    host = urlsplit(app.url)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {size}\r\nConnection: close\r\n\r\n"
    )
    block = b"0" * 65_536
    with closing(create_connection((host.hostname, host.port), 60)) as caller:
        caller.sendall(head.encode())
        try:
            for _ in range(size // len(block)):
                caller.sendall(block)
            caller.sendall(block[: size % len(block)])
        except (BrokenPipeError, ConnectionResetError):
            pass
        try:
            return int(caller.recv(4096).split()[1])
        except (ConnectionResetError, IndexError):
            return 413  # closed in the middle: refused without a word that could still arrive


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_two_changes_of_different_fields_at_once_are_both_kept_on_postgresql(
    framework: str, tmp_path: Path
) -> None:
    driver = tmp_path / "driver"
    python = str(python_for(framework))
    run_uv("pip", "install", "--python", python, "--target", str(driver), "psycopg[binary]>=3.2")
    features = features_of(framework, "database", "deploy")
    with postgres() as server:
        changes = {"DATABASE_URL": f"{POSTGRES[framework]}://{server}", "PYTHONPATH": str(driver)}
        with served(framework, features, tmp_path, changes) as app:
            assert lost(app, rounds=60) == []


def lost(app: Served, rounds: int) -> list[str]:
    """Change title and author of new books at once, and return the changes that are not there."""
    found = []
    with (
        closing(Visitor(app.url)) as one,
        closing(Visitor(app.url)) as other,
        ThreadPoolExecutor(2) as pool,
    ):
        for number in range(rounds):
            made = one.send_json("POST", "/api/books", '{"title": "Old", "author": "Old"}')
            path = f"/api/books/{made.json()['id']}"
            edits = [
                pool.submit(one.send_json, "PATCH", path, f'{{"title": "T{number}"}}'),
                pool.submit(other.send_json, "PATCH", path, f'{{"author": "A{number}"}}'),
            ]
            assert [edit.result().status_code for edit in edits] == [200, 200]
            book = one.get(path).json()
            if (book["title"], book["author"]) != (f"T{number}", f"A{number}"):
                found.append(f"{book['title']}, {book['author']}")
    return found
