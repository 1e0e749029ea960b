"""The application factory, which `flask run` finds and calls by itself."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from . import hello


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Build an app from its parts; tests hand in settings of their own."""
    app = Flask(__name__)
    app.config.from_prefixed_env()
    app.config.from_mapping(settings or {})
    #: if cookiecutter.validation :#

    from .strict_json import StrictJSONProvider

    app.json = StrictJSONProvider(app)
    #: endif :#
    #: if cookiecutter.database :#

    from .db import RowId, db, migrate
    from .seed import seed

    app.config.setdefault("SQLALCHEMY_DATABASE_URI", "sqlite:///shelf.db")
    app.url_map.converters["id"] = RowId
    db.init_app(app)
    migrate.init_app(app, db)
    app.cli.add_command(seed)
    #: endif :#

    app.register_blueprint(hello.bp)
    #: if cookiecutter.routes :#

    from . import books, errors

    app.register_blueprint(errors.bp)
    app.register_blueprint(books.bp)
    #: endif :#
    #: if cookiecutter.database :#

    from . import reviews

    app.register_blueprint(reviews.bp)
    #: endif :#

    return app
