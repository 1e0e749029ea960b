from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.dependencies import BOOKS, get_books
from app.main import create_app


@pytest.fixture
def client() -> Iterator[TestClient]:
    """A client of a fresh app with a shelf of its own."""
    app = create_app()
    books = list(BOOKS)
    app.dependency_overrides[get_books] = lambda: books
    with TestClient(app) as client:
        yield client
