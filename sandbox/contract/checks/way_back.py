"""Checks of `auth`: where signing in leads to, which is never to another site."""

from urllib.parse import parse_qs, quote, urlsplit

from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect
from sandbox.contract.members import SIGN_IN, SIGN_UP, account_form, account_values
from sandbox.contract.site import NEW

ORDER = 210

_ELSEWHERE = (
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example/",
    "///elsewhere.example/",
    "http:elsewhere.example",
    "https:///elsewhere.example",
    "javascript:alert(1)",
    "/\t/elsewhere.example",
    "\t//elsewhere.example",
    " //elsewhere.example",
    "/\n/elsewhere.example",
    "//elsewhere.example\\@127.0.0.1/",
)


@check("auth", "next leads to own paths after signing in.")
def next_leads_on(me: Person) -> None:
    member = me.samples.member()
    me.app.visitor().sign_up(member)
    browser = me.app.visitor()
    visit = browser.open(NEW)
    expect(
        urlsplit(visit.path).path.rstrip("/") == SIGN_IN,
        f"GET {NEW} leads a visitor who is not signed in to {visit.path}: expected {SIGN_IN}.",
    )
    target = parse_qs(urlsplit(visit.path).query).get("next", [""])[0]
    expect(
        target.rstrip("/") == NEW, f"GET {NEW} leads to {visit.path}: expected next={NEW} in it."
    )
    form = account_form(visit)
    arrived = browser.submit(visit, form, account_values(form, member.name, member.password))
    expect(
        arrived.path.rstrip("/") == NEW,
        f"Signing in with next={NEW} leads to {arrived.path}: expected {NEW}.",
    )


@check("auth", "next leads to own paths only.")
def next_never_leads_away(me: Person) -> None:
    member = me.samples.member()
    me.app.visitor().sign_up(member)
    for number, target in enumerate(_ELSEWHERE):
        for path in (SIGN_IN, SIGN_UP) if number < 2 else (SIGN_IN,):
            browser = me.app.visitor()
            new = member if path == SIGN_IN else me.samples.member()
            visit = browser.open(f"{path}?next={quote(target, safe='')}")
            form = account_form(visit)
            values = account_values(form, new.name, new.password)
            changes = {"next": target} if "next" in form.hidden else {}
            answer = browser.send_form(visit, form, {**values, **changes})
            location = answer.headers.get("location", "")
            expect(
                answer.status < 500 and _is_own(me, location),
                f"POST {path} with next={target!r} answered {answer.status} with the Location "
                f"{location[:80]!r}: expected an address of the app itself.",
            )


def _is_own(me: Person, location: str) -> bool:
    if not location:
        return True
    base = urlsplit(me.base_url)
    parts = urlsplit(location)
    if parts.scheme or parts.netloc:
        return (parts.scheme, parts.netloc) == (base.scheme, base.netloc)
    return location.startswith("/") and location[1:2] not in {"/", "\\", "\t", "\n"}
