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


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Hashing a password is slow on purpose; a test needs no protection."""
    quick = PasswordHash([Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)])
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(passwords, "password_hash", quick)
        monkeypatch.setattr(passwords, "DUMMY_HASH", quick.hash("nobody's"))
        yield


@pytest.fixture(scope="session")
def ada(sample_file: Path) -> TestClient:
    """A client that has signed up once for all tests: the sample knows her."""
    engine = make_engine(f"sqlite:///{sample_file}")
    app.dependency_overrides[get_engine] = lambda: engine
    ada = TestClient(app)
    sign_up(ada, "ada")
    app.dependency_overrides.clear()
    engine.dispose()
    return ada


@pytest.fixture
def engine(sample_file: Path, ada: TestClient, tmp_path: Path) -> Iterator[Engine]:
    """A database of its own for each test: a copy of the sample."""
    engine = make_engine(f"sqlite:///{shutil.copy(sample_file, tmp_path / 'test.db')}")
    yield engine
    engine.dispose()


@pytest.fixture
def visitor(engine: Engine) -> Iterator[TestClient]:
    """A client of the app, which works on the test's database meanwhile."""
    app.dependency_overrides[get_engine] = lambda: engine
    with TestClient(app) as visitor:
        yield visitor
    app.dependency_overrides.clear()


@pytest.fixture
def client(visitor: TestClient, ada: TestClient) -> TestClient:
    """The same client with what ada's browser keeps: it may write as well as read."""
    visitor.cookies.update(ada.cookies)
    visitor.headers["X-CSRFToken"] = ada.headers["X-CSRFToken"]
    return visitor
