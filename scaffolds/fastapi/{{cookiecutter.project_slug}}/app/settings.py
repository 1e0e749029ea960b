"""What differs between your computer and a server: the environment decides."""

import sys
from pathlib import Path
from typing import Annotated

from dotenv import load_dotenv
from pydantic import BeforeValidator, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def split_at_commas(value: object) -> object:
    if not isinstance(value, str):
        return value
    return [part.strip() for part in value.split(",")]


class Settings(BaseSettings):
    """Each field is read from the environment variable of its name, in capitals."""

    model_config = SettingsConfigDict(env_ignore_empty=True)

    debug: bool = False
    secret_key: str = ""
    # NoDecode: a list would have to be written as JSON otherwise.
    allowed_hosts: Annotated[list[str], NoDecode, BeforeValidator(split_at_commas)] = []
    #: if cookiecutter.database :#
    database_url: str = ""
    #: endif :#
    #: if cookiecutter.pages :#
    https: bool = False
    #: endif :#


def read_settings() -> Settings:
    """Read the environment, or stop with a sentence if a value makes no sense."""
    # On your own computer the file .env adds to the environment; a server has none.
    load_dotenv(Path(__file__).resolve().parent.parent / ".env")
    try:
        return Settings()
    except ValidationError as error:
        [problem, *_] = error.errors()
        name = str(problem["loc"][0]).upper()
        sys.exit(f"The environment variable {name} makes no sense: {problem['msg']}.")


settings = read_settings()
#: if cookiecutter.pages :#
# The second key is known to everybody, which does no harm on your own computer.
SECRET_KEY = settings.secret_key or "insecure-key-for-development-only"
HTTPS = settings.https
#: endif :#


def require_secret_key() -> None:
    """Stop with a sentence rather than serve others with a key that everybody knows."""
    if not settings.debug and not settings.secret_key:
        sys.exit(
            "SECRET_KEY is missing: set it in the environment, "
            "or ask for development with DEBUG=1."
        )
