"""Who may ask, and for what."""

import socket
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sandbox.errors import ServerError
from sandbox.web import Settings, create_app, new_token, serve
from sandbox.workshop import Workshop
from tests.web.conftest import TOKEN

CREATE = {"framework": "flask", "name": "Mine"}
OWN = {"Sec-Fetch-Site": "same-origin"}
pytestmark = pytest.mark.security


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8765", "localhost:1", "[::1]:8765"])
def test_own_hosts_are_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8765", "127.0.0.2", ""],
)
def test_foreign_hosts_get_400_on_every_kind_of_address(client: FlaskClient, host: str) -> None:
    for path in ("/", "/api", "/static/base.css", "/lab", "/nowhere"):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 400
        assert "host name" in answer.text


def test_a_configured_host_is_answered(workshop: Workshop) -> None:
    app = create_app(workshop, settings=Settings(allowed_hosts=("sandbox.school",)))
    assert app.test_client().get("/", headers={"Host": "sandbox.school"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Origin": "http://localhost:5000"},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
    ],
)
def test_a_foreign_page_changes_nothing_even_with_the_cookie(
    app: Flask, workspace: Path, headers: dict[str, str]
) -> None:
    client = app.test_client()
    client.get("/", query_string={"token": TOKEN})
    answer = client.post("/build", data=CREATE, headers=headers)
    assert answer.status_code == 403
    assert "Another website" in answer.text
    assert not workspace.exists()


@pytest.mark.parametrize(
    "headers", [OWN, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"}]
)
def test_our_own_page_may_change_things(
    app: Flask, workspace: Path, headers: dict[str, str]
) -> None:
    client = app.test_client()
    client.get("/", query_string={"token": TOKEN})
    answer = client.post("/build", data=CREATE, headers=headers)
    assert answer.status_code == 303
    assert (workspace / "mine" / "pyproject.toml").is_file()


def test_without_the_token_nothing_is_written_and_the_page_says_what_to_do(
    client: FlaskClient, workspace: Path
) -> None:
    answer = client.post("/build", data=CREATE, headers=OWN)
    assert answer.status_code == 403
    assert "Open the link printed in your terminal" in answer.text
    assert not workspace.exists()


@pytest.mark.parametrize("path", ["/lab", "/compare?project=x", "/compare/diff?before=project:x"])
def test_reading_the_workspace_needs_the_token(
    client: FlaskClient, friend: FlaskClient, path: str
) -> None:
    assert client.get(path).status_code == 403
    assert friend.get(path).status_code != 403


@pytest.mark.parametrize(
    "path", ["/", "/build", "/build/zip", "/compare", "/compare/diff", "/learn", "/points", "/api"]
)
def test_what_is_generated_needs_no_token(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_the_link_becomes_a_strict_cookie_and_a_clean_address(client: FlaskClient) -> None:
    answer = client.get("/build", query_string={"framework": "flask", "token": TOKEN})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/build?framework=flask"
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("sandbox_8765=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert client.get("/lab").status_code == 200


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], TOKEN + "t", "ü"])
def test_a_wrong_token_opens_nothing(client: FlaskClient, token: str) -> None:
    assert client.get("/", query_string={"token": token}).status_code == 403
    assert client.get("/lab").status_code == 403


def test_the_cookie_of_another_port_opens_nothing(client: FlaskClient) -> None:
    client.set_cookie("sandbox_9999", TOKEN)
    assert client.get("/lab").status_code == 403


def test_a_token_in_a_path_never_leads_to_another_site(client: FlaskClient) -> None:
    answer = client.get("//evil.example/", query_string={"token": TOKEN})
    assert not answer.headers.get("Location", "/").startswith(("//", "http"))


def test_no_token_lets_everyone_in(workshop: Workshop) -> None:
    client = create_app(workshop, settings=Settings(token=None)).test_client()
    assert client.get("/lab").status_code == 200
    assert client.post("/build", data=CREATE).status_code == 403


@pytest.mark.parametrize("path", ["/", "/api", "/static/base.css", "/nowhere", "/lab"])
def test_every_answer_keeps_other_pages_out(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_an_oversized_body_is_refused_with_a_sentence(friend: FlaskClient, workspace: Path) -> None:
    answer = friend.post("/build", data={"name": "x" * 2_100_000})
    assert answer.status_code == 413
    assert "larger than 2 MB" in answer.text
    assert not workspace.exists()


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) >= 43 for token in tokens)


def test_a_taken_port_is_one_sentence(workshop: Workshop) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServerError, match=f"127.0.0.1:{port}"):
            serve(workshop, Settings(port=port))
