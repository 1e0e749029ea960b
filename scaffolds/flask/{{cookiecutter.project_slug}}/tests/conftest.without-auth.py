"""What every test may ask for by name."""

#: if cookiecutter.pages :#
import re

#: endif :#
import pytest

from app import create_app
from app.db import db
#: if cookiecutter.jobs :#
from app.importer import worker
#: endif :#


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


#: if cookiecutter.pages :#
@pytest.fixture
def submit():
    """Fills in a form as a browser does: with the token that its page hides."""

    def fill_in(browser, url, values):
        page = browser.get(url).text
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)[1]
        return browser.post(url, data=values | {"csrf_token": token})

    return fill_in


#: endif :#
@pytest.fixture
def client(app):
    """A stand-in for a browser that calls the app directly, without a network."""
    return app.test_client()
