from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.dependencies import BOOKS, get_books
from app.main import app


@pytest.fixture
def client() -> Iterator[TestClient]:
    """A client of the app, which has a shelf for this test alone meanwhile."""
    books = list(BOOKS)
    app.dependency_overrides[get_books] = lambda: books
    with TestClient(app) as client:
        yield client
    app.dependency_overrides.clear()
