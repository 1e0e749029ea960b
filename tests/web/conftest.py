"""An app over the real data, scaffolds and a workspace of its own, and its client."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sandbox.web import Settings, create_app
from sandbox.workshop import Workshop, open_workshop

TOKEN = "t" * 43


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def workshop(workspace: Path) -> Workshop:
    return open_workshop(workspace)


@pytest.fixture
def app(workshop: Workshop) -> Flask:
    return create_app(workshop, settings=Settings(token=TOKEN))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that has not opened the printed link."""
    return app.test_client()


@pytest.fixture
def friend(app: Flask) -> FlaskClient:
    """A browser that has opened the printed link, and sends what browsers send from our pages."""
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    client.get("/", query_string={"token": TOKEN})
    return client
