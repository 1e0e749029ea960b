import time

import pytest

from app.db import db
from app.models import Import

HEADER = "title,author,isbn,year\n"


def post(client, text, content_type="text/csv"):
    return client.post("/api/imports", data=text, content_type=content_type)


def wait_for(client, response):
    """Ask for an import until it is done, as anybody has to who waits for it."""
    assert response.status_code == 202
    while (job := client.get(response.headers["Location"]).json)["status"] != "done":
        time.sleep(0.01)
    return job


def test_response_does_not_wait_for_the_import(client):
    response = post(client, HEADER + "Emma,Jane Austen,9780141439587,1815\n")
    assert response.json["status"] == "queued"
    job = wait_for(client, response)
    assert (job["created"], job["skipped"], job["errors"]) == (1, 0, [])
    book = client.get("/api/books?limit=1").json["items"][0]
    assert (book["title"], book["year"]) == ("Emma", 1815)


def test_bad_lines_do_not_stop_good_ones(client):
    lines = [
        '"Emma, again","Jane ""J"" Austen",,',
        "Emma,Jane Austen,9780141439588,soon",
        '"Emma,Jane Austen,,',
        "Emma",
        "",
        f"{'x' * 200_000},Jane Austen,,",
        " Persuasion ,Jane Austen,, 1817 ",
    ]
    job = wait_for(client, post(client, HEADER + "\r\n".join(lines)))
    assert job["created"] == 2
    assert [error["line"] for error in job["errors"]] == [3, 4, 5, 7]
    assert all(error["msg"] for error in job["errors"])
    newest, other = client.get("/api/books?limit=2").json["items"]
    assert (newest["title"], newest["year"]) == ("Persuasion", 1817)
    assert (other["title"], other["author"]) == ("Emma, again", 'Jane "J" Austen')


def test_known_isbns_are_skipped(client):
    line = "Emma,Jane Austen,9780141439587,\n"
    taken = f"Beloved,Toni Morrison,{client.get('/api/books/2').json['isbn']},\n"
    job = wait_for(client, post(client, HEADER + line + taken + line))
    assert (job["created"], job["skipped"], job["errors"]) == (1, 2, [])


def test_import_is_done_even_if_the_app_fails(client, monkeypatch):
    def fail(book):
        raise RuntimeError("The database is gone.")

    monkeypatch.setattr("app.importer.add_book", fail)
    job = wait_for(client, post(client, HEADER + "Emma,Jane Austen,,\n" * 2))
    assert job["created"] == 0
    assert job["errors"][0]["line"] == 2


def test_import_that_was_cut_off_says_so(app, client):
    with app.app_context():
        db.session.add(Import(status="running", created=3))
        db.session.commit()
    job = client.get("/api/imports/1").json
    assert (job["status"], job["created"]) == ("done", 3)
    assert [bool(error["msg"]) for error in job["errors"]] == [True]


@pytest.mark.parametrize(
    "text",
    ["", "\n", "Emma,Jane Austen,,\n", "title,author\n", HEADER.encode("utf-16")],
)
def test_file_without_header_is_refused(client, text):
    response = post(client, text)
    assert response.status_code == 422
    assert list(response.json["errors"]) == ["file"]


def test_file_may_be_longer_than_other_bodies(client):
    job = wait_for(client, post(client, HEADER + "\n" * 1_500_000))
    assert job["errors"] == []
    assert post(client, HEADER + "\n" * 5_000_000).status_code == 413


def test_other_content_types_are_refused(client):
    assert post(client, HEADER, "application/json").status_code == 415


def test_missing_import_is_a_404(client):
    assert client.get("/api/imports/1").status_code == 404
