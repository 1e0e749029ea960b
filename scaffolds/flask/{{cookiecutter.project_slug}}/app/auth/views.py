"""Signing up, in and out."""

import re

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user
from sqlalchemy.exc import IntegrityError

from ..db import db
from ..models import Member, new_token
from .forms import LogInForm, SignUpForm
from .members import add_member, find_member

bp = Blueprint("auth", __name__)


@bp.route("/signup", methods=["GET", "POST"])
def sign_up() -> ResponseReturnValue:
    """Add a member, who is signed in at once."""
    form = SignUpForm()
    if form.validate_on_submit():
        member = add_member(form.data["username"], form.data["password"])
        try:
            db.session.commit()
        except IntegrityError as error:
            db.session.rollback()
            if "username" not in str(error.orig):
                raise
            form.username.errors = ["This name is taken."]
        else:
            begin_session(member)
            return redirect(url_for("pages.list_books"))
    return render_template("auth/signup.html", form=form), 422 if form.errors else 200


@bp.route("/login", methods=["GET", "POST"])
def log_in() -> ResponseReturnValue:
    """Sign in, and go on to where the visitor was sent here from."""
    form = LogInForm()
    if form.validate_on_submit():
        member = find_member(form.data["username"], form.data["password"])
        if member:
            begin_session(member)
            return redirect(own_path(request.args.get("next", "")))
        form.password.errors = ["The name or the password is wrong."]
    return render_template("auth/login.html", form=form), 422 if form.errors else 200


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
