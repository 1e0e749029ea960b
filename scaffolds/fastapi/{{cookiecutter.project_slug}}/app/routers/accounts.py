"""Signing up, in and out."""

import re
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import AfterValidator, BaseModel, StringConstraints
from sqlalchemy.exc import IntegrityError

from app import passwords
from app.dependencies import SessionDep
from app.error_pages import PageRoute
from app.forms import FormDep, check_form
from app.members import Member, new_token
from app.permissions import MemberDep, sign_in
from app.templating import templates

router = APIRouter(include_in_schema=False, route_class=PageRoute)


def check_letters(username: str) -> str:
    if not re.fullmatch(r"[\w.@+-]+", username):
        raise ValueError("Letters, digits and . @ + - _ are allowed, nothing else.")
    return username


class SignUp(BaseModel):
    username: Annotated[
        str,
        StringConstraints(strip_whitespace=True, max_length=150),
        AfterValidator(check_letters),
    ]
    password: Annotated[str, StringConstraints(min_length=8)]


@router.get("/signup")
def show_sign_up(request: Request) -> Response:
    context = {"fields": {}, "errors": {}}
    return templates.TemplateResponse(request, "signup.html", context)


@router.post("/signup")
def sign_up(request: Request, fields: FormDep, session: SessionDep) -> Response:
    """Make a member and sign them in."""
    sent, errors = check_form(SignUp, fields)
    if sent:
        member = Member(
            username=sent.username,
            password_hash=passwords.password_hash.hash(sent.password),
        )
        session.add(member)
        try:
            session.commit()
        except IntegrityError:
            session.rollback()
            errors = {"username": "This name is taken."}
        else:
            sign_in(request, member)
            request.session["message"] = "Welcome to the club."
            return RedirectResponse("/books", status_code=303)
    context = {"fields": fields, "errors": errors}
    return templates.TemplateResponse(request, "signup.html", context, status_code=422)


@router.get("/login")
def show_log_in(request: Request, next: str = "") -> Response:
    context = {"fields": {"next": next}, "errors": {}}
    return templates.TemplateResponse(request, "login.html", context)


@router.post("/login")
def log_in(request: Request, fields: FormDep, session: SessionDep) -> Response:
    """Sign in, then go where the visitor wanted to go."""
    username = fields.get("username", "").strip()
    password = fields.get("password", "")
    member = passwords.find_member(session, username, password)
    if member:
        sign_in(request, member)
        return RedirectResponse(own_path(fields.get("next", "")), status_code=303)
    errors = {"password": "This name and this password do not belong together."}
    context = {"fields": fields, "errors": errors}
    return templates.TemplateResponse(request, "login.html", context, status_code=422)


@router.post("/logout")
def log_out(
    request: Request,
    fields: FormDep,
    member: MemberDep,
    session: SessionDep,
) -> Response:
    """End the session, and with the old token every copy of its cookie."""
    if member:
        member.session_token = new_token()
        session.commit()
    request.session.clear()
    return RedirectResponse("/books", status_code=303)


def own_path(target: str) -> str:
    """Return a path of this site, whatever somebody put into a link to /login.

    Browsers read //other.example and /\\other.example as the address of another site.
    """
    return target if re.fullmatch(r"/(?!/)[!-\[\]-~]*", target) else "/books"
