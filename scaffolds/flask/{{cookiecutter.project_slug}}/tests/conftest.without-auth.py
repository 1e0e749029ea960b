"""What every test may ask for by name."""

import shutil

import pytest

from app import create_app
from app.db import db


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    """A database with the sample books, made once by the commands that you use too."""
    path = tmp_path_factory.mktemp("shelf") / "shelf.db"
    app = create_app({"TESTING": True, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{path}"})
    run = app.test_cli_runner().invoke
    run(args=["db", "upgrade"], catch_exceptions=False)
    run(args=["seed"], catch_exceptions=False)
    with app.app_context():
        db.engine.dispose()
    return path


@pytest.fixture
def app(shelf, tmp_path):
    """A fresh app for each test, with a database of its own."""
    path = shutil.copy(shelf, tmp_path)
    app = create_app({"TESTING": True, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{path}"})
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app):
    """A stand-in for a browser that calls the app directly, without a network."""
    return app.test_client()
