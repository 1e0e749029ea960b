"""Settings: what differs between your computer and a server."""

#: if cookiecutter.database :#
import sys
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError
#: else :#
import sys
from typing import Annotated

from pydantic import BeforeValidator, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
#: endif :#


def split_at_commas(value: object) -> object:
    if not isinstance(value, str):
        return value
    return [part.strip() for part in value.split(",") if part.strip()]


#: if cookiecutter.database :#
def check_database_url(url: str) -> str:
    """Refuse an address that SQLAlchemy, or its driver, could not open later on."""
    try:
        address = make_url(url)
        address.get_dialect().import_dbapi()
    except ArgumentError:
        example = "postgresql+psycopg://name:password@host/database"
        raise ValueError(f"write it like {example}") from None
    except ModuleNotFoundError as error:
        raise ValueError(f"its driver {error.name} is not installed") from None
    nowhere = address.database in (None, "", ":memory:")
    if nowhere and address.get_backend_name() == "sqlite":
        raise ValueError("name a file, such as sqlite:///shelf.db")
    return url


#: endif :#
# NoDecode: a list would have to be written as JSON otherwise.
CommaSeparated = Annotated[list[str], NoDecode, BeforeValidator(split_at_commas)]


class Settings(BaseSettings):
    """Each field is read from the environment variable of its name, in capitals."""

    model_config = SettingsConfigDict(env_ignore_empty=True)

    debug: bool = False
    secret_key: str = ""
    allowed_hosts: CommaSeparated = []
    #: if cookiecutter.async :#
    bookshops: CommaSeparated = [f"http://127.0.0.1:{9000 + n}" for n in range(1, 6)]
    #: endif :#
    #: if cookiecutter.database :#
    database_url: Annotated[str, AfterValidator(check_database_url)] | None = None
    #: endif :#
    #: if cookiecutter.pages :#
    https: bool = False
    #: endif :#


def read_settings() -> Settings:
    """Read the environment, or stop with a sentence if a value makes no sense."""
    try:
        return Settings()
    except ValidationError as error:
        [problem, *_] = error.errors()
        name = str(problem["loc"][0]).upper()
        reason = problem["msg"].removeprefix("Value error, ")
        sys.exit(f"The environment variable {name} makes no sense: {reason}.")


settings = read_settings()


def require_secret_key() -> None:
    """Stop with a sentence rather than serve others with a key that everybody knows."""
    if not settings.debug and not settings.secret_key:
        sys.exit(
            "SECRET_KEY is missing: on a server, set it in the environment; "
            "on your own computer, start with --env-file development.env."
        )
