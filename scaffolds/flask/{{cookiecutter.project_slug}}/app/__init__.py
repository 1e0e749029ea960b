"""The application factory, which `flask run` finds and calls by itself."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from . import hello


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Build an app from its parts; tests hand in settings of their own."""
    app = Flask(__name__)
    #: if cookiecutter.pages :#
    app.config.from_mapping(
        # Signs the session cookie. Whoever knows it can forge one, so this key, which
        # everybody can read, is for your own computer only: set FLASK_SECRET_KEY.
        SECRET_KEY="insecure-key-for-development-only",
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,  # pages.check_csrf_token decides what is checked
    )
    #: endif :#
    app.config.from_prefixed_env()
    #: if cookiecutter.deploy :#

    from .settings import prepare_for_visitors, read_environment

    app.config.from_mapping(read_environment())
    #: endif :#
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
    #: if cookiecutter.pages :#

    from . import book_page, pages
    from .forms import csrf

    csrf.init_app(app)
    app.register_blueprint(pages.bp)
    app.register_blueprint(book_page.bp)
    #: endif :#
    #: if cookiecutter.auth :#

    from . import auth
    from .members import login_manager

    login_manager.init_app(app)
    app.register_blueprint(auth.bp)
    #: endif :#
    #: if cookiecutter.admin :#

    from . import admin
    from .staff import create_staff

    admin.init_app(app)
    app.cli.add_command(create_staff)
    #: endif :#
    #: if cookiecutter.api_docs :#

    from . import api_docs

    app.register_blueprint(api_docs.bp)
    app.register_blueprint(api_docs.swagger_ui)
    #: endif :#
    #: if cookiecutter.async :#

    from . import offers

    app.register_blueprint(offers.bp)
    #: endif :#
    #: if cookiecutter.live :#

    from . import live

    app.register_blueprint(live.bp)
    #: endif :#
    #: if cookiecutter.jobs :#

    from . import imports

    app.register_blueprint(imports.bp)
    #: endif :#
    #: if cookiecutter.model :#

    from . import scoring

    app.register_blueprint(scoring.bp)
    #: endif :#
    #: if cookiecutter.deploy :#

    from . import request_id

    app.register_blueprint(request_id.bp)
    prepare_for_visitors(app)
    #: endif :#

    return app
