"""The Lab for programs: the same as its pages, as JSON, and only with the token."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from sandbox.web.lab_api import ENDPOINTS
from sandbox.workshop import Workshop
from tests.run.consoled import running
from tests.support.recorded import put_log, put_state
from tests.web.conftest import TOKEN

BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def address(workshop: Workshop) -> Iterator[str]:
    """One project, which runs at the address of a small app."""
    (project,) = workshop.create([workshop.request("flask", slug="mine")])
    with running("a") as addresses:
        put_state(project, "running", address=addresses["a"], place=("app/hello.py", 3))
        put_log(project, "one\n\x1b[32mtwo\x1b[0m\n")
        yield addresses["a"]


@pytest.mark.parametrize("endpoint", [each for each, _ in ENDPOINTS], ids=lambda each: each.path)
def test_every_address_needs_the_token(client: FlaskClient, endpoint: object) -> None:
    path = str(endpoint.path).replace("<project>", "mine")
    own = {"Sec-Fetch-Site": "same-origin"}
    answer = client.open(path, method=endpoint.method, json={}, headers=own)
    assert answer.status_code == 403


def test_states_say_what_each_app_does_and_where(client: FlaskClient, address: str) -> None:
    told = client.get("/api/lab", headers=BEARER).json["apps"]["mine"]
    assert (told["phase"], told["address"]) == ("running", address)
    assert told["place"] == {"file": "app/hello.py", "line": 3}


def test_a_log_is_read_from_an_offset_on(client: FlaskClient, address: str) -> None:
    whole = client.get("/api/lab/log/mine", headers=BEARER).json
    assert whole["text"] == "one\ntwo\n"
    rest = client.get(f"/api/lab/log/mine?offset={whole['offset']}", headers=BEARER).json
    assert (rest["text"], rest["offset"]) == ("", whole["offset"])
    assert client.get("/api/lab/log/mine?offset=x", headers=BEARER).status_code == 400


def test_a_request_is_sent_to_the_apps_that_run(client: FlaskClient, address: str) -> None:
    body = {"method": "POST", "path": "/x", "kind": "form", "text": "title=Emma\nyear=1815"}
    told = client.post("/api/lab/request", json=body, headers=BEARER).json
    (reply,) = told["replies"]
    assert (reply["project"], reply["status"]) == ("mine", 201)
    assert "title=Emma&year=1815" in reply["body"]
    assert told["differences"] == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/lab/request", {"path": "/", "project": "other"}, 400),
        ("/api/lab/request", {"path": "no"}, 400),
        ("/api/lab/start", {}, 400),
        ("/api/lab/stop", {"project": "other"}, 409),
        ("/api/lab/stop", {"folder": "mine"}, 400),
    ],
)
def test_what_cannot_be_done_is_said(
    client: FlaskClient, address: str, path: str, body: dict[str, str], status: int
) -> None:
    answer = client.post(path, json=body, headers=BEARER)
    assert answer.status_code == status
    assert answer.json["error"]["message"]
