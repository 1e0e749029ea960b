"""The HTTP API: described by itself, JSON for every failure, a token where it counts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sandbox.web import Settings, create_app
from sandbox.web.api import api
from sandbox.web.endpoint import ANY_NAME
from tests.support.variants import workshop_in

TOKEN = "t" * 43
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def app(workspace: Path) -> Flask:
    return create_app(workshop_in(workspace), settings=Settings(token=TOKEN))


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


def test_the_document_names_everything_that_can_be_asked_for(client: FlaskClient) -> None:
    told = client.get("/api").get_json()
    assert told["version"]
    assert [each["id"] for each in told["frameworks"]] == ["django", "flask", "fastapi"]
    assert {"id", "label", "needs", "adds", "why_needs"} <= set(told["features"][0])
    for question in told["questions"]:
        for option in question["options"]:
            asked = f"/api/recommend?{question['id']}={option['id']}"
            assert client.get(asked).status_code == 200


def test_every_route_is_described_and_every_description_routed(
    app: Flask, client: FlaskClient
) -> None:
    told = client.get("/api").get_json()["endpoints"]
    routed = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in rule.methods or ()
        if method not in ("HEAD", "OPTIONS")
    }
    assert {(each["method"], each["path"]) for each in told} == routed


@pytest.mark.parametrize(
    "endpoint", [each for each in api.endpoints if each.method == "GET"], ids=lambda each: each.path
)
def test_a_misspelt_parameter_is_refused_not_ignored(endpoint: Any, client: FlaskClient) -> None:
    path = endpoint.path.replace("<framework>", "flask").replace("<feature>", "hello")
    answer = client.get(f"{path}?fraemwork=flask", headers=BEARER)
    assert answer.status_code == 400
    problem = answer.get_json()["error"]
    assert "'fraemwork'" in problem["message"] or ANY_NAME in endpoint.parameters


def test_keys_keep_the_order_of_the_data(client: FlaskClient) -> None:
    text = client.get("/api/recommend?product=ml_service").text
    keys = list(json.loads(text))
    assert keys[:6] == ["status", "headline", "ranking", "leaders", "margin", "ledger"]
    assert text == client.get("/api/recommend?product=ml_service").text


def test_a_recommendation_has_the_keys_that_scripts_rely_on(client: FlaskClient) -> None:
    told = client.get("/api/recommend?product=ml_service&builtins=admin,api_docs").get_json()
    for key in ("status", "headline", "leaders", "ledger", "what_ifs", "disagreements", "advice"):
        assert key in told
    assert [set(rank) for rank in told["ranking"]] == [{"framework", "points", "rank"}] * 3
    offered = {each["id"] for each in client.get("/api").get_json()["features"]}
    assert set(told["suggested_features"]) <= offered
    cited = {
        claim
        for reasons in told["ledger"].values()
        for reason in reasons
        for claim in reason["claims"]
    }
    assert cited <= set(told["claims"])


def test_a_tree_says_of_every_file_why_it_is_there(client: FlaskClient) -> None:
    told = client.get("/api/tree?framework=flask&features=database").get_json()
    assert told["added_features"] == ["routes", "validation"]
    assert {"path", "why", "text"} == set(told["files"][0])
    assert all(each["why"] for each in told["files"])


def test_a_difference_tells_what_a_feature_adds(client: FlaskClient) -> None:
    told = client.get(
        "/api/diff?framework=flask&from_features=routes&features=validation"
    ).get_json()
    assert told["before"]["features"] == ["hello", "routes"]
    assert told["after"]["features"] == ["hello", "routes", "validation"]
    assert told["added"] > 0
    assert all(each["status"] != "same" for each in told["files"])


def test_a_comparison_has_a_cell_for_every_framework(client: FlaskClient) -> None:
    told = client.get("/api/compare?features=routes").get_json()
    keys = [column["key"] for column in told["columns"]]
    assert keys == ["django", "flask", "fastapi"]
    assert all(list(row["cells"]) == keys for row in told["rows"])
    assert all(column["cost"]["all_lines"] for column in told["columns"])


REFUSED = {
    "unknown address": ("GET", "/api/nowhere", None, 404),
    "unknown address below": ("GET", "/api/tree/flask", None, 404),
    "wrong method": ("DELETE", "/api/tree", None, 405),
    "two frameworks": ("GET", "/api/tree?framework=flask,django", None, 400),
    "all frameworks": ("GET", "/api/tree?framework=all", None, 400),
    "no framework": ("GET", "/api/zip", None, 400),
    "two names": ("GET", "/api/tree?framework=flask&name=a&name=b", None, 400),
    "no body": ("POST", "/api/projects", None, 400),
    "broken body": ("POST", "/api/projects", "{", 400),
    "a list": ("POST", "/api/projects", "[]", 400),
    "a number": ("POST", "/api/projects", '{"framework": 5}', 400),
    "an object": ("POST", "/api/projects", '{"framework": {"a": 1}}', 400),
    "a list of lists": ("POST", "/api/projects", '{"framework": [["flask"]]}', 400),
    "an unknown key": ("POST", "/api/projects", '{"framework": "flask", "path": "/etc"}', 400),
    "half a surrogate": (
        "POST",
        "/api/projects",
        '{"framework": "flask", "features": ["\\ud800"]}',
        400,
    ),
    "a name with a path": ("POST", "/api/projects", '{"framework": "flask", "name": "../x"}', 400),
    "one bad of two": ("POST", "/api/projects", '{"framework": ["flask", "rails"]}', 400),
    "deep nesting": ("POST", "/api/projects", "[" * 100_000, 400),
    "too much": ("POST", "/api/projects", "x" * (3 * 1024 * 1024), 413),
}


@pytest.mark.parametrize(("method", "path", "body", "status"), REFUSED.values(), ids=REFUSED)
def test_every_failure_is_json_with_a_sentence_and_nothing_is_written(
    method: str, path: str, body: str | None, status: int, client: FlaskClient, workspace: Path
) -> None:
    answer = client.open(
        path, method=method, data=body, content_type="application/json", headers=BEARER
    )
    assert answer.status_code == status
    problem = answer.get_json()["error"]
    assert problem["message"].endswith(".")
    assert problem["hint"]
    assert "\n" not in problem["message"]
    assert not workspace.exists()


def test_a_form_cannot_create_a_project(client: FlaskClient, workspace: Path) -> None:
    answer = client.post("/api/projects", data={"framework": "flask"}, headers=BEARER)
    assert answer.status_code == 400
    assert not workspace.exists()


def test_an_existing_project_is_a_conflict(client: FlaskClient) -> None:
    body = {"framework": "flask"}
    assert client.post("/api/projects", json=body, headers=BEARER).status_code == 201
    again = client.post("/api/projects", json=body, headers=BEARER)
    assert again.status_code == 409
    assert "already exists" in again.get_json()["error"]["message"]


@pytest.mark.parametrize("endpoint", [each for each in api.endpoints if each.token])
def test_the_workspace_needs_the_token(endpoint: Any, client: FlaskClient) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        answer = client.open(
            endpoint.path, method=endpoint.method, json={"framework": "flask"}, headers=headers
        )
        assert answer.status_code == 403
        assert answer.get_json()["error"]["hint"]


def test_help_for_terminals_names_every_address_framework_and_question(
    client: FlaskClient,
) -> None:
    answer = client.get("/", headers={"User-Agent": "curl/8.5", "Accept": "*/*"})
    assert answer.mimetype == "text/plain"
    document = client.get("/api").get_json()
    for each in document["endpoints"]:
        assert f"{each['method']} {each['path']}" in answer.text
    for each in (*document["frameworks"], *document["features"], *document["questions"]):
        assert each["id"] in answer.text


def test_the_commands_in_the_help_work_as_printed(client: FlaskClient) -> None:
    curl = {"User-Agent": "curl/8.5"}
    text = client.get("/", headers=curl).text
    addresses = [line.split('"')[1] for line in text.splitlines() if "  curl " in line]
    assert len(addresses) >= 3
    for address in addresses:
        assert client.get(address, headers=curl).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0", "Accept": "text/html,*/*"},
        {"User-Agent": "curl/8.5", "Accept": "text/html"},
    ],
)
def test_browsers_and_who_asks_for_html_get_the_page(
    headers: dict[str, str], client: FlaskClient
) -> None:
    assert client.get("/", headers=headers).mimetype == "text/html"
