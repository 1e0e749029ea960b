"""Checks of `routes`: searching books with q."""

from __future__ import annotations

from sandbox.contract.api import Api
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_no_crash, expect_status
from sandbox.contract.shelf import BOOKS, all_books, find_books, list_books, make_book

_LITERALS = ("%", "_", "\\", "'", '"', "*", "?", "[", "%%", "__", "a%", "_a", "100%", "\\%", "--")
_ODD_QUERIES = ("%00", "a%00b", "%ff", "%ed%a0%80", "%F0%9F%93%9A", "%", "%zz", "+", "x" * 4000)


@check("routes", "q is found in the title.")
def q_finds_titles(api: Api) -> None:
    _stock_books(api)
    for word in _words(api, of="title"):
        _expect_found(api, word)


@check("routes", "q is found in the author.")
def q_finds_authors(api: Api) -> None:
    _stock_books(api)
    for word in _words(api, of="author"):
        _expect_found(api, word)


@check("routes", "q is found in any case, ASCII at least.")
def q_is_found_in_any_case(api: Api) -> None:
    _stock_books(api)
    for word in (*_words(api, of="title"), *_words(api, of="author")):
        _expect_found(api, word.upper())
        _expect_found(api, word.lower())
        _expect_found(api, word.swapcase())


@check("routes", "q may be a part of a word.")
def q_finds_parts_of_words(api: Api) -> None:
    _stock_books(api)
    for word in _words(api, of="title"):
        _expect_found(api, word[1:-1])


@check("routes", "q is found literally: % and _ are text.")
def q_is_literal(api: Api) -> None:
    _stock_books(api)
    for text in _LITERALS:
        _expect_found(api, text)


@check("routes", "total counts what q finds, not the page.")
def total_counts_what_q_finds(api: Api) -> None:
    _stock_books(api)
    found = _expected(api, "e")
    page = list_books(api, q="e", limit=1)
    expect(
        page.total == len(found),
        f"GET {BOOKS}?q=e&limit=1 says total {page.total}: expected {len(found)}, all found.",
    )


@check("routes", "q that is in no book finds nothing.")
def q_may_find_nothing(api: Api) -> None:
    word = api.samples.word(20)
    page = list_books(api, q=word)
    expect(
        page.total == 0 and not page.items,
        f"GET {BOOKS}?q={word} finds {page.total} books: expected none.",
    )


@check("routes", "An empty q leaves nothing out.")
def empty_q_finds_everything(api: Api) -> None:
    _stock_books(api)
    total = list_books(api).total
    found = list_books(api, q="").total
    expect(found == total, f"GET {BOOKS}?q= finds {found} books: expected all {total}.")


@check("routes", "Any Unicode text can be searched for.")
def q_may_be_unicode(api: Api) -> None:
    if "validation" not in api.features:
        expect_status(api.get(BOOKS, {"q": "مرحبا 📚 e\u0301 Ω"}), 200)
        return
    mark = api.samples.mark()
    book = make_book(api, title=f"{mark} مرحبا 📚 e\u0301 Ω")
    for text in ("📚", "مرحبا", "e\u0301", "Ω"):
        found = find_books(api, text)
        expect(book in found, f"GET {BOOKS}?q={text} does not find the book {book.title!r}.")


@check("routes", "No input whatever gives a 5xx: odd searches.", tier="hardened")
def odd_searches_never_crash(api: Api) -> None:
    for text in _ODD_QUERIES:
        expect_no_crash(api.get(f"{BOOKS}?q={text}"))


def _stock_books(api: Api) -> None:
    if "validation" in api.features:
        for title in ("Éa 100%_b", "plain e", "back\\slash 'x' \"y\"", "a_a-- *?[x]"):
            mark = api.samples.mark()
            make_book(api, title=f"{title} {mark}", author=f"Ann_e {api.samples.mark()}%")


def _words(api: Api, *, of: str) -> list[str]:
    texts = [str(getattr(book, of)) for book in all_books(api)]
    words = [word for text in texts for word in text.split() if word.isascii() and len(word) > 3]
    expect(bool(words), f"GET {BOOKS} lists no book whose {of} could be searched for.")
    return [words[0], words[-1], api.samples.random.choice(words)]


def _expected(api: Api, text: str) -> set[int]:
    wanted = text.lower()
    return {
        book.id
        for book in all_books(api)
        if wanted in book.title.lower() or wanted in book.author.lower()
    }


def _expect_found(api: Api, text: str) -> None:
    expected = _expected(api, text)
    found = {book.id for book in find_books(api, text)}
    expect(
        found == expected,
        f"GET {BOOKS}?q={text} finds {len(found)} books: expected the {len(expected)} that have "
        f"{text!r} in title or author"
        + (f"; wrong: {sorted(found - expected)[:3]}" if found - expected else "")
        + (f"; missing: {sorted(expected - found)[:3]}" if expected - found else "")
        + ".",
    )
