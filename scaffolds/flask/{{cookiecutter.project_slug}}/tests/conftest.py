"""What every test may ask for by name."""

import re

import pytest
from flask import session
from flask_login import FlaskLoginClient
from flask_wtf.csrf import generate_csrf

from app import create_app
from app.db import db
#: if cookiecutter.jobs :#
from app.importer import worker
#: endif :#
from app.models import Member


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    """The app, built once because that takes a while, and a copy of its database.

    The commands that you use too make the tables and put the sample books into them.
    """
    path = tmp_path_factory.mktemp("shelf") / "shelf.db"
    app = create_app({"TESTING": True, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{path}"})
    run = app.test_cli_runner().invoke
    run(args=["db", "upgrade"], catch_exceptions=False)
    run(args=["seed"], catch_exceptions=False)
    with app.app_context():
        db.engine.dispose()  # closes the file, so that all is in it
    return app, path, path.read_bytes()


@pytest.fixture
def app(shelf):
    """The app, with its database as it was before the first test."""
    app, path, database = shelf
    path.write_bytes(database)
    yield app
    #: if cookiecutter.jobs :#
    worker.submit(int).result()  # comes after the imports that are under way
    #: endif :#
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


@pytest.fixture
def submit():
    """Fills in a form as a browser does: with the token that its page hides."""

    def fill_in(browser, url, values):
        page = browser.get(url).text
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)[1]
        return browser.post(url, data=values | {"csrf_token": token})

    return fill_in
