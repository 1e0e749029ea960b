import re

import pytest

from app.api.docs import OPERATIONS

EMMA = {"title": "Emma", "author": "Jane Austen"}
CALLS = [
    ("GET", "/api/books", {}),
    ("GET", "/api/books/1", {}),
    ("POST", "/api/books", {"json": EMMA}),
    #: if cookiecutter.database :#
    ("PATCH", "/api/books/1", {"json": {}}),
    ("POST", "/api/books/1/reviews", {"json": {"rating": 5, "text": "Good."}}),
    ("PATCH", "/api/reviews/1", {"json": {}}),
    ("GET", "/api/books/1/reviews", {}),
    #: endif :#
    #: if cookiecutter.async :#
    ("GET", "/api/books/9/offers", {}),
    #: endif :#
    #: if cookiecutter.jobs :#
    (
        "POST",
        "/api/imports",
        {"data": "title,author,isbn,year\n", "content_type": "text/csv"},
    ),
    ("GET", "/api/imports/1", {}),
    #: endif :#
    #: if cookiecutter.model :#
    ("POST", "/api/reviews/score", {"json": {"text": "Good."}}),
    #: endif :#
]


@pytest.fixture
def document(client):
    return client.get("/openapi.json").json


def test_every_view_of_the_api_is_documented(app, document):
    views = {
        app.view_functions[rule.endpoint]
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert views == set(OPERATIONS)
    assert "/api/books/{book_id}" in document["paths"]


def test_responses_are_as_documented(app, client):
    shown = set()
    for method, url, body in CALLS:
        response = client.open(url, method=method, **body)
        with app.test_request_context(url, method=method) as context:
            operation = OPERATIONS[app.view_functions[context.request.endpoint]]
        assert response.status_code == operation.status, response.text
        operation.response.model_validate(response.json, extra="forbid")
        shown.add(operation.response)
    documented = [each.response for each in OPERATIONS.values()]
    assert shown == {model for model in documented if isinstance(model, type)}


def test_document_has_the_schema_that_each_link_points_to(document):
    create = document["paths"]["/api/books"]["post"]
    link = create["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    schema = document["components"]["schemas"][link.rpartition("/")[2]]
    assert set(schema["required"]) == {"title", "author"}
    assert schema["properties"]["title"]["maxLength"] == 200


def test_example_can_be_sent_twice(client, document):
    example = document["components"]["schemas"]["BookInput"]["example"]
    assert client.post("/api/books", json=example).status_code == 201
    assert client.post("/api/books", json=example).status_code == 201


def test_document_says_which_parameters_a_view_takes(document):
    parameters = document["paths"]["/api/books"]["get"]["parameters"]
    assert {parameter["name"] for parameter in parameters} == {"q", "limit", "offset"}
    (book_id,) = document["paths"]["/api/books/{book_id}"]["get"]["parameters"]
    assert book_id["in"] == "path"


def test_page_loads_everything_from_this_app(client):
    files = re.findall(r'(?:src|href)="([^"]+)"', client.get("/docs").text)
    assert "/docs/swagger-ui-bundle.js" in files
    assert {client.get(file).status_code for file in files} == {200}
