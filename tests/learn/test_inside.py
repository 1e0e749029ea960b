"""What is surely amiss inside a copy is told: passwords, a query a row, a call that blocks all."""

import hashlib
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from werkzeug.serving import make_server

from sandbox.learn.inside import Inside, look_inside
from sandbox.run.trace import Trace
from tests.contract.conftest import serving
from tests.support.ports import free_port

# Lists ten books: with one query, or with one more for each.
LISTING = """
import json, sqlite3, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Books(BaseHTTPRequestHandler):
    def do_GET(self):
        with sqlite3.connect("shelf.db") as database:
            ids = [row[0] for row in database.execute("SELECT id FROM book")]
            if sys.argv[2] == "one a row":
                for number in ids:
                    database.execute("SELECT avg(rating) FROM review WHERE book_id = ?", [number])
        body = json.dumps({"items": [{"id": each} for each in ids], "total": len(ids)}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass

with sqlite3.connect("shelf.db") as database:
    database.execute("CREATE TABLE book (id INTEGER PRIMARY KEY)")
    database.execute("CREATE TABLE review (rating INTEGER, book_id INTEGER)")
    database.executemany("INSERT INTO book VALUES (?)", [(each,) for each in range(1, 11)])
HTTPServer(("127.0.0.1", int(sys.argv[1])), Books).serve_forever()
"""


@contextmanager
def listing(folder: Path, how: str) -> Iterator[tuple[str, Inside]]:
    (folder / "listing.py").write_text(LISTING, encoding="utf-8")
    trace, port = Trace(folder / "trace"), free_port()
    server = subprocess.Popen(
        [sys.executable, "listing.py", str(port), how],
        cwd=folder,
        env={**os.environ, **trace.environment()},
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(500):
            try:
                httpx2.get(url, trust_env=False)
                break
            except httpx2.HTTPError:
                time.sleep(0.02)
        yield url, Inside(folder, trace.queries)
    finally:
        server.kill()
        server.wait()


def test_one_query_a_row_is_counted(tmp_path: Path) -> None:
    with listing(tmp_path, "one a row") as (url, inside):
        (found,) = look_inside("database", url, inside)
    assert found.look == "queries"
    assert "asked the database 11 times, 10 times the same" in found.message
    assert "SELECT avg(rating) FROM review WHERE book_id = ?" in found.message


def test_one_query_for_all_rows_is_fine(tmp_path: Path) -> None:
    with listing(tmp_path, "one for all") as (url, inside):
        assert look_inside("database", url, inside) == ()
    assert "SELECT id FROM book" in inside.queries.read_text()


PASSWORD = "kantor-bilmesa-38"


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("secret_word", PASSWORD, "holds a password as it was typed"),
        ("password", hashlib.md5(PASSWORD.encode()).hexdigest(), "as md5, which is guessed"),
        ("pwd", hashlib.sha256(PASSWORD.encode()).hexdigest(), "as sha256, which is guessed"),
        ("password", "md5$salt$5f4dcc3b5aa765d61d8327deb882cf99", "as md5, which is guessed"),
        ("password", "pbkdf2_sha256$1200000$salt$c2FsdHk=", ""),
        ("password_hash", "scrypt:32768:8:1$salt$" + "0f" * 64, ""),
        ("password_hash", "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA", ""),
        ("request_id", "5f4dcc3b5aa765d61d8327deb882cf99", ""),
        ("title", "Half-a-Life-38", ""),
    ],
)
def test_how_passwords_are_kept_is_seen(tmp_path: Path, column: str, value: str, told: str) -> None:
    with closing(sqlite3.connect(tmp_path / "shelf.db")) as database:
        database.execute(f"CREATE TABLE member (id INTEGER, {column} TEXT)")
        database.execute("INSERT INTO member VALUES (1, ?)", [value])
        database.commit()
    inside = Inside(tmp_path, tmp_path / "queries.log")
    found = look_inside("auth", "http://127.0.0.1:9", inside)
    assert [each.look for each in found] == (["passwords"] if told else [])
    assert all(told in each.message for each in found)


def test_what_cannot_be_read_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / "shelf.db").write_text("this is no database at all, whatever its name says")
    inside = Inside(tmp_path, tmp_path / "queries.log")
    for feature in ("auth", "database", "async", "hello"):
        assert look_inside(feature, "http://127.0.0.1:9", inside) == ()


def slow_offers(environ: dict[str, Any], start: Any) -> list[bytes]:
    if environ["PATH_INFO"].endswith("/offers"):
        time.sleep(1.5)
    start("200 OK", [("Content-Type", "application/json")])
    return [b'{"items": [{"id": 7}], "total": 1}']


def test_a_call_that_keeps_everybody_waiting_is_noticed(tmp_path: Path) -> None:
    inside = Inside(tmp_path, tmp_path / "queries.log")
    with serving(slow_offers) as url:  # a thread for each request
        assert look_inside("async", url, inside) == ()
    server = make_server("127.0.0.1", 0, slow_offers, threaded=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        (found,) = look_inside("async", f"http://127.0.0.1:{server.server_port}", inside)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert found.look == "blocking"
    assert "GET /api/books/7/offers took" in found.message


def test_an_app_that_was_slow_once_blocks_nobody(tmp_path: Path) -> None:
    asked: list[str] = []
    inside = Inside(tmp_path, tmp_path / "queries.log")

    def warming_up(environ: dict[str, Any], start: Any) -> list[bytes]:
        path = environ["PATH_INFO"]
        if path.endswith("/offers") and path not in asked:
            time.sleep(1.5)
        asked.append(path)
        start("200 OK", [("Content-Type", "application/json")])
        return [b'{"items": [{"id": 7}], "total": 1}']

    server = make_server("127.0.0.1", 0, warming_up, threaded=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        assert look_inside("async", f"http://127.0.0.1:{server.server_port}", inside) == ()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert asked.count("/api/books/7/offers") == 2
