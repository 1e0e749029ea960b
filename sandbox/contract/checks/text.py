"""Checks of `validation`: what happens to the characters of a text."""

from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_no_crash, expect_status
from sandbox.contract.shelf import BOOKS

ORDER = 90

_TEXTS = (
    "Grüße, Œuvre, naïveté",
    "日本語の本、한국어, 中文",
    "مرحبا بالعالم \u200fשלום\u200e",
    "👩\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈 📚",
    "e\u0301 is not \u00e9, A\u030a is not \u00c5",
    "<b>bold</b> & \"quoted\" 'text' \\ / {{ 7 * 7 }} %s %(x)s",
    "\u200bzero\u200dwidth\ufeff",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \U0010fffd \ue000 \u2028 \ufffd",
)
_SURROGATES = [r'"\ud800"', r'"x\udfffx"', r'"\udc00\ud800"', r'"\ud83d"']
_NULLS = [r'"\u0000"', r'"a\u0000b"', r'"\u0000\u0000x"']


@check("validation", "Texts are stripped.")
def texts_are_stripped(me: Person) -> None:
    mark = me.samples.mark()
    book = me.make_book(title=f" \t{mark}  in  the middle \n", author=f"\n {mark} ")
    expect(
        book.title == f"{mark}  in  the middle" and book.author == mark,
        f"POST {BOOKS} with blanks around the texts answered {book.title!r} and {book.author!r}: "
        "expected them without, and the blanks inside kept.",
    )


@check("validation", "Any Unicode text survives a round trip.")
def unicode_survives(me: Person) -> None:
    for text in _TEXTS:
        _expect_round_trip(me, f"{text}.")


@check(
    "validation",
    "Any Unicode text without control characters survives: random characters.",
    tier="hardened",
)
def random_unicode_survives(me: Person) -> None:
    for _ in range(8):
        _expect_round_trip(me, me.samples.unicode_text(60))


@check("validation", "Unicode may come as UTF-8 or escaped; both mean the same.")
def plain_utf8_is_read_too(me: Person) -> None:
    mark = me.samples.mark()
    for written in ("é📚", r"\u00e9\ud83d\udcda"):
        answer = me.send_json("POST", BOOKS, f'{{"title": "{written}", "author": "{mark}"}}')
        book = me.book_in(expect_status(answer, 201))
        expect(book.title == "é📚", f"{answer.request} answered the title {book.title!r}.")


@check("validation", r"\u0000 may be refused with 4xx, never 5xx.", tier="hardened")
def null_characters_never_crash(me: Person) -> None:
    _expect_no_crash(me, _NULLS)


@check("validation", "Lone surrogates may be refused with 4xx, never 5xx.", tier="hardened")
def lone_surrogates_never_crash(me: Person) -> None:
    _expect_no_crash(me, _SURROGATES)


def _expect_round_trip(me: Person, text: str) -> None:
    author = f"{me.samples.mark()} {text}"
    book = me.make_book(title=text, author=author)
    read = me.read_book(book.id)
    for came, sent in (
        (book.title, text),
        (book.author, author),
        (read.title, text),
        (read.author, author),
    ):
        expect(came == sent, f"The text {sent!r} came back as {came!r}: expected it unchanged.")


def _expect_no_crash(me: Person, literals: list[str]) -> None:
    mark = me.samples.mark()
    for literal in literals:
        for body in (
            f'{{"title": {literal}, "author": "{mark}"}}',
            f'{{"title": "{mark}", "author": {literal}}}',
            f'{{"title": "{mark}", "author": "{mark}", "isbn": {literal}}}',
            f'{{"title": "{mark}", "author": "{mark}", "year": {literal}}}',
            f'{{"title": "{mark}", "author": "{mark}", {literal}: 1}}',
        ):
            answer = me.send_json("POST", BOOKS, body)
            expect_no_crash(answer)
            expect_status(answer, 201, 400, 409, 422)
            if answer.status == 201:
                me.read_book(me.book_in(answer).id)
    # What was taken must not break the list for everybody else.
    me.find_books(mark)
    me.list_books()
