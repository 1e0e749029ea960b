from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from browsing import complaints, sign_up, submit
from fastapi import APIRouter
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from app.main import app

PROJECT = Path(__file__).parent.parent
PASSWORD = "correct horse"
REVIEW = {"rating": 5, "text": "Read it twice."}
WRITES = [
    ("POST", "/api/books"),
    ("PATCH", "/api/books/1"),
    ("DELETE", "/api/books/1"),
    ("POST", "/api/books/1/reviews"),
    ("PATCH", "/api/reviews/1"),
    ("DELETE", "/api/reviews/1"),
]


@pytest.fixture
def other(visitor: TestClient) -> TestClient:
    """A second member, with a browser of their own."""
    other = TestClient(visitor.app)
    sign_up(other, "grace")
    return other


def log_in(client: TestClient, username: str, password: str, next: str = ""):
    page = f"/login?next={next}"
    return submit(client, page, "/login", username=username, password=password)


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_visitor_may_not_write(visitor: TestClient, method: str, path: str):
    response = visitor.request(method, path, json=REVIEW)
    assert response.status_code == 401
    assert response.json()["detail"]


async def read_nothing() -> list[str]:
    return []


@pytest.fixture
def notes() -> Iterator[None]:
    """A router that somebody adds later and protects in no way."""
    router = APIRouter()
    router.add_api_route("/api/notes", read_nothing, methods=["GET", "POST"])
    router.add_api_route("/notes", read_nothing, methods=["POST"])
    app.include_router(router)
    yield
    app.router.routes.pop()


def test_new_router_is_closed_to_visitors(notes: None, visitor: TestClient):
    assert visitor.get("/api/notes").status_code == 200
    assert visitor.post("/api/notes").status_code == 401
    assert visitor.post("/notes").url.path == "/login"


def test_new_router_is_open_to_members(notes: None, client: TestClient):
    assert client.post("/api/notes").status_code == 200
    assert client.post("/notes").status_code == 403  # a form needs its token
    assert submit(client, "/books/new", "/notes").status_code == 200


def test_visitor_is_led_to_sign_in_and_back(client: TestClient):
    submit(client, "/books", "/logout")
    response = client.get("/books/new")
    assert response.url.path == "/login"
    response = log_in(client, "ada", PASSWORD, next=response.url.params["next"])
    assert response.headers["Location"] == "/books/new"


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "/\\evil.example", "https://evil.example", "/%09/evil.example"],
)
def test_sign_in_leads_to_no_other_site(client: TestClient, elsewhere: str):
    assert log_in(client, "ada", PASSWORD, elsewhere).headers["Location"] == "/books"


def test_session_begins_anew_at_sign_in(visitor: TestClient):
    visitor.get("/signup")
    before = visitor.cookies["session"]
    response = submit(visitor, "/signup", username="grace", password=PASSWORD)
    assert visitor.cookies["session"] != before
    assert "httponly; samesite=lax" in response.headers["Set-Cookie"]


def test_copied_cookie_is_dead_after_sign_out(client: TestClient):
    cookie = client.cookies["session"]
    submit(client, "/books", "/logout")
    thief = TestClient(client.app, cookies={"session": cookie})
    assert thief.post("/api/books/1/reviews", json=REVIEW).status_code == 401


def test_refused_sign_in_does_not_say_why(client: TestClient):
    submit(client, "/books", "/logout")
    wrong_password = log_in(client, "ada", "wrong horse")
    unknown_name = log_in(client, "nobody", PASSWORD)
    assert wrong_password.status_code == unknown_name.status_code == 422
    assert complaints(wrong_password) == complaints(unknown_name) != {}


@pytest.mark.parametrize(
    ("username", "password", "wrong"),
    [
        ("", PASSWORD, "username"),
        ("ada lovelace", PASSWORD, "username"),
        ("x" * 151, PASSWORD, "username"),
        ("ada", PASSWORD, "username"),
        ("ADA", PASSWORD, "username"),
        ("grace", "seven77", "password"),
    ],
)
def test_bad_sign_up_says_why_and_hides_the_password(
    client: TestClient,
    username: str,
    password: str,
    wrong: str,
):
    response = submit(client, "/signup", username=username, password=password)
    assert response.status_code == 422
    assert complaints(response).keys() == {wrong}
    assert password not in response.text


def test_password_is_kept_as_a_hash(client: TestClient, engine: Engine):
    with engine.connect() as connection:
        [kept] = connection.scalars(text("SELECT password_hash FROM member"))
    assert kept.startswith("$argon2id$")


def test_review_belongs_to_its_author(client: TestClient, other: TestClient):
    review = client.post("/api/books/1/reviews", json=REVIEW).json()
    assert review["author"] == "ada"
    address = f"/api/reviews/{review['id']}"
    assert other.patch(address, json={"rating": 1}).status_code == 403
    assert other.delete(address).status_code == 403
    assert client.patch(address, json={"rating": 4}).json()["rating"] == 4
    assert client.delete(address).status_code == 204


def test_review_is_written_and_deleted_on_the_page(
    client: TestClient, other: TestClient
):
    response = submit(client, "/books/1", "/books/1/reviews", rating="6", text="Fine.")
    assert response.status_code == 422
    assert complaints(response).keys() == {"rating"}
    assert "Fine.</textarea>" in response.text
    submit(client, "/books/1", "/books/1/reviews", rating="4", text="Fine.")
    assert "/reviews/1/delete" not in other.get("/books/1").text
    assert submit(other, "/books/1", "/reviews/1/delete").status_code == 403
    assert submit(client, "/books/1", "/reviews/1/delete").status_code in (302, 303)
    assert client.get("/api/books/1").json()["review_count"] == 0


def test_reviews_from_before_there_were_members_are_kept(engine: Engine):
    config = Config(PROJECT / "alembic.ini")
    config.attributes["url"] = str(engine.url)
    command.downgrade(config, "base+1")
    row = "INSERT INTO review VALUES (1, 1, 5, 'Old.', '2026-01-01 00:00:00')"
    with engine.begin() as connection:
        connection.execute(text(row))
    command.upgrade(config, "head")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT text, author_id FROM review")).all()
    assert rows == [("Old.", None)]
