from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.database import make_engine
from app.dependencies import get_engine
from app.main import create_app
from app.seed import add_sample_books

PROJECT = Path(__file__).parent.parent


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A database of its own for each test, made by the migrations, with the sample books."""
    url = f"sqlite:///{tmp_path / 'test.db'}"
    config = Config(PROJECT / "alembic.ini")
    config.attributes["url"] = url
    command.upgrade(config, "head")
    engine = make_engine(url)
    with Session(engine) as session:
        add_sample_books(session)
    yield engine
    engine.dispose()


@pytest.fixture
def client(engine: Engine) -> TestClient:
    """A client of a fresh app that works on the test's database."""
    app = create_app()
    app.dependency_overrides[get_engine] = lambda: engine
    return TestClient(app)
