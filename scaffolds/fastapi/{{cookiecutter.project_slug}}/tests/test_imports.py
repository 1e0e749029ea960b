from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine, text

from app import importer
from app.database import SessionLocal
from app.models import Import

HEADER = "title,author,isbn,year\n"


def send(client: TestClient, body: str | bytes, kind: str = "text/csv") -> Response:
    return client.post("/api/imports", content=body, headers={"Content-Type": kind})


def test_good_lines_are_added_and_bad_ones_named(client: TestClient):
    lines = [
        "Emma,Jane Austen,9780141439587,1815",
        '"Emma, again",Jane Austen,,',
        "Emma,Jane Austen,9780141439587,1815",  # the same ISBN
        ",Nobody,,",
        '"a quote left open,Nobody,,',
        "too,few",
        "",
        "Sula,Toni Morrison,,1973",
        "Tomorrow,Nobody,123,9999",
    ]
    response = send(client, HEADER + "\r\n".join(lines))
    assert response.status_code == 202
    assert response.json()["status"] == "queued"
    # A test client comes back when the work is done; on a server, ask again and again.
    done = client.get(response.headers["Location"]).json()
    assert (done["status"], done["created"], done["skipped"]) == ("done", 3, 1)
    assert [error["line"] for error in done["errors"]] == [5, 6, 7, 10]
    assert all(error["msg"] for error in done["errors"])
    newest = client.get("/api/books", params={"limit": 3}).json()["items"]
    assert [book["title"] for book in newest] == ["Sula", "Emma, again", "Emma"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("", "text/csv"),
        ("Emma,Jane Austen,,\n", "text/csv"),
        (HEADER.encode() + b"\xff,Nobody,,", "text/csv"),
        (HEADER, "text/plain"),
    ],
)
def test_what_is_no_file_of_books_is_refused(
    client: TestClient, body: str | bytes, kind: str
):
    response = send(client, body, kind)
    assert response.status_code in (400, 422)
    assert response.json()["detail"]
    assert client.get("/api/imports/1").status_code == 404


def test_file_of_a_spreadsheet_is_taken(client: TestClient):
    body = f"\ufeff{HEADER}Émile,Rousseau,,1762\n"
    response = send(client, body.encode(), "text/csv; charset=utf-8")
    assert client.get(response.headers["Location"]).json()["created"] == 1


def test_import_of_a_server_that_crashed_says_so(client: TestClient):
    with SessionLocal.begin() as session:
        session.add(Import(id=7, status="running", created=100, skipped=5))
    answer = client.get("/api/imports/7").json()
    assert (answer["status"], answer["created"]) == ("done", 100)
    [error] = answer["errors"]
    assert error["line"] == 107
    assert error["msg"]


def test_import_that_the_server_cuts_off_says_so(client: TestClient):
    importer.stopping.set()
    response = send(client, f"{HEADER}Emma,Jane Austen,,1815\n")
    answer = client.get(response.headers["Location"]).json()
    assert (answer["status"], answer["created"]) == ("done", 0)
    [error] = answer["errors"]
    assert error["line"] == 2
    assert error["msg"]


def test_older_database_keeps_its_books(engine: Engine):
    config = Config(Path(__file__).parent.parent / "alembic.ini")
    config.attributes["url"] = str(engine.url)
    command.downgrade(config, "-1")
    command.upgrade(config, "head")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM book")) == 12
#: if cookiecutter.auth :#


def test_visitor_cannot_import(visitor: TestClient):
    assert send(visitor, HEADER).status_code == 401
#: endif :#
