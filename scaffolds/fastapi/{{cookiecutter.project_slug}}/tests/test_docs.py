import re

import pytest
from fastapi.testclient import TestClient


def test_docs_ask_no_other_host(client: TestClient):
    page = client.get("/docs").text
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", page)
    addresses = re.findall(r"""(?:src|href)=["'](/[^"']+)""", page)
    assert len(addresses) == 3
    for address in addresses:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("path", "method", "statuses"),
    [
        ("/api/books", "get", {"200", "422"}),
        ("/api/books", "post", {"201", "400", "409", "422"}),
        ("/api/books/{book_id}", "get", {"200", "404", "422"}),
    ],
)
def test_every_answer_is_described(
    client: TestClient,
    path: str,
    method: str,
    statuses: set[str],
):
    paths = client.get("/openapi.json").json()["paths"]
    assert statuses <= set(paths[path][method]["responses"])


def test_schemas_carry_the_rules(client: TestClient):
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert schemas["BookCreate"]["properties"]["title"]["maxLength"] == 200
    assert schemas["BookPublic"]["required"]
