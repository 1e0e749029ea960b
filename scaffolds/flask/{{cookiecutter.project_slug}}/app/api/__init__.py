"""The JSON API: a module with a blueprint for each kind of thing, all below /api."""

from flask import Flask

#: if cookiecutter.live :#
from .. import live
#: endif :#
#: if cookiecutter.auth and cookiecutter.model :#
from ..pages.forms import csrf
#: endif :#
from . import books#: if cookiecutter.api_docs :#, docs#: endif :##: if cookiecutter.jobs :#, imports#: endif :##: if cookiecutter.async :#, offers#: endif :##: if cookiecutter.database :#, reviews#: endif :##: if cookiecutter.model :#, scoring#: endif :#


BLUEPRINTS = [books.bp#: if cookiecutter.database :#, reviews.bp#: endif :##: if cookiecutter.async :#, offers.bp#: endif :##: if cookiecutter.live :#, live.bp#: endif :##: if cookiecutter.jobs :#, imports.bp#: endif :##: if cookiecutter.model :#, scoring.bp#: endif :#]


def init_app(app: Flask) -> None:
    for bp in BLUEPRINTS:
        app.register_blueprint(bp, url_prefix="/api")
    #: if cookiecutter.auth and cookiecutter.model :#
    csrf.exempt(scoring.bp)  # open to everybody, and changes nothing
    #: endif :#
    #: if cookiecutter.async :#
    offers.init_app(app)
    #: endif :#
    #: if cookiecutter.live :#
    live.init_app(app)
    #: endif :#
    #: if cookiecutter.model :#
    scoring.init_app(app)
    #: endif :#
    #: if cookiecutter.api_docs :#
    app.register_blueprint(docs.bp)
    #: endif :#
