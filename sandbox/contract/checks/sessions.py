"""Checks of `auth`: the session, its cookie, its end, and the way back after signing in."""

import time
from statistics import median

from sandbox.contract.app import Person
from sandbox.contract.browser import REDIRECTS, read_cookies
from sandbox.contract.check import check
from sandbox.contract.document import read_document
from sandbox.contract.expect import expect, expect_status
from sandbox.contract.failure import Failure
from sandbox.contract.members import SIGN_IN, SIGN_OUT, account_values
from sandbox.contract.shelf import BOOKS
from sandbox.contract.site import LIST, expect_token_needed

ORDER = 200

_TIMES = 7
_ROUNDS = 3
_FASTER = 0.5


@check("auth", "The session cookie is HttpOnly and SameSite Lax or Strict.")
def session_cookies_are_guarded(me: Person) -> None:
    browser, member = me.app.visitor(), me.app.new_member().member()
    opened = browser.open_account_form(SIGN_IN)
    answer = opened.post(account_values(opened.form, member.name, member.password))
    needed = _names_needed(browser)
    found = {name: each for name, each in read_cookies(answer).items() if name in needed}
    expect(bool(found), f"POST {SIGN_IN} sets no cookie that keeps the member signed in.")
    for name, morsel in found.items():
        what = f"The cookie {name}, which keeps members signed in,"
        expect(bool(morsel["httponly"]), f"{what} is not HttpOnly.")
        expect(
            morsel["samesite"].lower() in {"lax", "strict"},
            f"{what} has SameSite {morsel['samesite'] or '(none)'}: expected Lax or Strict.",
        )


@check("auth", "Signing in begins a new session.")
def signing_in_begins_a_new_session(me: Person) -> None:
    browser, member = me.app.visitor(), me.app.new_member().member()
    browser.send_account(SIGN_IN, member.name, "a wrong password")
    before = browser.thief()
    browser.sign_in(member)
    expect(
        not before.is_signed_in(),
        "The cookies from before signing in are signed in afterwards: begin a new session, or "
        "somebody who planted them is signed in as well.",
    )
    changed = [name for name in before.cookies if browser.cookies.get(name) == before.cookies[name]]
    kept = [name for name in changed if name in _names_needed(browser)]
    expect(not kept, f"The cookie {', '.join(kept)} is the same before and after signing in.")


@check("auth", "A token from before signing in is worth nothing afterwards.", tier="hardened")
def tokens_are_renewed_at_signing_in(me: Person) -> None:
    browser, member = me.app.visitor(), me.app.new_member().member()
    opened = browser.open_account_form(SIGN_IN)
    opened.submit(account_values(opened.form, member.name, member.password))
    planted = next(iter(opened.form.values[name] for name in opened.form.tokens), "")
    leave = browser.sign_out_form()
    expect_status(leave.post(dict.fromkeys(leave.form.tokens, planted)), 400, 403)
    expect(
        browser.is_signed_in(),
        "A token from before signing in still works: somebody who planted it can forge forms.",
    )


@check("auth", "After signing out nobody is signed in.")
def signing_out_signs_out(me: Person) -> None:
    member = me.app.new_member()
    member.sign_out_form().submit({})
    expect(not member.is_signed_in(), f"POST {SIGN_OUT} left the visitor signed in.")


@check("auth", "After signing out a copy of the session cookie is dead too.", tier="hardened")
def copied_cookies_are_dead_after_signing_out(me: Person) -> None:
    member, book = me.app.new_member(), me.make_book()
    copied = member.thief()
    expect_status(copied.patch(book.path, {"year": 1950}), 200)
    member.sign_out_form().submit({})
    answer = copied.patch(book.path, {"year": 1951})
    expect(
        answer.status in {401, 403} and not copied.is_signed_in(),
        f"A copy of the session cookie still works after POST {SIGN_OUT}: {answer.request} "
        f"answered {answer.status}, expected 401 or 403.",
    )
    member.sign_in(member.member())
    expect(
        not copied.is_signed_in(), "A copied cookie comes to life again when the member signs in."
    )


@check("auth", "Signing out ends this session only, and not other members'.")
def signing_out_spares_others(me: Person) -> None:
    me.app.new_member().sign_out_form().submit({})
    expect(me.is_signed_in(), f"POST {SIGN_OUT} of one member signed another one out.")


@check("auth", "Signing out needs POST and its CSRF token.")
def signing_out_needs_its_token(me: Person) -> None:
    member, other = me.app.new_member(), me.app.new_member()
    # A page that asks once more is fine: only what it posts may sign out.
    expect_status(member.look(SIGN_OUT).answer, 200, 404, 405, *REDIRECTS)
    expect(
        member.is_signed_in(),
        f"GET {SIGN_OUT} signs out: any link or picture could do that. Expected POST only.",
    )
    expect_token_needed(
        member.sign_out_form(),
        other.sign_out_form(),
        {},
        what="for signing out",
        happened=lambda: not member.is_signed_in(),
    )


@check(
    "auth",
    "A made-up or changed session cookie signs nobody in, and gives no 5xx.",
    tier="hardened",
)
def made_up_cookies_are_refused(me: Person) -> None:
    for name, value in list(me.cookies.items()):
        for text in ("x", value[:-1], value + "x", "a" * len(value), value[::-1], "=" * 5, "%00"):
            browser = me.app.visitor()
            browser.cookies = {**me.cookies, name: text}
            before = dict(browser.cookies)
            signed_in = browser.is_signed_in()
            if name in _names_needed(me):
                expect(
                    not signed_in or before[name].startswith(value[:-1]),
                    f"The changed cookie {name} still signs in.",
                )


@check("auth", "Signing in answers the same for an unknown user and a wrong password.")
def unknown_users_are_not_told(me: Person) -> None:
    known, unknown = me.member().name, me.samples.member().name
    answers = [
        me.app.visitor().send_account(SIGN_IN, name, "a-wrong-password-5").answer
        for name in (known, unknown)
    ]
    texts = [
        _without_tokens(answer.text).replace(name, "NAME")
        for answer, name in zip(answers, (known, unknown), strict=True)
    ]
    expect(
        answers[0].status == answers[1].status and texts[0] == texts[1],
        f"POST {SIGN_IN} answers differently for an unknown user and a wrong password: that tells "
        "who is a member.",
    )


@check(
    "auth",
    "Signing in takes similar time for an unknown user and a wrong password.",
    tier="hardened",
)
def unknown_users_are_not_timed(me: Person) -> None:
    ratio, fastest = 0.0, _FASTER / me.app.slack
    for _ in range(_ROUNDS):
        times: tuple[list[float], list[float]] = ([], [])
        opened = me.app.visitor().open_account_form(SIGN_IN)
        for _ in range(_TIMES):
            names = (me.member().name, me.samples.member().name)
            for taken, name in zip(times, names, strict=True):
                began = time.perf_counter()
                opened.post(account_values(opened.form, name, "a-wrong-password-5"))
                taken.append(time.perf_counter() - began)
        ratio = median(times[1]) / median(times[0])
        if fastest < ratio < 1 / fastest:
            return
    raise Failure(
        f"POST {SIGN_IN} takes {ratio:.1f} times as long for an unknown user as for a wrong "
        "password: that tells who is a member. Hash a password in both cases.",
        step=f"POST {SIGN_IN}",
    )


@check("auth", "Members stay signed in after a restart.")
def sessions_survive_a_restart(me: Person) -> None:
    _ = me.member()
    me.app.restart()
    mark = me.samples.mark()
    expect_status(me.post(BOOKS, me.samples.book(title=mark)), 201)
    expect(len(me.find_books(mark)) == 1, "A book added after a restart is not there.")
    me.open_page(LIST)


def _names_needed(browser: Person) -> list[str]:
    needed: list[str] = []
    for name in browser.cookies:
        without = browser.thief()
        del without.cookies[name]
        if not without.is_signed_in():
            needed.append(name)
    return needed


def _without_tokens(text: str) -> str:
    page = read_document(text)
    for form in page.forms:
        for name in form.tokens:
            text = text.replace(form.values[name], "TOKEN")
    return text.replace(page.csrf_token or "TOKEN", "TOKEN")
