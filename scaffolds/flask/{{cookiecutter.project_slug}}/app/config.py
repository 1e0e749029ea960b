"""Settings from the environment, and what the app demands before it meets visitors."""

import os
import sys
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def read_environment() -> dict[str, Any]:
    """Collect the settings that the environment names."""
    hosts = os.environ.get("ALLOWED_HOSTS", "").replace(",", " ").split()
    settings: dict[str, Any] = {
        # The names by which the app may be called; for any other the response is 400.
        "TRUSTED_HOSTS": ["127.0.0.1", "localhost", *hosts],
        # Where the site is served over HTTPS, the session cookie never leaves it.
        "SESSION_COOKIE_SECURE": os.environ.get("HTTPS") == "1",
    }
    if secret_key := os.environ.get("SECRET_KEY"):
        settings["SECRET_KEY"] = secret_key
    #: if cookiecutter.database :#
    if database := os.environ.get("DATABASE_URL"):
        settings["SQLALCHEMY_DATABASE_URI"] = database
    #: endif :#
    return settings


def init_app(app: Flask) -> None:
    """Refuse to start with a key that others may know; believe the proxy, if any."""
    known = {None, "insecure-key-for-development-only"}
    if app.secret_key in known and not (app.debug or app.testing):
        sys.exit("Set SECRET_KEY to a long random text, or FLASK_DEBUG=1 to develop.")
    if app.config["SESSION_COOKIE_SECURE"]:
        # A proxy speaks HTTPS for the app, and says in headers who really asked.
        app.wsgi_app = ProxyFix(app.wsgi_app)
