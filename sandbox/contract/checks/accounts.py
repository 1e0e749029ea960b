"""Checks of `auth`: signing up, its rules, and what its errors say."""

import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from sandbox.contract.answer import Answer, excerpt
from sandbox.contract.app import Person
from sandbox.contract.browser import Opened, Visit
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_no_crash
from sandbox.contract.failure import Failure
from sandbox.contract.members import SIGN_IN, SIGN_UP, account_form, account_values
from sandbox.contract.samples import Member
from sandbox.contract.site import FORM_AGAIN, expect_token_needed, new_words
from sandbox.contract.transport import Body

ORDER = 190

SHORTEST_PASSWORD = 8
LONGEST_NAME = 150


@check("auth", "Signing up makes a member, who can sign in.")
def members_can_sign_in(me: Person) -> None:
    member = me.samples.member()
    me.app.visitor().sign_up(member)
    me.app.visitor().sign_in(member)


@check("auth", "A wrong password signs nobody in.")
def wrong_passwords_are_refused(me: Person) -> None:
    member = me.member()
    for name, password in (
        (member.name, member.password + "x"),
        (member.name, member.password[:-1]),
        (member.name, member.password.upper()),
        (member.name, ""),
        ("", member.password),
        (member.name + "x", member.password),
    ):
        browser = me.app.visitor()
        visit = browser.send_account(SIGN_IN, name, password)
        expect_no_crash(visit.answer)
        expect(
            not browser.is_signed_in(),
            f"POST {SIGN_IN} with a wrong name or password signed the visitor in.",
        )


@check("auth", "A username has 1 to 150 letters, digits and .@+-_.")
def usernames_have_letters_digits_and_signs(me: Person) -> None:
    start = me.samples.tag
    long = start + me.samples.word(LONGEST_NAME - len(start))
    for name in (f"{start}.@+-_{me.samples.word(3)}", f"Z9{start}{me.samples.word(4)}", long):
        me.app.visitor().sign_up(Member(name, me.samples.member().password))


@check("auth", "Any other username is refused.")
def other_usernames_are_refused(me: Person) -> None:
    word = me.samples.tag + me.samples.word(4)
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
        _expect_refused(me, name, me.samples.member().password, "username")


@check("auth", "A username that is taken is refused.")
def taken_usernames_are_refused(me: Person) -> None:
    _expect_refused(me, me.member().name, me.samples.member().password, "username")
    me.app.visitor().sign_in(me.member())


@check("auth", "Two sign-ups with one username at once: one member, no 5xx.", tier="hardened")
def one_username_signs_up_once(me: Person) -> None:
    for _ in range(4):
        member = me.samples.member()
        opened = [me.app.visitor().open_account_form(SIGN_UP) for _ in range(2)]
        passwords = [f"{member.password}-{number}" for number in range(2)]

        def send(number: int, opened: list[Opened] = opened, member: Member = member) -> Answer:
            each = opened[number]
            password = f"{member.password}-{number}"
            values = account_values(each.form, member.name, password)
            return expect_no_crash(each.browser.send_form(each.visit, each.form, values))

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(send, range(2)))
        browsers = [me.app.visitor() for _ in passwords]
        for browser, password in zip(browsers, passwords, strict=True):
            browser.send_account(SIGN_IN, member.name, password)
        count = sum(browser.is_signed_in() for browser in browsers)
        expect(count == 1, f"Two sign-ups with one name at once made {count} members.")


@check("auth", "A password has 8 characters at least.")
def passwords_have_eight_characters(me: Person) -> None:
    name = me.samples.member().name
    password = me.samples.word(SHORTEST_PASSWORD - 3) + "-48"
    for short in (password[:-1], password[:3], ""):
        _expect_refused(me, name, short, "password")
    me.app.visitor().sign_up(Member(name, password))


@check("auth", "Passwords are taken as typed: blanks, any characters, and any case.")
def passwords_are_taken_as_typed(me: Person) -> None:
    texts = ("Grüße 📚 {} now", 'a "quoted" <b>{}</b> one', "{}" + "x" * 58, " blanks {} around ")
    for text in texts:
        member = Member(me.samples.member().name, text.format(me.samples.word(6)))
        me.app.visitor().sign_up(member)
        me.app.visitor().sign_in(member)


@check("auth", "A wrong value shows the form again, with the error beside its field.")
def errors_of_accounts_stand_beside_their_fields(me: Person) -> None:
    fresh = me.app.visitor().open_account_form(SIGN_UP).visit
    visit = _send(me, me.member().name, me.samples.member().password)
    words = new_words(visit.page.nearby("username"), fresh.page.nearby("username"))
    expect(len(words) >= 2, f"POST {SIGN_UP} with a name that is taken shows no error at username.")
    field = account_form(visit).field("username")
    expect(
        field is not None and field.value == me.member().name,
        f"POST {SIGN_UP} with an error forgets the username that was typed.",
    )


@check("auth", "No answer ever repeats a password.")
def passwords_are_never_echoed(me: Person) -> None:
    secret = f"zq{me.samples.word(9)}-77"
    visits = [
        _send(me, "not allowed!", secret),
        _send(me, me.member().name, secret),
        me.app.visitor().send_account(SIGN_IN, me.member().name, secret),
        me.app.visitor().send_account(SIGN_IN, f"{me.samples.mark()}", secret),
    ]
    short = f"zq{me.samples.word(3)}7"
    visits.append(_send(me, me.samples.member().name, short))
    for visit, password in zip(visits, (*[secret] * 4, short), strict=True):
        expect(
            password not in visit.answer.text,
            f"{visit.path} comes back with the password in it: leave the field empty.",
        )
    answers = [
        me.app.visitor().post(path, {"username": "a b", "password": secret})
        for path in (SIGN_UP, SIGN_IN)
    ]
    for answer in answers:
        expect_no_crash(answer)
        expect(secret not in answer.text, f"POST {answer.step} answers with the password in it.")


@check("auth", "Signing up needs its CSRF token: 403 or 400 without.")
def signing_up_needs_its_token(me: Person) -> None:
    member = me.samples.member()
    opened = me.app.visitor().open_account_form(SIGN_UP)
    expect_token_needed(
        opened,
        me.app.visitor().open_account_form(SIGN_UP),
        account_values(opened.form, member.name, member.password),
        what="for signing up",
        happened=lambda: _exists(me, member),
    )


@check("auth", "Signing in needs its CSRF token: 403 or 400 without.")
def signing_in_needs_its_token(me: Person) -> None:
    visitor = me.app.visitor()
    opened = visitor.open_account_form(SIGN_IN)
    expect_token_needed(
        opened,
        me.app.visitor().open_account_form(SIGN_IN),
        account_values(opened.form, me.member().name, me.member().password),
        what="for signing in",
        happened=visitor.is_signed_in,
    )


@check("auth", "No input whatever gives a 5xx: odd accounts.", tier="hardened")
def odd_accounts_never_crash(me: Person) -> None:
    for path in (SIGN_UP, SIGN_IN):
        opened = me.app.visitor().open_account_form(path)
        for text in ("\x00", "a\x00b", "x" * 20_000, "\ufeff", "%s", "' OR 1=1 --"):
            values = account_values(opened.form, text, text)
            expect_no_crash(opened.post(values))
        token = urlencode(opened.form.values).encode()
        for content, kind in (
            (token + b"&username=%ff&password=%ed%a0%80", "application/x-www-form-urlencoded"),
            (b"", "application/x-www-form-urlencoded"),
            (b"broken", "multipart/form-data; boundary=x"),
            (json.dumps({"username": 5, "password": []}).encode(), "application/json"),
        ):
            expect_no_crash(opened.browser.request("POST", path, body=Body(content, kind)))


def _send(me: Person, name: str, password: str) -> Visit:
    opened = me.app.visitor().open_account_form(SIGN_UP)
    values = account_values(opened.form, name, password)
    answer = opened.post(values)
    if answer.status not in FORM_AGAIN:
        raise Failure(
            f"POST {SIGN_UP} with the username {excerpt(name, 60)!r} and a password of "
            f"{len(password)} characters answered {answer.status}: expected the form again.",
            step=answer.step,
        )
    return opened.browser.read(answer, SIGN_UP)


def _expect_refused(me: Person, name: str, password: str, field: str) -> None:
    fresh = me.app.visitor().open_account_form(SIGN_UP).visit
    visit = _send(me, name, password)
    names = [each.name for each in account_form(visit).fields]
    around = [other for other in names if other.startswith(field)]
    words = [
        word
        for other in around
        for word in new_words(visit.page.nearby(other), fresh.page.nearby(other))
    ]
    expect(len(words) >= 2, f"POST {SIGN_UP} refuses the {field} and does not say why beside it.")


def _exists(me: Person, member: Member) -> bool:
    browser = me.app.visitor()
    browser.send_account(SIGN_IN, member.name, member.password)
    return browser.is_signed_in()
