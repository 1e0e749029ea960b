"""The application factory, which `flask run` finds and calls by itself."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from . import #: if cookiecutter.admin :#admin, #: endif :#api, #: if cookiecutter.auth :#auth, #: endif :##: if cookiecutter.database :#commands, #: endif :##: if cookiecutter.deploy :#config, #: endif :##: if cookiecutter.database :#db, #: endif :#errors, hello#: if cookiecutter.pages :#, pages#: endif :##: if cookiecutter.deploy :#, request_id#: endif :#

#: if cookiecutter.validation :#
from .strict_json import StrictJSONProvider
#: endif :#


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Build an app from its parts; tests hand in settings of their own."""
    app = Flask(__name__)
    #: if cookiecutter.validation :#
    app.config.from_mapping(
        MAX_CONTENT_LENGTH=1_000_000,  # bytes; a longer body gets a 413
        #: if cookiecutter.pages :#
        SITE_NAME="{{ cookiecutter.project_name }}",
        # Signs the session cookie. Everybody can read this key, and whoever knows a key
        # can forge sessions: it is insecure, and for your own computer only.
        SECRET_KEY="insecure-key-for-development-only",
        SESSION_COOKIE_SAMESITE="Lax",
        #: endif :#
        #: if cookiecutter.database :#
        SQLALCHEMY_DATABASE_URI="sqlite:///shelf.db",
        #: endif :#
        #: if cookiecutter.auth :#
        # Keeps password hashes and session tokens out of tracebacks and logs.
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},
        #: endif :#
    )
    #: endif :#
    app.config.from_prefixed_env()
    #: if cookiecutter.deploy :#
    app.config.from_mapping(config.read_environment())
    #: endif :#
    app.config.from_mapping(settings or {})
    #: if cookiecutter.deploy :#
    config.init_app(app)
    request_id.init_app(app)
    #: endif :#
    #: if cookiecutter.validation :#
    app.json = StrictJSONProvider(app)
    #: endif :#
    errors.init_app(app)
    #: if cookiecutter.database :#
    db.init_app(app)
    app.register_blueprint(commands.bp)
    #: endif :#
    #: if cookiecutter.auth :#
    auth.init_app(app)  # before the pages: who asks comes before the CSRF token
    #: endif :#
    #: if cookiecutter.pages :#
    pages.init_app(app)
    #: endif :#
    #: if cookiecutter.admin :#
    admin.init_app(app)
    #: endif :#
    api.init_app(app)
    app.register_blueprint(hello.bp)
    return app
