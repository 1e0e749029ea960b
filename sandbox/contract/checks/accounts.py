"""Checks of `auth`: signing up, its rules, and what its errors say."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from sandbox.contract.answer import Answer, excerpt
from sandbox.contract.api import Api
from sandbox.contract.browser import Browser, Visit
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_no_crash
from sandbox.contract.failure import Failure
from sandbox.contract.members import (
    SIGN_IN,
    SIGN_UP,
    Member,
    account_form,
    account_values,
    draw_member,
    is_signed_in,
    send_account,
    sign_in,
    sign_up,
)
from sandbox.contract.site import FORM_AGAIN, Opened, expect_token_needed, nearby, new_words
from sandbox.contract.transport import Body

SHORTEST_PASSWORD = 8
LONGEST_NAME = 150


@check("auth", "Signing up makes a member, who can sign in.")
def members_can_sign_in(api: Api) -> None:
    member = draw_member(api.samples)
    sign_up(api.browser(), member)
    sign_in(api.browser(), member)


@check("auth", "A wrong password signs nobody in.")
def wrong_passwords_are_refused(api: Api) -> None:
    member = api.member
    for name, password in (
        (member.name, member.password + "x"),
        (member.name, member.password[:-1]),
        (member.name, member.password.upper()),
        (member.name, ""),
        ("", member.password),
        (member.name + "x", member.password),
    ):
        browser = api.browser()
        visit = send_account(browser, SIGN_IN, name, password)
        expect_no_crash(visit.answer)
        expect(
            not is_signed_in(browser),
            f"POST {SIGN_IN} with a wrong name or password signed the visitor in.",
        )


@check("auth", "A username has 1 to 150 letters, digits and .@+-_.")
def usernames_have_letters_digits_and_signs(api: Api) -> None:
    start = api.samples.tag
    long = start + api.samples.word(LONGEST_NAME - len(start))
    for name in (f"{start}.@+-_{api.samples.word(3)}", f"Z9{start}{api.samples.word(4)}", long):
        sign_up(api.browser(), Member(name, draw_member(api.samples).password))


@check("auth", "Any other username is refused.")
def other_usernames_are_refused(api: Api) -> None:
    word = api.samples.tag + api.samples.word(4)
    long = word + "x" * (LONGEST_NAME + 1 - len(word))
    for name in (
        "",
        long,
        f"{word} x",
        f"<{word}>",
        f"{word}/x",
        f"{word}!",
        f"{word}'",
        f"{word}\N{PILE OF POO}",
        f"{word};x",
    ):
        _expect_refused(api, name, draw_member(api.samples).password, "username")


@check("auth", "A username that is taken is refused.")
def taken_usernames_are_refused(api: Api) -> None:
    _expect_refused(api, api.member.name, draw_member(api.samples).password, "username")
    sign_in(api.browser(), api.member)


@check("auth", "Two sign-ups with one username at once: one member, no 5xx.", tier="hardened")
def one_username_signs_up_once(api: Api) -> None:
    for _ in range(4):
        member = draw_member(api.samples)
        opened = [_open_form(api.browser(), SIGN_UP) for _ in range(2)]
        passwords = [f"{member.password}-{number}" for number in range(2)]

        def send(number: int, opened: list[Opened] = opened, member: Member = member) -> Answer:
            each = opened[number]
            password = f"{member.password}-{number}"
            values = account_values(each.form, member.name, password)
            return expect_no_crash(each.browser.post(each.visit, each.form, values))

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(send, range(2)))
        browsers = [api.browser() for _ in passwords]
        for browser, password in zip(browsers, passwords, strict=True):
            send_account(browser, SIGN_IN, member.name, password)
        count = sum(is_signed_in(browser) for browser in browsers)
        expect(count == 1, f"Two sign-ups with one name at once made {count} members.")


@check("auth", "A password has 8 characters at least.")
def passwords_have_eight_characters(api: Api) -> None:
    name = draw_member(api.samples).name
    password = api.samples.word(SHORTEST_PASSWORD - 3) + "-48"
    for short in (password[:-1], password[:3], ""):
        _expect_refused(api, name, short, "password")
    sign_up(api.browser(), Member(name, password))


@check("auth", "Passwords are taken as typed: blanks, any characters, and any case.")
def passwords_are_taken_as_typed(api: Api) -> None:
    for text in ("Grüße 📚 {} now", 'a "quoted" <b>{}</b> one', "{}" + "x" * 90):
        member = Member(draw_member(api.samples).name, text.format(api.samples.word(6)))
        sign_up(api.browser(), member)
        sign_in(api.browser(), member)


@check("auth", "A wrong value shows the form again, with the error beside its field.")
def errors_of_accounts_stand_beside_their_fields(api: Api) -> None:
    fresh = _open_form(api.browser(), SIGN_UP).visit
    visit = _send(api, api.member.name, draw_member(api.samples).password)
    words = new_words(nearby(visit, "username"), nearby(fresh, "username"))
    expect(len(words) >= 2, f"POST {SIGN_UP} with a name that is taken shows no error at username.")
    field = account_form(visit).field("username")
    expect(
        field is not None and field.value == api.member.name,
        f"POST {SIGN_UP} with an error forgets the username that was typed.",
    )


@check("auth", "No answer ever repeats a password.")
def passwords_are_never_echoed(api: Api) -> None:
    secret = f"zq{api.samples.word(9)}-77"
    visits = [
        _send(api, "not allowed!", secret),
        _send(api, api.member.name, secret),
        send_account(api.browser(), SIGN_IN, api.member.name, secret),
        send_account(api.browser(), SIGN_IN, f"{api.samples.mark()}", secret),
    ]
    short = f"zq{api.samples.word(3)}7"
    visits.append(_send(api, draw_member(api.samples).name, short))
    for visit, password in zip(visits, (*[secret] * 4, short), strict=True):
        expect(
            password not in visit.answer.text,
            f"{visit.path} comes back with the password in it: leave the field empty.",
        )
    answers = [
        api.stranger().post(path, {"username": "a b", "password": secret})
        for path in (SIGN_UP, SIGN_IN)
    ]
    for answer in answers:
        expect_no_crash(answer)
        expect(secret not in answer.text, f"POST {answer.step} answers with the password in it.")


@check("auth", "Signing up needs its CSRF token: 403 or 400 without.")
def signing_up_needs_its_token(api: Api) -> None:
    member = draw_member(api.samples)
    opened = _open_form(api.browser(), SIGN_UP)
    expect_token_needed(
        opened,
        _open_form(api.browser(), SIGN_UP),
        account_values(opened.form, member.name, member.password),
        what="for signing up",
        happened=lambda: _exists(api, member),
    )


@check("auth", "Signing in needs its CSRF token: 403 or 400 without.")
def signing_in_needs_its_token(api: Api) -> None:
    opened = _open_form(api.browser(), SIGN_IN)
    expect_token_needed(
        opened,
        _open_form(api.browser(), SIGN_IN),
        account_values(opened.form, api.member.name, api.member.password),
        what="for signing in",
        happened=lambda: is_signed_in(opened.browser),
    )


@check("auth", "No input whatever gives a 5xx: odd accounts.", tier="hardened")
def odd_accounts_never_crash(api: Api) -> None:
    for path in (SIGN_UP, SIGN_IN):
        opened = _open_form(api.browser(), path)
        for text in ("\x00", "a\x00b", "x" * 20_000, "\ufeff", "%s", "' OR 1=1 --"):
            values = account_values(opened.form, text, text)
            expect_no_crash(opened.browser.post(opened.visit, opened.form, values))
        token = urlencode(opened.form.values).encode()
        for content, kind in (
            (token + b"&username=%ff&password=%ed%a0%80", "application/x-www-form-urlencoded"),
            (b"", "application/x-www-form-urlencoded"),
            (b"broken", "multipart/form-data; boundary=x"),
            (json.dumps({"username": 5, "password": []}).encode(), "application/json"),
        ):
            expect_no_crash(opened.browser.send("POST", path, body=Body(content, kind)))


def _open_form(browser: Browser, path: str) -> Opened:
    visit = browser.open(path)
    return Opened(browser, visit, account_form(visit))


def _send(api: Api, name: str, password: str) -> Visit:
    opened = _open_form(api.browser(), SIGN_UP)
    values = account_values(opened.form, name, password)
    answer = opened.browser.post(opened.visit, opened.form, values)
    if answer.status not in FORM_AGAIN:
        raise Failure(
            f"POST {SIGN_UP} with the username {excerpt(name, 60)!r} and a password of "
            f"{len(password)} characters answered {answer.status}: expected the form again.",
            step=answer.step,
        )
    return opened.browser.read(answer, SIGN_UP)


def _expect_refused(api: Api, name: str, password: str, field: str) -> None:
    fresh = _open_form(api.browser(), SIGN_UP).visit
    visit = _send(api, name, password)
    names = [each.name for each in account_form(visit).fields]
    around = [other for other in names if other.startswith(field)]
    words = [
        word for other in around for word in new_words(nearby(visit, other), nearby(fresh, other))
    ]
    expect(len(words) >= 2, f"POST {SIGN_UP} refuses the {field} and does not say why beside it.")


def _exists(api: Api, member: Member) -> bool:
    browser = api.browser()
    send_account(browser, SIGN_IN, member.name, member.password)
    return is_signed_in(browser)
