"""The pages for people, and what all pages share."""

from flask import Flask

from ..api import BLUEPRINTS
from .books import bp
from .forms import csrf, refuse_nameless_fields


def init_app(app: Flask) -> None:
    """Join the pages to an app; from now on, whatever is sent must bring a token."""
    app.before_request(refuse_nameless_fields)
    csrf.init_app(app)
    for api in BLUEPRINTS:
        csrf.exempt(api)  # nobody signs in, so a call proves nothing by a token
    app.register_blueprint(bp)
