"""Settings: what differs between your computer and a server."""

import sys
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def split_at_commas(value: object) -> object:
    if not isinstance(value, str):
        return value
    return [part.strip() for part in value.split(",") if part.strip()]


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
    database_url: str | None = None
    #: endif :#
    #: if cookiecutter.pages :#
    https: bool = False
    #: endif :#


settings = Settings()


def require_secret_key() -> None:
    """Stop with a sentence rather than serve others with a key that everybody knows."""
    if not settings.debug and not settings.secret_key:
        sys.exit(
            "SECRET_KEY is missing: on a server, set it in the environment; "
            "on your own computer, start with --env-file development.env."
        )
