import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from app.config import Settings, require_secret_key, settings
from app.main import app

client = TestClient(app)


def test_production_without_a_key_stops_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(settings, "debug", False)
    # Python prints the sentence of a SystemExit and ends, without a traceback.
    with pytest.raises(SystemExit, match="SECRET_KEY"):
        require_secret_key()


def test_production_starts_with_a_key(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "debug", False)
    monkeypatch.setattr(settings, "secret_key", "a key for this test")
    require_secret_key()


def test_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DEBUG", "perhaps")
    with pytest.raises(ValidationError, match="debug"):
        Settings()


def test_hosts_are_listed_with_commas(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "shelf.example, www.shelf.example")
    assert Settings().allowed_hosts == ["shelf.example", "www.shelf.example"]


def test_foreign_host_is_refused():
    response = client.get("/health", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert response.headers["X-Request-ID"]


@pytest.mark.parametrize("given", ["a", "shelf-1.2_3", "x" * 128])
def test_proper_request_id_is_kept(given: str):
    response = client.get("/health", headers={"X-Request-ID": given})
    assert response.headers["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "two words", "x" * 129, "é", "\u0660"])
def test_other_request_ids_are_replaced(given: str):
    headers = {b"X-Request-ID": given.encode()}
    answered = client.get("/nowhere", headers=headers).headers["X-Request-ID"]
    assert answered != given
    assert re.fullmatch(r"[A-Za-z0-9._-]{1,128}", answered)


@pytest.fixture
def crash() -> Iterator[None]:
    app.add_api_route("/api/crash", lambda: 1 / 0)
    yield
    app.router.routes.pop()


def test_crash_names_the_request(crash: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(app, "debug", False)
    monkeypatch.setattr(app, "middleware_stack", None)  # to be built anew
    visitor = TestClient(app, raise_server_exceptions=False)
    response = visitor.get("/api/crash")
    assert response.status_code == 500
    assert response.headers["X-Request-ID"] in response.json()["detail"]
