import pytest

from app import create_app


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """An environment that names no settings but a database that leaves no file."""
    for name in ("ALLOWED_HOSTS", "FLASK_DEBUG", "HTTPS", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "sqlite://")
    return monkeypatch


def test_app_does_not_start_without_a_secret_key():
    with pytest.raises(SystemExit) as refused:
        create_app()
    assert refused.value.code


@pytest.mark.parametrize("debug", ["0", ""])
def test_debug_must_be_asked_for(environment, debug):
    environment.setenv("FLASK_DEBUG", debug)
    with pytest.raises(SystemExit):
        create_app()


def test_settings_come_from_the_environment(environment):
    environment.setenv("SECRET_KEY", "from outside")
    environment.setenv("HTTPS", "1")
    app = create_app()
    assert app.secret_key == "from outside"
    assert app.config["SESSION_COOKIE_SECURE"]
    assert not app.debug


def test_only_known_hosts_are_answered(environment):
    environment.setenv("ALLOWED_HOSTS", "shelf.example, .books.example")
    client = create_app({"TESTING": True}).test_client()
    for host, status in {
        "127.0.0.1:8000": 200,
        "shelf.example": 200,
        "my.books.example": 200,
        "evil.example": 400,
    }.items():
        response = client.get("/health", headers={"Host": host})
        assert response.status_code == status, host
        assert response.headers["X-Request-ID"]


def test_request_id_is_kept(client):
    response = client.get("/health", headers={"X-Request-ID": "a-1._B"})
    assert response.headers["X-Request-ID"] == "a-1._B"


@pytest.mark.parametrize("given", [None, "", "x" * 129, "two words", "é"])
def test_request_without_a_good_id_gets_a_new_one(client, given):
    headers = {"X-Request-ID": given} if given is not None else {}
    first = client.get("/nowhere", headers=headers).headers["X-Request-ID"]
    second = client.get("/nowhere", headers=headers).headers["X-Request-ID"]
    assert len({first, second, given}) == 3
