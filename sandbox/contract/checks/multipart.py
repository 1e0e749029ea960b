"""Checks of every form: parts that a browser would not send."""

from sandbox.contract.app import Person
from sandbox.contract.browser import Opened, Part, encoded
from sandbox.contract.check import check
from sandbox.contract.checks.moderation import edit_page, enter
from sandbox.contract.expect import expect_no_crash
from sandbox.contract.members import SIGN_IN, SIGN_UP
from sandbox.contract.transport import Body

ORDER = 225

_SENTENCE = "a file for a text, a part twice, without a name or not ended never gives a 5xx."


@check("pages", f"In the form for a book {_SENTENCE}", tier="hardened")
def odd_parts_of_a_book_never_crash(me: Person) -> None:
    _send_odd_parts(me.open_book_form())


@check("auth", f"In the forms for signing up, in and out {_SENTENCE}", tier="hardened")
def odd_parts_of_an_account_never_crash(me: Person) -> None:
    for path in (SIGN_UP, SIGN_IN):
        _send_odd_parts(me.app.visitor().open_account_form(path))
    _send_odd_parts(me.app.new_member().sign_out_form())


@check("auth", f"In the form for a review {_SENTENCE}", tier="hardened")
def odd_parts_of_a_review_never_crash(me: Person) -> None:
    visit = me.open_page(me.make_book().page)
    _send_odd_parts(Opened(me, visit, visit.form("rating", "text")))


@check("admin", f"In the admin's form for a review {_SENTENCE}", tier="hardened")
def odd_parts_of_the_admin_never_crash(me: Person) -> None:
    staff = enter(me)
    visit = edit_page(staff, me.make_review(me.make_book()))
    _send_odd_parts(Opened(staff, visit, visit.form("hidden")))


def _send_odd_parts(opened: Opened) -> None:
    form = opened.form
    shown = [each.name for each in form.fields if each.name not in form.hidden]
    tokens: list[Part] = [(name, (None, value)) for name, value in form.hidden.items()]
    whole: list[Part] = [(name, (None, form.values.get(name) or "x")) for name in shown]
    for name in shown or [*form.hidden]:
        others = [each for each in whole if each[0] != name]
        file: Part = (name, ("a.bin", b"\x00\xff\xfe"))
        for parts in ([file, *others, *tokens], [file, *whole, *tokens], [*whole * 2, *tokens]):
            _send(opened, encoded(parts))
    good = encoded([*tokens, *whole])
    for old, new in (
        (b'; name="', b'; nome="'),
        (b"Content-Disposition", b"Content-Odd"),
        (b"--\r\n", b""),
        (b"\r\n\r\n", b"\r\n"),
    ):
        _send(opened, Body(good.content.replace(old, new), good.content_type))


def _send(opened: Opened, body: Body) -> None:
    expect_no_crash(opened.browser.send_body(opened.visit, opened.form, body))
