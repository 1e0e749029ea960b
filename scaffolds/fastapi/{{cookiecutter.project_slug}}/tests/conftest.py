import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from browsing import sign_up
from fastapi.testclient import TestClient
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import passwords
from app.database import make_engine
from app.dependencies import get_engine
from app.main import create_app
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


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing a password is slow on purpose; a test needs no protection."""
    quick = PasswordHash([Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)])
    monkeypatch.setattr(passwords, "password_hash", quick)


@pytest.fixture
def visitor(engine: Engine) -> Iterator[TestClient]:
    """A client of a fresh app that works on the test's database."""
    app = create_app()
    app.dependency_overrides[get_engine] = lambda: engine
    with TestClient(app) as visitor:
        yield visitor


@pytest.fixture
def client(visitor: TestClient) -> TestClient:
    """The same client after ada has signed up, so that it may write as well as read."""
    sign_up(visitor, "ada")
    return visitor
