"""The application factory, which `flask run` finds and calls by itself."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

#: if cookiecutter.deploy :#
from . import config, request_id
#: endif :#
from .hello import bp


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Build an app from its parts; tests hand in settings of their own."""
    app = Flask(__name__)
    app.config.from_prefixed_env()
    #: if cookiecutter.deploy :#
    app.config.from_mapping(config.read_environment())
    #: endif :#
    app.config.from_mapping(settings or {})
    #: if cookiecutter.deploy :#
    config.init_app(app)
    request_id.init_app(app)
    #: endif :#
    app.register_blueprint(bp)
    return app
