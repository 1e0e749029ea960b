"""Checks of `jobs`: importing a list of books in the background."""

import time
from typing import Any

from sandbox.contract.app import Person
from sandbox.contract.check import check
from sandbox.contract.csv_import import (
    IMPORTS,
    Import,
    csv_of,
    import_books,
    import_path,
    patience_of,
    post_csv,
    read_import,
    wait_until_done,
)
from sandbox.contract.expect import (
    expect,
    expect_missing,
    expect_no_crash,
    expect_status,
    expect_wrong_method,
)
from sandbox.contract.listener import connect, request_head
from sandbox.contract.shelf import LARGEST_ID

ORDER = 270

_MANY = 300
_VERY_MANY = 1000


@check("jobs", "POST /api/imports answers 202 with Location, and is done after a while.")
def imports_are_done_after_a_while(me: Person) -> None:
    mark = me.samples.mark()
    rows = [me.samples.book(title=f"{mark} {number}") for number in range(3)]
    answer = expect_status(post_csv(me, csv_of(rows)), 202)
    path = import_path(me, answer)
    expect(
        path.rpartition("/")[0] == IMPORTS and path.rpartition("/")[2].isdigit(),
        f"POST {IMPORTS} answered the Location {path!r}: expected {IMPORTS}/{{id}}.",
    )
    done = wait_until_done(me, path)
    expect(done == Import("done", 3, 0, ()), f"An import of three good lines says “{done}”.")
    found = me.find_books(mark)
    came = [(book.title, book.author, book.isbn, book.year) for book in reversed(found)]
    sent = [(row["title"], row["author"], row["isbn"], row["year"]) for row in rows]
    expect(came == sent, f"An import of {sent} stored {came}: expected the lines, in order.")


@check("jobs", "isbn and year may be empty, and texts may be quoted.")
def imports_take_csv_as_it_is_written(me: Person) -> None:
    mark = me.samples.mark()
    text = (
        "title,author,isbn,year\r\n"
        f'"{mark} one, two","Ann ""A"" Lee",,\r\n'
        f"  {mark} Ünïcödé 📚 ,Öre,{me.samples.isbn()},-700\r\n"
    )
    done = import_books(me, text)
    expect(done.created == 2 and not done.errors, f"An import of two good lines says “{done}”.")
    titles = [(book.title, book.author, book.year) for book in me.find_books(mark)]
    expected = [(f"{mark} Ünïcödé 📚", "Öre", -700), (f"{mark} one, two", 'Ann "A" Lee', None)]
    expect(titles == expected, f"An import stored {titles}: expected {expected}.")


@check("jobs", "Bad lines do not stop good ones; errors name their lines, the header is line 1.")
def bad_lines_stop_nobody(me: Person) -> None:
    mark = me.samples.mark()
    good = [me.samples.book(title=f"{mark} {number}") for number in range(4)]
    bad: list[dict[str, Any]] = [
        me.samples.book(author=mark, title=""),
        me.samples.book(author=mark, isbn="9780441478126"),
        me.samples.book(author=mark, year="banana"),
        me.samples.book(author=mark, title="x" * 201),
        me.samples.book(author=mark, year=9999),
    ]
    done = import_books(me, csv_of([bad[0], good[0], bad[1], *good[1:3], *bad[2:], good[3]]))
    expect(
        done.created == 4 and done.skipped == 0 and done.lines == [2, 4, 7, 8, 9],
        f"Of ten lines after the header the lines 2, 4, 7, 8 and 9 are wrong; the import "
        f"answers created {done.created}, skipped {done.skipped}, errors in {done.lines}.",
    )
    for line, message in done.errors:
        expect(len(message.split()) >= 2, f"Line {line} has the error {message!r}: say what it is.")
    count = len(me.find_books(mark))
    expect(count == 4, f"{count} books are stored: expected the four good lines.")


@check("jobs", "Lines with too few or too many columns are errors, and stop nobody.")
def ragged_lines_stop_nobody(me: Person) -> None:
    mark = me.samples.mark()
    text = (
        f"title,author,isbn,year\n{mark} 1\n{mark} 2,A,,1999\n{mark} 3,A,,1999,x,y\n{mark} 4,A,,\n"
    )
    done = import_books(me, text)
    titles = {book.title for book in me.find_books(mark)}
    expect(
        {f"{mark} 2", f"{mark} 4"} <= titles and f"{mark} 1" not in titles and 2 in done.lines,
        f"An import with a line of one column stored {sorted(titles)} and says “{done}”.",
    )


@check("jobs", "ISBNs already there are skipped, also those from earlier in the file.")
def known_isbns_are_skipped(me: Person) -> None:
    mark = me.samples.mark()
    there = me.make_book()
    twice = me.samples.isbn()
    rows = [
        me.samples.book(title=f"{mark} 1", isbn=there.isbn),
        me.samples.book(title=f"{mark} 2", isbn=twice),
        me.samples.book(title=f"{mark} 3", isbn=twice),
        me.samples.book(title=f"{mark} 4"),
    ]
    done = import_books(me, csv_of(rows))
    expect(
        done == Import("done", 2, 2, ()),
        f"Of four lines two have an ISBN that is there already; the import says “{done}”: "
        "expected created 2, skipped 2 and no errors.",
    )
    titles = sorted(book.title for book in me.find_books(mark))
    expect(titles == [f"{mark} 2", f"{mark} 4"], f"The import stored {titles}.")
    again = import_books(me, csv_of(rows))
    expect(again == Import("done", 0, 4, ()), f"The same import once more says “{again}”.")


@check("jobs", "The answer comes before the work is done; the status goes from queued to done.")
def the_answer_does_not_wait(me: Person) -> None:
    author = me.samples.mark()
    one = csv_of([me.samples.book(author=author)])
    rows = [me.samples.book(author=author) for _ in range(_MANY)]
    began = time.monotonic()
    small = import_path(me, expect_status(post_csv(me, one), 202))
    small_seconds = time.monotonic() - began
    wait_until_done(me, small)
    began = time.monotonic()
    path = import_path(me, expect_status(post_csv(me, csv_of(rows)), 202))
    seconds = time.monotonic() - began
    first = read_import(me, path)
    began = time.monotonic()
    expect_status(me.get("/health"), 200)
    done = wait_until_done(me, path)
    expect(done == Import("done", _MANY, 0, ()), f"An import of {_MANY} books says “{done}”.")
    expect(
        first.status != "done" or seconds < 5 * small_seconds + 0.25 * me.app.slack,
        f"POST {IMPORTS} with {_MANY} lines took {seconds:.1f} s and was done then: the answer "
        "should not wait for the work.",
    )
    total = me.list_books(q=author).total
    expect(total == _MANY + 1, f"{total} books are stored: expected {_MANY + 1}.")


@check("jobs", "An import goes on when the client leaves.")
def imports_go_on_without_the_client(me: Person) -> None:
    mark = me.samples.mark()
    rows = [me.samples.book(author=mark) for _ in range(40)]
    content = csv_of(rows).encode()
    headers = {
        "Content-Type": "text/csv",
        "Content-Length": str(len(content)),
        **me.token_header("POST", IMPORTS),
        **me.cookie_header,
    }
    with connect(me.base_url) as connection:
        connection.sendall(request_head(me.base_url, "POST", IMPORTS, headers) + content)
        # Reads no more than that the app has begun to answer.
        connection.recv(12)
    deadline = time.monotonic() + patience_of(me)
    while (count := me.list_books(q=mark).total) < len(rows) and time.monotonic() < deadline:
        time.sleep(0.1)
    expect(
        count == len(rows),
        f"The client left at once, and {count} of {len(rows)} books were imported.",
    )


@check("jobs", "Several imports at once are all done.")
def several_imports_are_all_done(me: Person) -> None:
    mark = me.samples.mark()
    paths = [
        import_path(me, expect_status(post_csv(me, csv_of(rows)), 202))
        for rows in ([me.samples.book(author=mark) for _ in range(20)] for _ in range(4))
    ]
    for path in paths:
        done = wait_until_done(me, path)
        expect(done == Import("done", 20, 0, ()), f"One of four imports at once says “{done}”.")
    expect(me.list_books(q=mark).total == 80, "Four imports of 20 books did not store 80.")


@check("jobs", "An import can be read after a restart.")
def imports_survive_a_restart(me: Person) -> None:
    answer = expect_status(post_csv(me, csv_of([me.samples.book(), {"title": ""}])), 202)
    path = import_path(me, answer)
    done = wait_until_done(me, path)
    me.app.restart()
    expect(read_import(me, path) == done, f"After a restart GET {path} answers something else.")


@check("jobs", "While an import runs, what others read and write is answered.", tier="hardened")
def imports_hold_nobody_up(me: Person) -> None:
    path = import_path(me, expect_status(post_csv(me, csv_of(_books(me, _VERY_MANY))), 202))
    for _ in range(10):
        me.read_book(me.make_book().id)
    wait_until_done(me, path)


@check(
    "jobs",
    "An import that a stop cuts off is done when the app is back: all of it, or an error says so.",
    tier="hardened",
)
def cut_off_imports_say_so(me: Person) -> None:
    path = import_path(me, expect_status(post_csv(me, csv_of(_books(me, _VERY_MANY))), 202))
    me.app.restart()
    done = wait_until_done(me, path)
    expect(
        done.created + done.skipped == _VERY_MANY or bool(done.errors),
        f"The app was stopped during an import of {_VERY_MANY} lines and says “{done}” now.",
    )


def _books(me: Person, count: int) -> list[dict[str, Any]]:
    author = me.samples.mark()
    return [me.samples.book(author=author) for _ in range(count)]


@check("jobs", "A missing import: 404 with a sentence in detail.")
def a_missing_import_is_404(me: Person) -> None:
    for number in (999_999_937, LARGEST_ID):
        expect_missing(me.get(f"{IMPORTS}/{number}"))


@check("jobs", "Another content type than text/csv: 400, 415 or 422.")
def other_content_types_are_refused(me: Person) -> None:
    mark = me.samples.mark()
    text = csv_of([me.samples.book(title=mark)])
    for kind in ("application/json", "text/html", "application/x-www-form-urlencoded", "image/png"):
        answer = me.send("POST", IMPORTS, body=text, content_type=kind)
        expect_status(answer, 400, 415, 422)
    expect_status(post_csv(me, text, kind="text/csv; charset=utf-8"), 202)


@check("jobs", "An empty file: 400 or 422; without the header nothing is stored.")
def files_without_header_are_refused(me: Person) -> None:
    mark = me.samples.mark()
    expect_status(post_csv(me, ""), 400, 422)
    for text in (f"{mark},Ann,,1999\n" * 2, "name,price\nx,5\n", f'"{mark}"\n', "\x00"):
        answer = expect_status(post_csv(me, text), 202, 400, 422)
        if answer.status == 202:
            wait_until_done(me, import_path(me, answer))
    expect(not me.find_books(mark), f"POST {IMPORTS} without header stored a book.")


@check("jobs", "A file that is not UTF-8: 400, 415 or 422.", tier="hardened")
def other_encodings_are_refused(me: Person) -> None:
    text = csv_of([me.samples.book(title="é")])
    for content in (text.encode("latin-1"), text.encode("utf-16"), b"\xff\xfe", b"title\xff,"):
        expect_status(post_csv(me, content), 400, 415, 422)


@check(
    "jobs",
    "No input whatever gives a 5xx, and every import that is taken gets done.",
    tier="hardened",
)
def odd_files_never_crash(me: Person) -> None:
    mark = me.samples.mark()
    start = "title,author,isbn,year\n"
    for text in (
        start,
        start + "\n\n\n",
        start + '"never closed,Ann,,1999\n' + f"{mark},Ann,,\n" * 3,
        start + f"{mark} \x00,Ann,,\n{mark} 2,Ann,,\n",
        start + f"{mark},Ann,{'9' * 6000},{'9' * 6000}\n",
        start + f"{mark},Ann,,1e999\n{mark},Ann,,NaN\n",
        start + "x" * 200_000 + ",Ann,,\n",
        start + f"{mark},Ann,,\r{mark},Ann,,\r",
        "\ufeff" + start + f"{mark},Ann,,\n",
        "title,author,isbn,year,title\n" + f"{mark},Ann,,,x\n",
        "Title;Author;ISBN;Year\n" + f"{mark};Ann;;\n",
        "\n\n" + start + f"{mark},Ann,,\n",
        start + ",,,\n" * 50,
    ):
        answer = expect_no_crash(post_csv(me, text))
        if answer.status == 202:
            wait_until_done(me, import_path(me, answer))
        else:
            expect_status(answer, 400, 422)
    me.list_books()


@check("jobs", "A wrong method answers 405 with Allow, or 403.")
def wrong_methods_are_refused(me: Person) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        expect_wrong_method(me.send_json(method, IMPORTS, "{}"))


@check("jobs", "With `auth` an import needs a member: 401 or 403.", needs="auth")
def imports_need_a_member(me: Person) -> None:
    mark = me.samples.mark()
    stranger = me.app.visitor()
    good = csv_of([me.samples.book(title=mark)])
    expect_status(post_csv(stranger, good), 401, 403).json()
    for text in ("", "nonsense"):
        expect_status(post_csv(stranger, text), 401, 403, 400, 422)
    expect(not me.find_books(mark), f"POST {IMPORTS} by nobody stored a book.")
