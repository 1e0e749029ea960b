"""The forms of an account: signing up, in and out."""

from sandbox.contract.browser import Visit
from sandbox.contract.document import Form

SIGN_UP = "/signup"
SIGN_IN = "/login"
SIGN_OUT = "/logout"


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
