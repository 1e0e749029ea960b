"""Checks of `auth`: the session, its cookie, its end, and the way back after signing in."""

from __future__ import annotations

import time
from statistics import median

from sandbox.contract.api import Api
from sandbox.contract.browser import REDIRECTS, Browser, parse_cookie
from sandbox.contract.check import check
from sandbox.contract.document import read_document
from sandbox.contract.expect import expect, expect_status
from sandbox.contract.failure import Failure
from sandbox.contract.members import (
    SIGN_IN,
    SIGN_OUT,
    Member,
    account_form,
    account_values,
    draw_member,
    is_signed_in,
    send_account,
    sign_in,
    sign_out,
    sign_out_form,
    sign_up,
)
from sandbox.contract.shelf import BOOKS, find_books, make_book
from sandbox.contract.site import LIST, Opened, expect_token_needed, open_page

_TIMES = 7
_ROUNDS = 3
_FASTER = 0.5


@check("auth", "The session cookie is HttpOnly and SameSite Lax or Strict.")
def session_cookies_are_guarded(api: Api) -> None:
    browser = api.browser()
    member = _new_member(api)
    for name, attributes in _session_cookies(api, browser, member):
        expect(
            "httponly" in attributes,
            f"The cookie {name}, which keeps members signed in, is not HttpOnly.",
        )
        expect(
            attributes.get("samesite", "").lower() in {"lax", "strict"},
            f"The cookie {name} has SameSite {attributes.get('samesite', '(none)')}: "
            "expected Lax or Strict.",
        )


@check("auth", "Signing in begins a new session.")
def signing_in_begins_a_new_session(api: Api) -> None:
    member = _new_member(api)
    browser = api.browser()
    send_account(browser, SIGN_IN, member.name, "a wrong password")
    before = browser.thief()
    sign_in(browser, member)
    expect(
        not is_signed_in(before),
        "The cookies from before signing in are signed in afterwards: begin a new session, or "
        "somebody who planted them is signed in as well.",
    )
    changed = [name for name in before.cookies if browser.cookies.get(name) == before.cookies[name]]
    kept = [name for name in changed if name in _names_needed(browser)]
    expect(not kept, f"The cookie {', '.join(kept)} is the same before and after signing in.")


@check("auth", "A token from before signing in is worth nothing afterwards.", tier="hardened")
def tokens_are_renewed_at_signing_in(api: Api) -> None:
    member = _new_member(api)
    browser = api.browser()
    visit = browser.open(SIGN_IN)
    form = account_form(visit)
    browser.submit(visit, form, account_values(form, member.name, member.password))
    page, leave = sign_out_form(browser)
    planted = {
        name: next(iter(form.hidden[each] for each in form.tokens), "") for name in leave.tokens
    }
    expect_status(browser.post(page, leave, planted), 400, 403)
    expect(
        is_signed_in(browser),
        "A token from before signing in still works: somebody who planted it can forge forms.",
    )


@check(
    "auth", "A session is dead after signing out, also for a copy of its cookie.", tier="hardened"
)
def copied_cookies_are_dead_after_signing_out(api: Api) -> None:
    browser = api.browser()
    member = _new_member(api)
    sign_in(browser, member)
    book = make_book(api)
    copied = browser.thief()
    speaking = api.speaking_for(copied, member)
    expect_status(speaking.patch(book.path, {"year": 1950}), 200)
    sign_out(browser)
    expect(not is_signed_in(browser), f"POST {SIGN_OUT} left the visitor signed in.")
    answer = speaking.patch(book.path, {"year": 1951})
    expect(
        answer.status in {401, 403} and not is_signed_in(copied),
        f"A copy of the session cookie still works after POST {SIGN_OUT}: {answer.request} "
        f"answered {answer.status}, expected 401 or 403.",
    )
    sign_in(browser, member)
    expect(
        not is_signed_in(copied), "A copied cookie comes to life again when the member signs in."
    )


@check("auth", "Signing out ends this session only, and not other members'.")
def signing_out_spares_others(api: Api) -> None:
    browser = api.browser()
    sign_in(browser, _new_member(api))
    sign_out(browser)
    expect(is_signed_in(api.visitor), f"POST {SIGN_OUT} of one member signed another one out.")


@check("auth", "Signing out needs POST and its CSRF token.")
def signing_out_needs_its_token(api: Api) -> None:
    browsers = [api.browser(), api.browser()]
    for browser in browsers:
        sign_in(browser, _new_member(api))
    answer = browsers[0].look(SIGN_OUT).answer
    expect_status(answer, 404, 405, *REDIRECTS)
    expect(
        is_signed_in(browsers[0]),
        f"GET {SIGN_OUT} signs out: any link or picture could do that. Expected POST only.",
    )
    opened, other = (Opened(each, *sign_out_form(each)) for each in browsers)
    expect_token_needed(
        opened,
        other,
        {},
        what="for signing out",
        happened=lambda: not is_signed_in(opened.browser),
    )


@check(
    "auth",
    "A made-up or changed session cookie signs nobody in, and gives no 5xx.",
    tier="hardened",
)
def made_up_cookies_are_refused(api: Api) -> None:
    for name, value in list(api.visitor.cookies.items()):
        for text in ("x", value[:-1], value + "x", "a" * len(value), value[::-1], "=" * 5, "%00"):
            browser = api.browser()
            browser.cookies = {**api.visitor.cookies, name: text}
            before = dict(browser.cookies)
            signed_in = is_signed_in(browser)
            if name in _names_needed(api.visitor):
                expect(
                    not signed_in or before[name].startswith(value[:-1]),
                    f"The changed cookie {name} still signs in.",
                )


@check("auth", "Signing in answers the same for an unknown user and a wrong password.")
def unknown_users_are_not_told(api: Api) -> None:
    known, unknown = api.member.name, draw_member(api.samples).name
    answers = [
        send_account(api.browser(), SIGN_IN, name, "a-wrong-password-5").answer
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
def unknown_users_are_not_timed(api: Api) -> None:
    ratio = 0.0
    for _ in range(_ROUNDS):
        times: tuple[list[float], list[float]] = ([], [])
        browser = api.browser()
        visit = browser.open(SIGN_IN)
        form = account_form(visit)
        for _ in range(_TIMES):
            names = (api.member.name, draw_member(api.samples).name)
            for taken, name in zip(times, names, strict=True):
                began = time.perf_counter()
                browser.post(visit, form, account_values(form, name, "a-wrong-password-5"))
                taken.append(time.perf_counter() - began)
        ratio = median(times[1]) / median(times[0])
        if _FASTER < ratio < 1 / _FASTER:
            return
    raise Failure(
        f"POST {SIGN_IN} takes {ratio:.1f} times as long for an unknown user as for a wrong "
        "password: that tells who is a member. Hash a password in both cases.",
        step=f"POST {SIGN_IN}",
    )


@check("auth", "Members stay signed in after a restart.")
def sessions_survive_a_restart(api: Api) -> None:
    _ = api.member
    api.restart()
    mark = api.samples.mark()
    expect_status(api.post(BOOKS, api.samples.book(title=mark)), 201)
    expect(len(find_books(api, mark)) == 1, "A book added after a restart is not there.")
    open_page(api.visitor, LIST)


def _new_member(api: Api) -> Member:
    member = draw_member(api.samples)
    sign_up(api.browser(), member)
    return member


def _session_cookies(
    api: Api, browser: Browser, member: Member
) -> list[tuple[str, dict[str, str]]]:
    """Sign in, and return the cookies set by that without which one is signed out."""
    visit = browser.open(SIGN_IN)
    form = account_form(visit)
    answer = browser.post(visit, form, account_values(form, member.name, member.password))
    parsed = [found for text in answer.cookies if (found := parse_cookie(text))]
    needed = _names_needed(browser)
    found = [(name, attributes) for name, value, attributes in parsed if name in needed and value]
    expect(bool(found), f"POST {SIGN_IN} sets no cookie that keeps the member signed in.")
    return found


def _names_needed(browser: Browser) -> list[str]:
    needed: list[str] = []
    for name in browser.cookies:
        without = browser.thief()
        del without.cookies[name]
        if not is_signed_in(without):
            needed.append(name)
    return needed


def _without_tokens(text: str) -> str:
    page = read_document(text)
    for form in page.forms:
        for name in form.tokens:
            text = text.replace(form.values[name], "TOKEN")
    return text.replace(page.csrf_token or "TOKEN", "TOKEN")
