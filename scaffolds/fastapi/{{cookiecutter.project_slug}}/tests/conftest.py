import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
#: if cookiecutter.auth :#
from browsing import sign_up
#: endif :#
from fastapi.testclient import TestClient
#: if cookiecutter.auth :#
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
#: endif :#
from sqlalchemy import Engine

#: if cookiecutter.auth :#
from app import auth
#: endif :#
from app.database import SessionLocal, make_engine
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
    with SessionLocal(bind=engine) as session:
        add_sample_books(session)
    engine.dispose()
    return path


@pytest.fixture
def engine(sample_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """A database of its own for each test: a copy of the sample, which the app uses."""
    engine = make_engine(f"sqlite:///{shutil.copy(sample_file, tmp_path / 'test.db')}")
    usual = SessionLocal.kw["bind"]
    SessionLocal.configure(bind=engine)
    yield engine
    SessionLocal.configure(bind=usual)
    engine.dispose()


#: if cookiecutter.auth :#
@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Hashing a password is slow on purpose; a test needs no protection."""
    quick = PasswordHash([Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)])
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(auth, "password_hash", quick)
        monkeypatch.setattr(auth, "DUMMY_HASH", quick.hash("nobody's"))
        yield


@pytest.fixture
def visitor(engine: Engine) -> Iterator[TestClient]:
    """A client of the app, which has not signed in."""
    with TestClient(app) as visitor:
        yield visitor
    #: if cookiecutter.async or cookiecutter.model :#
    app.dependency_overrides.clear()
    #: endif :#


@pytest.fixture
def client(visitor: TestClient) -> TestClient:
    """The same client, signed in as ada: it may write as well as read."""
    sign_up(visitor, "ada")
    return visitor
#: else :#
@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    """A client of the app."""
    with TestClient(app) as client:
        yield client
    #: if cookiecutter.async or cookiecutter.model :#
    app.dependency_overrides.clear()
    #: endif :#
#: endif :#
