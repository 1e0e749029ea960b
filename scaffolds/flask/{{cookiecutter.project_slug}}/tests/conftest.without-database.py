"""What every test may ask for by name."""

import pytest

from app import create_app


@pytest.fixture
def app():
    """A fresh app for each test."""
    return create_app({"TESTING": True})


@pytest.fixture
def client(app):
    """A stand-in for a browser that calls the app directly, without a network."""
    return app.test_client()
