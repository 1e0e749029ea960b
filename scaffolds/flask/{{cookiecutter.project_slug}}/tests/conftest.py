"""What every test may ask for by name."""

import pytest

from app import create_app
from app.db import db


@pytest.fixture
def app(tmp_path):
    """A fresh app for each test, with a database of its own."""
    database = f"sqlite:///{tmp_path / 'test.db'}"
    app = create_app({"TESTING": True, "SQLALCHEMY_DATABASE_URI": database})
    run = app.test_cli_runner().invoke
    run(args=["db", "upgrade"], catch_exceptions=False)
    run(args=["seed"], catch_exceptions=False)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app):
    """A stand-in for a browser that calls the app directly, without a network."""
    return app.test_client()
