"""Checks of `routes`: searching books with q."""

from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.expect import expect, expect_no_crash, expect_status
from sandbox.contract.shelf import BOOKS

ORDER = 50

_LITERALS = ("%", "_", "\\", "'", '"', "*", "?", "[", "%%", "__", "a%", "_a", "100%", "\\%", "--")
_ODD_QUERIES = ("%00", "a%00b", "%ff", "%ed%a0%80", "%F0%9F%93%9A", "%", "%zz", "+", "x" * 4000)


@check("routes", "q is found in the title.")
def q_finds_titles(me: Person) -> None:
    _stock_books(me)
    for word in _words(me, of="title"):
        _expect_found(me, word)


@check("routes", "q is found in the author.")
def q_finds_authors(me: Person) -> None:
    _stock_books(me)
    for word in _words(me, of="author"):
        _expect_found(me, word)


@check("routes", "q is found in any case, ASCII at least.")
def q_is_found_in_any_case(me: Person) -> None:
    _stock_books(me)
    for word in (*_words(me, of="title"), *_words(me, of="author")):
        _expect_found(me, word.upper())
        _expect_found(me, word.lower())
        _expect_found(me, word.swapcase())


@check("routes", "q may be a part of a word.")
def q_finds_parts_of_words(me: Person) -> None:
    _stock_books(me)
    for word in _words(me, of="title"):
        _expect_found(me, word[1:-1])


@check("routes", "q is found literally: % and _ are text.")
def q_is_literal(me: Person) -> None:
    _stock_books(me)
    for text in _LITERALS:
        _expect_found(me, text)


@check("routes", "total counts what q finds, not the page.")
def total_counts_what_q_finds(me: Person) -> None:
    _stock_books(me)
    found = _expected(me, "e")
    page = me.list_books(q="e", limit=1)
    expect(
        page.total == len(found),
        f"GET {BOOKS}?q=e&limit=1 says total {page.total}: expected {len(found)}, all found.",
    )


@check("routes", "q that is in no book finds nothing.")
def q_may_find_nothing(me: Person) -> None:
    word = me.samples.word(20)
    page = me.list_books(q=word)
    expect(
        page.total == 0 and not page.items,
        f"GET {BOOKS}?q={word} finds {page.total} books: expected none.",
    )


@check("routes", "An empty q leaves nothing out.")
def empty_q_finds_everything(me: Person) -> None:
    _stock_books(me)
    total = me.list_books().total
    found = me.list_books(q="").total
    expect(found == total, f"GET {BOOKS}?q= finds {found} books: expected all {total}.")


@check("routes", "Any Unicode text can be searched for.")
def q_may_be_unicode(me: Person) -> None:
    if "validation" not in me.app.features:
        expect_status(me.get(BOOKS, {"q": "مرحبا 📚 e\u0301 Ω"}), 200)
        return
    mark = me.samples.mark()
    book = me.make_book(title=f"{mark} مرحبا 📚 e\u0301 Ω")
    for text in ("📚", "مرحبا", "e\u0301", "Ω"):
        found = me.find_books(text)
        expect(book in found, f"GET {BOOKS}?q={text} does not find the book {book.title!r}.")


@check("routes", "No input whatever gives a 5xx: odd searches.", tier="hardened")
def odd_searches_never_crash(me: Person) -> None:
    for text in _ODD_QUERIES:
        expect_no_crash(me.get(f"{BOOKS}?q={text}"))


def _stock_books(me: Person) -> None:
    if "validation" in me.app.features:
        for title in ("Éa 100%_b", "plain e", "back\\slash 'x' \"y\"", "a_a-- *?[x]"):
            mark = me.samples.mark()
            me.make_book(title=f"{title} {mark}", author=f"Ann_e {me.samples.mark()}%")


def _words(me: Person, *, of: str) -> list[str]:
    texts = [str(getattr(book, of)) for book in me.all_books()]
    words = [word for text in texts for word in text.split() if word.isascii() and len(word) > 3]
    expect(bool(words), f"GET {BOOKS} lists no book whose {of} could be searched for.")
    return [words[0], words[-1], me.samples.random.choice(words)]


def _expected(me: Person, text: str) -> set[int]:
    wanted = text.lower()
    return {
        book.id
        for book in me.all_books()
        if wanted in book.title.lower() or wanted in book.author.lower()
    }


def _expect_found(me: Person, text: str) -> None:
    expected = _expected(me, text)
    found = {book.id for book in me.find_books(text)}
    expect(
        found == expected,
        f"GET {BOOKS}?q={text} finds {len(found)} books: expected the {len(expected)} that have "
        f"{text!r} in title or author"
        + (f"; wrong: {sorted(found - expected)[:3]}" if found - expected else "")
        + (f"; missing: {sorted(expected - found)[:3]}" if expected - found else "")
        + ".",
    )
