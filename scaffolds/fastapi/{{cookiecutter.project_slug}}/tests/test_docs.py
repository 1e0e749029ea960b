import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response


def test_docs_ask_no_other_host(client: TestClient):
    page = client.get("/docs").text
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", page)
    addresses = re.findall(r"""(?:src|href)=["'](/[^"']+)""", page)
    assert len(addresses) == 3
    for address in addresses:
        assert client.get(address).status_code == 200


BOOK = {"title": "Emma", "author": "Jane Austen"}
REQUESTS: list[tuple[str, str, str, Any]] = [
    ("GET", "/api/books", "/api/books", None),
    ("GET", "/api/books", "/api/books?limit=0", None),
    ("POST", "/api/books", "/api/books", BOOK),
    ("POST", "/api/books", "/api/books", BOOK | {"title": ""}),
    ("POST", "/api/books", "/api/books", BOOK | {"isbn": "9781400033416"}),
    ("GET", "/api/books/{book_id}", "/api/books/1", None),
    ("GET", "/api/books/{book_id}", "/api/books/99", None),
    #: if cookiecutter.database :#
    ("PATCH", "/api/books/{book_id}", "/api/books/1", {"isbn": "9781400033416"}),
    ("PATCH", "/api/books/{book_id}", "/api/books/1", {"year": 1815}),
    ("GET", "/api/books/{book_id}/reviews", "/api/books/1/reviews", None),
    ("GET", "/api/books/{book_id}/reviews", "/api/books/99/reviews", None),
    ("PATCH", "/api/reviews/{review_id}", "/api/reviews/99", {"rating": 1}),
    #: endif :#
]


@pytest.mark.parametrize(("method", "path", "url", "sent"), REQUESTS)
def test_every_response_is_described(
    client: TestClient, method: str, path: str, url: str, sent: object
):
    response = client.request(method, url, json=sent)
    check_described(client, method, path, response)
#: if cookiecutter.auth :#


def test_refusal_of_a_visitor_is_described(visitor: TestClient):
    response = visitor.post("/api/books", json=BOOK)
    assert response.status_code == 401
    check_described(visitor, "POST", "/api/books", response)
#: endif :#


def check_described(
    client: TestClient, method: str, path: str, response: Response
) -> None:
    """Compare a response with what the document says of its status."""
    document = client.get("/openapi.json").json()
    described = document["paths"][path][method.lower()]["responses"]
    status = str(response.status_code)
    assert status in described, f"{status} is not described"
    schema = described[status]["content"]["application/json"]["schema"]
    assert "$ref" in schema, f"{status} has no model"
    name = schema["$ref"].rpartition("/")[2]
    properties = document["components"]["schemas"][name]["properties"]
    assert response.json().keys() == properties.keys()


def test_prefilled_example_works_twice(client: TestClient):
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    for example in schemas["BookCreate"]["examples"] * 2:
        assert client.post("/api/books", json=example).status_code == 201


def test_schemas_carry_the_rules(client: TestClient):
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    properties = schemas["BookCreate"]["properties"]
    assert properties["title"]["maxLength"] == 200
    pattern = properties["isbn"]["anyOf"][0]["pattern"]
    assert re.search(pattern, "9780141439587")
    assert not re.search(pattern, "978014143958")
