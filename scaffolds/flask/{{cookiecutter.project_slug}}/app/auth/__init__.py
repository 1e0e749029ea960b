"""Members: who is asking, and what takes one."""

from flask import Flask, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from .members import login_manager
from .views import bp

# Whatever changes something takes a member, except for these endpoints.
OPEN_TO_ALL = {"auth.log_in", "auth.log_out", "auth.sign_up"#: if cookiecutter.model :#, "scoring.score_review"#: endif :#}


def init_app(app: Flask) -> None:
    """Close an app, also for the blueprints that it has yet to get."""
    login_manager.init_app(app)
    app.before_request(require_member)
    app.register_blueprint(bp)


def require_member() -> ResponseReturnValue | None:
    """Let everybody read, and only members change something."""
    reads = request.method in {"GET", "HEAD", "OPTIONS"}
    known = request.endpoint and request.endpoint not in OPEN_TO_ALL
    if known and not reads and not current_user.is_authenticated:
        return login_manager.unauthorized()
    return None


@login_manager.unauthorized_handler
def ask_to_sign_in() -> ResponseReturnValue:
    """Refuse a program; send a person to sign in, and then on to the page asked for."""
    if request.path.startswith("/api/"):
        abort(401, "Sign in to do this.")
    flash("Please sign in first.")
    page = request.script_root + request.path if request.method == "GET" else None
    return redirect(url_for("auth.log_in", next=page))
