"""An app over the real data, scaffolds and a workspace of its own, and its client."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from sandbox.web import Settings, create_app
from sandbox.workshop import Workshop
from tests.support.variants import workshop_in

TOKEN = "t" * 43


class Compiled(BytecodeCache):
    """The templates as Python has compiled them once: each test has an app of its own."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_COMPILED = Compiled()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def workshop(workspace: Path) -> Workshop:
    return workshop_in(workspace)


@pytest.fixture
def app(workshop: Workshop) -> Flask:
    app = create_app(workshop, settings=Settings(token=TOKEN))
    app.jinja_env.bytecode_cache = _COMPILED
    return app


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
