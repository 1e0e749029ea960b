from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.database import make_engine
from app.dependencies import get_session
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
    """A client of a fresh app that opens its sessions in the test's database."""

    def get_test_session() -> Iterator[Session]:
        with Session(engine) as session:
            yield session

    app = create_app()
    app.dependency_overrides[get_session] = get_test_session
    return TestClient(app)
