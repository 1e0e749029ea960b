"""Signing up, in and out, as a member does it: through the forms of the app's pages."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.contract.browser import Browser, Visit
from sandbox.contract.document import Form
from sandbox.contract.failure import Failure
from sandbox.contract.samples import Samples

SIGN_UP = "/signup"
SIGN_IN = "/login"
SIGN_OUT = "/logout"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with an account."""

    name: str
    password: str


def draw_member(samples: Samples) -> Member:
    """Return a random name and a password that nobody guesses and no rule forbids."""
    return Member(f"{samples.tag}{samples.word(6)}", f"{samples.word(6)}-{samples.word(7)}-38")


def account_values(form: Form, name: str, password: str) -> dict[str, str | None]:
    """Return the form's values for an account; every further password field confirms."""
    again = [each.name for each in form.fields if each.name.startswith("password")]
    return {"username": name, **dict.fromkeys(again, password)}


def account_form(visit: Visit) -> Form:
    """Return the form with a username and a password."""
    for form in visit.page.forms:
        names = [each.name for each in form.fields]
        if "username" in names and any(name.startswith("password") for name in names):
            return form
    return visit.form("username", "password")


def send_account(browser: Browser, path: str, name: str, password: str) -> Visit:
    """Open a form for an account, fill it in, send it, and go where that leads."""
    visit = browser.open(path)
    form = account_form(visit)
    return browser.submit(visit, form, account_values(form, name, password))


def sign_up(browser: Browser, member: Member) -> None:
    """Sign up, and in where the app does not do that at once."""
    visit = send_account(browser, SIGN_UP, member.name, member.password)
    if is_signed_in(browser):
        return
    if visit.answer.method != "GET":
        raise Failure(
            f"Signing up at {SIGN_UP} with a new username and a password of "
            f"{len(member.password)} characters shows the form again, with "
            f"{visit.answer.status}: expected an account.",
            step=f"POST {SIGN_UP}",
        )
    sign_in(browser, member)


def sign_in(browser: Browser, member: Member) -> Visit:
    """Sign in; a `Failure` when that does not work."""
    visit = send_account(browser, SIGN_IN, member.name, member.password)
    if not is_signed_in(browser):
        raise Failure(
            f"Signing in at {SIGN_IN} with the right password answered {visit.answer.status} and "
            "left the visitor signed out.",
            step=f"POST {SIGN_IN}",
        )
    return visit


def is_signed_in(browser: Browser) -> bool:
    """Tell whether the form for a new book opens, which it does for members only."""
    answer = browser.look("/books/new").answer
    if answer.status >= 500:
        raise Failure(f"{answer.request} answered {answer.status}.", step=answer.step)
    return answer.status == 200


def sign_out_form(browser: Browser) -> tuple[Visit, Form]:
    """Return the form that signs out, from the list of books."""
    visit = browser.open("/books")
    form = visit.page.form_to(SIGN_OUT)
    if form is None:
        raise Failure("GET /books shows a member no form that posts to /logout.", step="GET /books")
    return visit, form


def sign_out(browser: Browser) -> Visit:
    """Sign out."""
    visit, form = sign_out_form(browser)
    return browser.submit(visit, form, {})
