import shutil
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
from app.main import app
from app.seed import add_sample_books

PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample books, made once by the migrations."""
    path = tmp_path_factory.mktemp("database") / "sample.db"
    config = Config(PROJECT / "alembic.ini")
    config.attributes["url"] = f"sqlite:///{path}"
    command.upgrade(config, "head")
    engine = make_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        add_sample_books(session)
    engine.dispose()
    return path


@pytest.fixture
def engine(sample_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """A database of its own for each test: a copy of the sample."""
    engine = make_engine(f"sqlite:///{shutil.copy(sample_file, tmp_path / 'test.db')}")
    yield engine
    engine.dispose()


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    """A client of the app, which works on the test's database meanwhile."""
    app.dependency_overrides[get_engine] = lambda: engine
    with TestClient(app) as client:
        yield client
    app.dependency_overrides.clear()
