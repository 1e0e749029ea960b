import re
from io import BytesIO

import pytest
from flask import Blueprint
from sqlalchemy import select
from werkzeug.security import check_password_hash

from app import create_app
from app.auth.views import own_path
from app.db import db
from app.models import Member

ADA = {"username": "ada@example.org", "password": "correct horse"}
REVIEW = {"rating": 4, "text": "Read it twice."}


def test_signing_up_signs_in_and_out_again(visitor, submit):
    assert submit(visitor, "/signup", ADA).status_code == 302
    assert visitor.get("/books/new").status_code == 200
    token = re.search(r'csrf_token" value="([^"]+)"', visitor.get("/books").text)[1]
    visitor.post("/logout", data={"csrf_token": token})
    assert visitor.get("/books/new").status_code == 302


def test_copied_cookie_is_dead_after_signing_out(app, client):
    thief = app.test_client()
    thief.set_cookie("session", client.get_cookie("session").value)
    assert thief.get("/books/new").status_code == 200
    client.post("/logout")
    assert thief.get("/books/new").status_code == 302


def test_password_is_hashed_and_never_shown_again(app, visitor, submit):
    submit(visitor, "/signup", ADA)
    with app.app_context():
        member = db.session.scalar(select(Member))
        assert ADA["password"] not in member.password_hash
        assert check_password_hash(member.password_hash, ADA["password"])
    response = submit(visitor, "/signup", ADA)
    assert response.status_code == 422
    assert ADA["password"] not in response.text


@pytest.mark.parametrize(
    "change",
    [{"username": ""}, {"username": "a b"}, {"username": "a" * 151}, {"password": "7"}],
)
def test_bad_name_or_password_is_refused(visitor, change, submit):
    response = submit(visitor, "/signup", ADA | change)
    assert response.status_code == 422
    assert response.text.count('class="error"') == 1


@pytest.mark.parametrize("name", ["ada", "ADA"])
def test_name_is_taken_in_upper_case_too(visitor, browser_of, name, submit):
    browser_of("ada")
    response = submit(visitor, "/signup", ADA | {"username": name})
    assert response.status_code == 422
    assert response.text.count('class="error"') == 1


def test_name_that_nobody_can_have_is_refused_at_the_door(visitor, submit):
    response = submit(visitor, "/login", ADA | {"username": "ada\0"})
    assert response.status_code == 422
    assert 'class="error"' in response.text.partition('name="password"')[0]


def test_wrong_name_and_wrong_password_get_the_same_answer(visitor, browser_of, submit):
    browser_of("ada@example.org")
    responses = [
        submit(visitor, "/login", ADA | change)
        for change in ({"password": "wrong"}, {"username": "nobody"})
    ]
    assert [response.status_code for response in responses] == [422, 422]
    # But for the token and what was typed, the two pages are the same.
    pages = {re.sub('(value|content)="[^"]*"', "", each.text) for each in responses}
    assert len(pages) == 1


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil", "/\t/evil", ""]
)
def test_signing_in_leads_only_to_own_pages(app, target):
    with app.test_request_context():
        assert own_path("/books/new?a=b") == "/books/new?a=b"
        assert own_path(target) == "/books"


def test_signing_in_begins_a_new_session(visitor, submit):
    submit(visitor, "/signup", ADA)
    with visitor.session_transaction() as session:
        session["basket"] = "from before"
    assert submit(visitor, "/login?next=/books/new", ADA).location == "/books/new"
    with visitor.session_transaction() as session:
        assert "basket" not in session


def test_blueprint_of_tomorrow_is_closed_too():
    app = create_app({"TESTING": True, "SQLALCHEMY_DATABASE_URI": "sqlite://"})
    tomorrow = Blueprint("tomorrow", __name__)
    tomorrow.route("/api/tomorrow", methods=["GET", "POST"])(lambda: "news")
    app.register_blueprint(tomorrow)
    visitor = app.test_client()
    assert visitor.get("/api/tomorrow").status_code == 200
    assert visitor.post("/api/tomorrow").status_code == 401


@pytest.mark.parametrize("url", ["/login", "/signup"])
@pytest.mark.parametrize("field", ["username", "password"])
def test_file_in_place_of_a_text_is_no_text(visitor, url, field, submit):
    response = submit(visitor, url, ADA | {field: (BytesIO(b"x"), "x.txt")})
    assert response.status_code == 422


def test_strangers_read_and_only_members_write(visitor, client):
    client.post("/api/books/1/reviews", json=REVIEW)
    assert visitor.get("/api/books/1/reviews").json["total"] == 1
    for method, url in [
        ("POST", "/api/books"),
        ("PATCH", "/api/books/1"),
        ("DELETE", "/api/books/1"),
        ("POST", "/api/books/1/reviews"),
        ("PATCH", "/api/reviews/1"),
        ("DELETE", "/api/reviews/1"),
    ]:
        response = visitor.open(url, method=method, data="not even JSON")
        assert response.status_code == 401
        assert "detail" in response.json
    assert visitor.get("/books/new").location == "/login?next=/books/new"


def test_call_of_a_member_needs_the_token(client):
    response = client.delete("/api/books/1", headers={"X-CSRFToken": "wrong"})
    assert response.status_code == 400
    assert response.is_json


def test_only_its_author_changes_a_review(client, browser_of):
    review = client.post("/api/books/1/reviews", json=REVIEW).json
    assert review["author"] == "ada"
    url = f"/api/reviews/{review['id']}"
    bob = browser_of("bob")
    assert bob.patch(url, json={"rating": 1}).status_code == 403
    assert bob.delete(url).status_code == 403
    assert bob.post(f"/reviews/{review['id']}/delete").status_code == 403
    assert client.patch(url, json={"rating": 1}).json["author"] == "ada"


def test_review_is_written_and_deleted_on_the_page_of_its_book(client):
    assert client.post("/books/1", data=REVIEW | {"rating": 6}).status_code == 422
    assert client.post("/books/1", data=REVIEW).location == "/books/1"
    assert REVIEW["text"] in client.get("/books/1").text
    review = client.get("/api/books/1/reviews").json["items"][0]
    client.post(f"/reviews/{review['id']}/delete")
    assert client.get("/api/books/1/reviews").json["total"] == 0


def test_reviews_from_before_there_were_members_are_kept(app, client, visitor):
    client.post("/api/books/1/reviews", json=REVIEW)
    run = app.test_cli_runner().invoke
    run(args=["db", "downgrade", "base+1"], catch_exceptions=False)
    run(args=["db", "upgrade"], catch_exceptions=False)
    (review,) = visitor.get("/api/books/1/reviews").json["items"]
    assert (review["text"], review["author"]) == (REVIEW["text"], None)
    assert REVIEW["text"] in visitor.get("/books/1").text
