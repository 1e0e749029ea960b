"""What every test may ask for by name."""

import shutil

import pytest
from flask import session
from flask_login import FlaskLoginClient
from flask_wtf.csrf import generate_csrf

from app import create_app
from app.db import db
from app.models import Member


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
def browser_of(app):
    """Opens the browser of a new member: signed in, and with the CSRF token at hand."""
    app.test_client_class = FlaskLoginClient

    def open_browser(name, **fields):
        with app.app_context():
            member = Member(username=name, password_hash="", **fields)
            db.session.add(member)
            db.session.commit()
            browser = app.test_client(user=member)
        with app.test_request_context():
            browser.environ_base["HTTP_X_CSRFTOKEN"] = generate_csrf()
            secret = session["csrf_token"]
        with browser.session_transaction() as cookie:
            cookie["csrf_token"] = secret
        return browser

    return open_browser


@pytest.fixture
def client(browser_of):
    """The browser of a member; it calls the app directly, without a network."""
    return browser_of("ada")


@pytest.fixture
def visitor(app):
    """The browser of somebody who has not signed in."""
    return app.test_client()
