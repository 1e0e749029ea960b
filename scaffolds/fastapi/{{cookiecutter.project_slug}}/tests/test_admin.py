import pytest
from browsing import sign_up, submit
from fastapi.testclient import TestClient

from app.create_staff import create_staff
from app.database import SessionLocal

REVIEW = {"rating": 1, "text": "Burn this book."}


@pytest.fixture
def staff(visitor: TestClient) -> TestClient:
    """A member of staff, with a browser of their own."""
    staff = TestClient(visitor.app)
    sign_up(staff, "grace")
    with SessionLocal() as session:
        create_staff(session, "grace")
    return staff


PAGES = ["/admin/", "/admin/book/list", "/admin/review/list", "/admin/review/edit/1"]


@pytest.mark.parametrize("path", PAGES)
def test_admin_is_for_staff(visitor: TestClient, path: str):
    response = visitor.get(path, follow_redirects=False)
    assert response.headers["Location"] == "/login?next=/admin/"
    sign_up(visitor, "alan")
    assert visitor.get(path).status_code == 403


def test_books_and_reviews_are_listed_and_searched(
    client: TestClient, staff: TestClient
):
    client.post("/api/books/1/reviews", json=REVIEW)
    assert "Persepolis" in staff.get("/admin/book/list").text
    found = staff.get("/admin/book/list", params={"search": "austen"}).text
    assert "Pride and Prejudice" in found
    assert "Persepolis" not in found
    assert "Burn this" in staff.get("/admin/review/list?search=burn").text
    assert "Burn this" not in staff.get("/admin/review/list?search=love").text
    assert staff.get("/admin/review/list", params={"search": "x" * 60_000}).is_success


def test_hidden_review_is_gone_until_it_is_shown(client: TestClient, staff: TestClient):
    client.post("/api/books/1/reviews", json=REVIEW | {"rating": 5})
    address = "/api/reviews/2"
    client.post("/api/books/1/reviews", json=REVIEW)
    edit = "/admin/review/edit/2"
    assert submit(staff, edit, hidden="y", save="Save").status_code == 302
    assert client.get("/api/books/1/reviews").json()["total"] == 1
    assert client.get("/api/books/1").json()["average_rating"] == 5
    assert client.get("/books/1").text.count("Burn this book.") == 1
    assert client.patch(address, json=REVIEW).status_code == 404
    assert client.delete(address).status_code == 404
    assert submit(staff, edit, save="Save").status_code == 302
    assert client.patch(address, json=REVIEW).status_code == 200


def test_admin_keeps_the_rules_for_books(staff: TestClient):
    before = staff.get("/api/books/1").json()
    book = {"title": " Emma ", "author": "Jane Austen", "isbn": "", "save": "Save"}
    for isbn in ("123", "9781400033416"):  # none at all, and that of another book
        response = submit(staff, "/admin/book/edit/1", **(book | {"isbn": isbn}))
        assert response.status_code == 400
        assert "UNIQUE constraint" not in response.text
    assert staff.get("/api/books/1").json() == before
    assert submit(staff, "/admin/book/edit/1", **book).status_code == 302
    assert staff.get("/api/books/1").json()["title"] == "Emma"


@pytest.mark.parametrize("row", ["99", "first", str(10**30)])
def test_missing_row_is_not_found(staff: TestClient, row: str):
    assert staff.get(f"/admin/review/edit/{row}").status_code == 404


def test_form_on_another_site_is_refused(staff: TestClient):
    response = staff.post(
        "/admin/review/edit/1",
        data={"hidden": "y"},
        headers={"Origin": "https://evil.example"},
    )
    assert response.status_code == 403


def test_file_is_refused(staff: TestClient):
    book = {"title": "Emma", "author": "Jane Austen", "save": "Save"}
    file = {"year": ("year.txt", "1815")}
    response = staff.post("/admin/book/edit/1", data=book, files=file)
    assert response.status_code == 400
