import re

import pytest

from app.answers import BookAnswer, BookList
from app.api_docs import OPERATIONS


@pytest.fixture
def document(client):
    return client.get("/openapi.json").json


def test_document_lists_every_address_of_the_api(app, document):
    endpoints = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    listed = {
        operation["operationId"]
        for path in document["paths"].values()
        for operation in path.values()
    }
    assert listed == endpoints == set(OPERATIONS)


def test_document_has_the_schema_that_each_link_points_to(document):
    create = document["paths"]["/api/books"]["post"]
    link = create["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    schema = document["components"]["schemas"][link.rpartition("/")[2]]
    assert schema["required"] == ["title", "author"]
    assert schema["properties"]["title"]["maxLength"] == 200


def test_document_says_which_parameters_an_address_takes(document):
    parameters = document["paths"]["/api/books"]["get"]["parameters"]
    assert {parameter["name"] for parameter in parameters} == {"q", "limit", "offset"}
    (book_id,) = document["paths"]["/api/books/{book_id}"]["get"]["parameters"]
    assert book_id["in"] == "path"


def test_answers_are_as_documented(client):
    BookList.model_validate(client.get("/api/books").json)
    BookAnswer.model_validate(client.get("/api/books/1").json)


def test_page_loads_everything_from_this_app(client):
    files = re.findall(r'(?:src|href)="([^"]+)"', client.get("/docs").text)
    assert "/docs/swagger-ui-bundle.js" in files
    assert {client.get(file).status_code for file in files} == {200}
