"""Signing up, in and out, and what takes a member."""

import re

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import Forbidden

from .db import db
from .forms import csrf
from .member_forms import LogInForm, SignUpForm
from .members import add_member, find_member, login_manager
from .models import Member, new_token
from .pages import show_error

bp = Blueprint("auth", __name__)
bp.app_errorhandler(Forbidden)(show_error)

# The blueprints of the API in which only members may write.
WRITTEN_BY_MEMBERS = {
    "books",
    #: if cookiecutter.jobs :#
    "imports",
    #: endif :#
    "reviews",
}


@login_manager.unauthorized_handler
def ask_to_sign_in() -> ResponseReturnValue:
    """Send a visitor to sign in first, and remember where to go on."""
    flash("Please sign in first.")
    return redirect(url_for("auth.log_in", next=request.path))


@bp.before_app_request
def let_only_members_write() -> ResponseReturnValue | None:
    """Let everybody read, and only members write.

    A browser sends the session cookie along with forged calls too, so a member's call
    to the API must bring the CSRF token, in the header X-CSRFToken.
    """
    if request.blueprint in WRITTEN_BY_MEMBERS:
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            if not current_user.is_authenticated:
                abort(401, "Sign in to do this.")
            csrf.protect()
    elif request.endpoint == "pages.new_book" and not current_user.is_authenticated:
        return ask_to_sign_in()
    return None


@bp.route("/signup", methods=["GET", "POST"])
def sign_up() -> ResponseReturnValue:
    """Add a member, who is signed in at once."""
    form = SignUpForm()
    if form.validate_on_submit():
        member = add_member(**form.values.model_dump())
        try:
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            form.username.errors = ["This name is taken."]
        else:
            begin_session(member)
            return redirect(url_for("pages.list_books"))
    return render_template("signup.html", form=form), 422 if form.errors else 200


@bp.route("/login", methods=["GET", "POST"])
def log_in() -> ResponseReturnValue:
    """Sign in, and go on to where the visitor was sent here from."""
    form = LogInForm()
    if form.validate_on_submit():
        member = find_member(form.username.data or "", form.password.data or "")
        if member:
            begin_session(member)
            return redirect(own_path(request.args.get("next", "")))
        form.password.errors = ["The name or the password is wrong."]
    return render_template("login.html", form=form), 422 if form.errors else 200


@bp.post("/logout")
def log_out() -> ResponseReturnValue:
    """Sign out, in every browser: copies of the old cookie are worthless from now on."""
    if current_user.is_authenticated:
        current_user.session_token = new_token()
        db.session.commit()
    logout_user()
    session.clear()
    flash("You have signed out.")
    return redirect(url_for("pages.list_books"))


def begin_session(member: Member) -> None:
    """Sign a member in, with nothing left of the session before."""
    session.clear()
    login_user(member)
    flash(f"Welcome, {member.username}.")


def own_path(target: str) -> str:
    """Return a path of this site; browsers take `//` and `/\\` for another one."""
    if re.fullmatch(r"/(?![/\\])[^\\\x00-\x20\x7f]*", target):
        return target
    return url_for("pages.list_books")
