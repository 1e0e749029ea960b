import pytest

REVIEW = {"rating": 1, "text": "Buy cheap watches!"}


@pytest.fixture
def staff(browser_of):
    return browser_of("grace", is_staff=True)


def test_only_staff_may_come_in(visitor, client, staff):
    for url in ("/admin/", "/admin/book/", "/admin/review/"):
        assert visitor.get(url).location.startswith("/login?next=/admin/")
        assert client.get(url).status_code == 403
        assert staff.get(url).status_code == 200


def test_books_and_reviews_are_found(client, staff):
    client.post("/api/books/2/reviews", json=REVIEW)
    books = staff.get("/admin/book/?search=morrison").text
    assert "Beloved" in books
    assert "Persepolis" not in books
    for word in ("watches", "beloved", "ada"):
        assert REVIEW["text"] in staff.get(f"/admin/review/?search={word}").text
    assert REVIEW["text"] not in staff.get("/admin/review/?search=persepolis").text


@pytest.mark.parametrize(
    "query",
    [f"page={10**30}", f"search={'x' * 60_000}", f"search={'a+' * 2000}", "search=%00"],
)
def test_list_takes_every_address(staff, query):
    assert staff.get(f"/admin/book/?{query}").status_code == 200


def test_hidden_review_is_gone_until_it_is_shown_again(client, staff):
    review = client.post("/api/books/2/reviews", json=REVIEW).json
    edit = f"/admin/review/edit/?id={review['id']}"
    assert 'name="hidden"' in staff.get(edit).text

    assert staff.post(edit, data={"hidden": "y"}).status_code == 302
    assert client.get("/api/books/2/reviews").json == {"items": [], "total": 0}
    book = client.get("/api/books/2").json
    assert (book["review_count"], book["average_rating"]) == (0, None)
    assert REVIEW["text"] not in client.get("/books/2").text
    url = f"/api/reviews/{review['id']}"
    assert client.patch(url, json={"rating": 5}).status_code == 404
    assert client.delete(url).status_code == 404

    staff.post(edit, data={})
    assert client.get("/api/books/2").json["review_count"] == 1


def test_form_from_another_site_is_refused_here_too(client, staff):
    review = client.post("/api/books/2/reviews", json=REVIEW).json
    edit = f"/admin/review/edit/?id={review['id']}"
    response = staff.post(edit, data={"hidden": "y"}, headers={"X-CSRFToken": ""})
    assert response.status_code == 400
    assert client.get("/api/books/2").json["review_count"] == 1


def test_book_is_corrected_by_the_rules_of_the_api(client, staff):
    edit = "/admin/book/edit/?id=2"
    book = {"title": " Beloved! ", "author": "Toni Morrison", "isbn": "", "year": ""}
    assert 'value="1987"' in staff.get(edit).text
    assert staff.post(edit, data=book | {"year": "soon"}).status_code == 200
    assert staff.post(edit, data=book).status_code == 302
    stored = client.get("/api/books/2").json
    assert (stored["title"], stored["isbn"], stored["year"]) == ("Beloved!", None, None)


def test_taken_isbn_is_refused_without_the_words_of_the_database(client, staff):
    isbn = client.get("/api/books/1").json["isbn"]
    book = {"title": "Beloved!", "author": "Toni Morrison", "isbn": isbn}
    response = staff.post("/admin/book/edit/?id=2", data=book)
    assert response.status_code == 200
    assert "UNIQUE constraint" not in response.text
    assert client.get("/api/books/2").json["title"] == "Beloved"


def test_command_makes_staff_of_a_member(app, client):
    assert client.get("/admin/").status_code == 403
    app.test_cli_runner().invoke(args=["create-staff", "ADA"], catch_exceptions=False)
    assert client.get("/admin/").status_code == 200


def test_command_asks_who_is_new_for_a_long_password(app, visitor, submit):
    run = app.test_cli_runner().invoke
    assert run(args=["create-staff", "grace", "--password", "short"]).exit_code > 0
    asked = run(args=["create-staff", "grace"], input="long enough\nlong enough\n")
    assert asked.exit_code == 0, asked.output
    submit(visitor, "/login", {"username": "grace", "password": "long enough"})
    assert visitor.get("/admin/").status_code == 200
