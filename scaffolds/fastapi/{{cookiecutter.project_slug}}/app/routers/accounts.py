"""Signing up, in and out."""

import re
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from pydantic_core import PydanticCustomError

from .. import auth, crud
from ..dependencies import SessionDep
from ..forms import check_form
from ..models import new_token
from ..templating import show_form

router = APIRouter(include_in_schema=False)


def check_letters(username: str) -> str:
    if not re.fullmatch(r"[\w.@+-]+", username):
        sentence = "Letters, digits and . @ + - _ are allowed, nothing else."
        raise PydanticCustomError("username", sentence)
    return username


class MemberCreate(BaseModel):
    username: Annotated[
        str,
        StringConstraints(strip_whitespace=True, max_length=150),
        AfterValidator(check_letters),
    ]
    password: Annotated[str, Field(min_length=8)]


class AccountForm(BaseModel):
    """The form as it was filled in, so that it can be shown again."""

    username: str = ""
    password: str = ""
    next: str = ""


AccountFormDep = Annotated[AccountForm, Form()]


@router.get("/signup")
def show_sign_up(request: Request) -> Response:
    return show_form(request, "signup.html", AccountForm(), {})


@router.post("/signup")
def sign_up(request: Request, form: AccountFormDep, session: SessionDep) -> Response:
    """Make a member and sign them in."""
    sent, errors = check_form(MemberCreate, form)
    if sent is None:
        return show_form(request, "signup.html", form, errors)
    password_hash = auth.password_hash.hash(sent.password)
    try:
        member = crud.create_member(session, sent.username, password_hash)
    except crud.UsernameTaken:
        errors = {"username": "This name is taken."}
        return show_form(request, "signup.html", form, errors)
    auth.sign_in(request, member)
    request.session["message"] = "Welcome to the club."
    return RedirectResponse(request.url_for("show_books").path, status_code=303)


@router.get("/login")
def show_log_in(request: Request, next: str = "") -> Response:
    return show_form(request, "login.html", AccountForm(next=next), {})


@router.post("/login")
def log_in(request: Request, form: AccountFormDep, session: SessionDep) -> Response:
    """Sign in, then go where the visitor wanted to go."""
    member = auth.authenticate(session, form.username.strip(), form.password)
    if member is None:
        errors = {"password": "This name and this password do not belong together."}
        return show_form(request, "login.html", form, errors)
    auth.sign_in(request, member)
    page = own_path(form.next) or request.url_for("show_books").path
    return RedirectResponse(page, status_code=303)


@router.post("/logout")
def log_out(
    request: Request, member: auth.SignedInDep, session: SessionDep
) -> Response:
    """End the session, and with the old token every copy of its cookie."""
    member.session_token = new_token()
    session.commit()
    request.session.clear()
    return RedirectResponse(request.url_for("show_books").path, status_code=303)


def own_path(target: str) -> str:
    """Return a path of this site, or nothing, if a link to /login leads elsewhere.

    Browsers read //other.example and /\\other.example as the address of another site.
    """
    return target if re.fullmatch(r"/(?!/)[!-\[\]-~]*", target) else ""
