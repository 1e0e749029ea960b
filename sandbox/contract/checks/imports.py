"""Checks of `jobs`: importing a list of books in the background."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sandbox.contract.answer import Answer, Json
from sandbox.contract.api import Api
from sandbox.contract.check import Failure, check
from sandbox.contract.expect import expect, expect_missing, expect_no_crash, expect_status
from sandbox.contract.listener import connect, request_head
from sandbox.contract.shapes import object_of
from sandbox.contract.shelf import LARGEST_ID, find_books, list_books, make_book

IMPORTS = "/api/imports"
HEADER = ("title", "author", "isbn", "year")
_PATIENCE_SECONDS = 30.0
_MANY = 300


@dataclass(frozen=True, slots=True)
class Import:
    """What an app says of an import; `errors` are lines with what is wrong in them."""

    status: str
    created: int
    skipped: int
    errors: tuple[tuple[int, str], ...]

    @property
    def lines(self) -> list[int]:
        """Return the numbers of the lines at fault."""
        return [line for line, _ in self.errors]


@check("jobs", "POST /api/imports answers 202 with Location, and is done after a while.")
def imports_are_done_after_a_while(api: Api) -> None:
    mark = api.samples.mark()
    rows = [api.samples.book(title=f"{mark} {number}") for number in range(3)]
    answer = expect_status(post_csv(api, csv_of(rows)), 202)
    path = _location(api, answer)
    expect(
        path.rpartition("/")[0] == IMPORTS and path.rpartition("/")[2].isdigit(),
        f"POST {IMPORTS} answered the Location {path!r}: expected {IMPORTS}/{{id}}.",
    )
    done = wait_until_done(api, path)
    expect(done == Import("done", 3, 0, ()), f"An import of three good lines answers {done}.")
    found = find_books(api, mark)
    came = [(book.title, book.author, book.isbn, book.year) for book in reversed(found)]
    sent = [(row["title"], row["author"], row["isbn"], row["year"]) for row in rows]
    expect(came == sent, f"An import of {sent} stored {came}: expected the lines, in order.")


@check("jobs", "isbn and year may be empty, and texts may be quoted.")
def imports_take_csv_as_it_is_written(api: Api) -> None:
    mark = api.samples.mark()
    text = (
        "title,author,isbn,year\r\n"
        f'"{mark} one, two","Ann ""A"" Lee",,\r\n'
        f"  {mark} Ünïcödé 📚 ,Öre,{api.samples.isbn()},-700\r\n"
    )
    done = import_books(api, text)
    expect(done.created == 2 and not done.errors, f"An import of two good lines answers {done}.")
    titles = [(book.title, book.author, book.year) for book in find_books(api, mark)]
    expected = [(f"{mark} Ünïcödé 📚", "Öre", -700), (f"{mark} one, two", 'Ann "A" Lee', None)]
    expect(titles == expected, f"An import stored {titles}: expected {expected}.")


@check("jobs", "Bad lines do not stop good ones; errors name their lines, the header is line 1.")
def bad_lines_stop_nobody(api: Api) -> None:
    mark = api.samples.mark()
    good = [api.samples.book(title=f"{mark} {number}") for number in range(4)]
    bad: list[dict[str, Any]] = [
        api.samples.book(author=mark, title=""),
        api.samples.book(author=mark, isbn="9780441478126"),
        api.samples.book(author=mark, year="banana"),
        api.samples.book(author=mark, title="x" * 201),
        api.samples.book(author=mark, year=9999),
    ]
    done = import_books(api, csv_of([bad[0], good[0], bad[1], *good[1:3], *bad[2:], good[3]]))
    expect(
        done.created == 4 and done.skipped == 0 and done.lines == [2, 4, 7, 8, 9],
        f"Of ten lines after the header the lines 2, 4, 7, 8 and 9 are wrong; the import "
        f"answers created {done.created}, skipped {done.skipped}, errors in {done.lines}.",
    )
    for line, message in done.errors:
        expect(len(message.split()) >= 2, f"Line {line} has the error {message!r}: say what it is.")
    count = len(find_books(api, mark))
    expect(count == 4, f"{count} books are stored: expected the four good lines.")


@check("jobs", "Lines with too few or too many columns are errors, and stop nobody.")
def ragged_lines_stop_nobody(api: Api) -> None:
    mark = api.samples.mark()
    text = (
        f"title,author,isbn,year\n{mark} 1\n{mark} 2,A,,1999\n{mark} 3,A,,1999,x,y\n{mark} 4,A,,\n"
    )
    done = import_books(api, text)
    titles = {book.title for book in find_books(api, mark)}
    expect(
        {f"{mark} 2", f"{mark} 4"} <= titles and f"{mark} 1" not in titles and 2 in done.lines,
        f"An import with a line of one column stored {sorted(titles)} and answers {done}.",
    )


@check("jobs", "ISBNs already there are skipped, also those from earlier in the file.")
def known_isbns_are_skipped(api: Api) -> None:
    mark = api.samples.mark()
    there = make_book(api)
    twice = api.samples.isbn()
    rows = [
        api.samples.book(title=f"{mark} 1", isbn=there.isbn),
        api.samples.book(title=f"{mark} 2", isbn=twice),
        api.samples.book(title=f"{mark} 3", isbn=twice),
        api.samples.book(title=f"{mark} 4"),
    ]
    done = import_books(api, csv_of(rows))
    expect(
        done == Import("done", 2, 2, ()),
        f"Of four lines two have an ISBN that is there already; the import answers {done}: "
        "expected created 2, skipped 2 and no errors.",
    )
    titles = sorted(book.title for book in find_books(api, mark))
    expect(titles == [f"{mark} 2", f"{mark} 4"], f"The import stored {titles}.")
    again = import_books(api, csv_of(rows))
    expect(again == Import("done", 0, 4, ()), f"The same import once more answers {again}.")


@check("jobs", "The answer comes before the work is done; the status goes from queued to done.")
def the_answer_does_not_wait(api: Api) -> None:
    author = api.samples.mark()
    one = csv_of([api.samples.book(author=author)])
    rows = [api.samples.book(author=author) for _ in range(_MANY)]
    began = time.monotonic()
    small = _location(api, expect_status(post_csv(api, one), 202))
    small_seconds = time.monotonic() - began
    wait_until_done(api, small)
    began = time.monotonic()
    path = _location(api, expect_status(post_csv(api, csv_of(rows)), 202))
    seconds = time.monotonic() - began
    first = read_import(api, path)
    began = time.monotonic()
    expect_status(api.get("/health"), 200)
    done = wait_until_done(api, path)
    expect(done == Import("done", _MANY, 0, ()), f"An import of {_MANY} books answers {done}.")
    expect(
        first.status != "done" or seconds < 5 * small_seconds + 0.25,
        f"POST {IMPORTS} with {_MANY} lines took {seconds:.1f} s and was done then: the answer "
        "should not wait for the work.",
    )
    total = list_books(api, q=author).total
    expect(total == _MANY + 1, f"{total} books are stored: expected {_MANY + 1}.")


@check("jobs", "An import goes on when the client leaves.")
def imports_go_on_without_the_client(api: Api) -> None:
    mark = api.samples.mark()
    rows = [api.samples.book(author=mark) for _ in range(40)]
    content = csv_of(rows).encode()
    headers = {
        "Content-Type": "text/csv",
        "Content-Length": str(len(content)),
        **api.credentials("POST", IMPORTS),
        **api.visitor.cookie_header,
    }
    with connect(api.base_url) as connection:
        connection.sendall(request_head(api.base_url, "POST", IMPORTS, headers) + content)
        # Reads no more than that the app has begun to answer.
        connection.recv(12)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (count := list_books(api, q=mark).total) < len(rows) and time.monotonic() < deadline:
        time.sleep(0.1)
    expect(
        count == len(rows),
        f"The client left at once, and {count} of {len(rows)} books were imported.",
    )


@check("jobs", "Several imports at once are all done.")
def several_imports_are_all_done(api: Api) -> None:
    mark = api.samples.mark()
    paths = [
        _location(api, expect_status(post_csv(api, csv_of(rows)), 202))
        for rows in ([api.samples.book(author=mark) for _ in range(20)] for _ in range(4))
    ]
    for path in paths:
        done = wait_until_done(api, path)
        expect(done == Import("done", 20, 0, ()), f"One of four imports at once answers {done}.")
    expect(list_books(api, q=mark).total == 80, "Four imports of 20 books did not store 80.")


@check("jobs", "An import can be read after a restart.")
def imports_survive_a_restart(api: Api) -> None:
    answer = expect_status(post_csv(api, csv_of([api.samples.book(), {"title": ""}])), 202)
    path = _location(api, answer)
    done = wait_until_done(api, path)
    api.restart()
    expect(read_import(api, path) == done, f"After a restart GET {path} answers something else.")


@check("jobs", "A missing import: 404 with detail; an impossible id: 404 or 422.")
def a_missing_import_is_404(api: Api) -> None:
    for number in (1_000_000_007, LARGEST_ID):
        expect_missing(api.get(f"{IMPORTS}/{number}"))
    for text in (str(LARGEST_ID + 1), str(10**30), "banana", "9" * 5000):
        expect_status(api.get(f"{IMPORTS}/{text}"), 404, 422)


@check("jobs", "Another content type than text/csv: 400, 415 or 422.")
def other_content_types_are_refused(api: Api) -> None:
    mark = api.samples.mark()
    text = csv_of([api.samples.book(title=mark)])
    for kind in ("application/json", "text/html", "application/x-www-form-urlencoded", "image/png"):
        answer = api.send("POST", IMPORTS, body=text, content_type=kind)
        expect_status(answer, 400, 415, 422)
    expect_status(post_csv(api, text, kind="text/csv; charset=utf-8"), 202)


@check("jobs", "An empty file, or one without the header: 400 or 422.")
def files_without_header_are_refused(api: Api) -> None:
    mark = api.samples.mark()
    for text in ("", f"{mark},Ann,,1999\n", "name,price\nx,5\n", f'"{mark}"\n', "\x00"):
        expect_status(post_csv(api, text), 400, 422)
    expect(not find_books(api, mark), f"POST {IMPORTS} without header stored a book.")


@check("jobs", "A file that is not UTF-8: 400 or 422.")
def other_encodings_are_refused(api: Api) -> None:
    text = csv_of([api.samples.book(title="é")])
    for content in (text.encode("latin-1"), text.encode("utf-16"), b"\xff\xfe", b"title\xff,"):
        expect_status(post_csv(api, content), 400, 422)


@check("jobs", "No input whatever gives a 5xx, and every import that is taken gets done.")
def odd_files_never_crash(api: Api) -> None:
    mark = api.samples.mark()
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
        answer = expect_no_crash(post_csv(api, text))
        if answer.status == 202:
            wait_until_done(api, _location(api, answer))
        else:
            expect_status(answer, 400, 422)
    list_books(api)


@check("jobs", "A wrong method answers 405.")
def wrong_methods_are_refused(api: Api) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        expect_status(api.send_json(method, IMPORTS, "{}"), 405)


@check("jobs", "With `auth` an import needs a member: 401 or 403.", needs="auth")
def imports_need_a_member(api: Api) -> None:
    mark = api.samples.mark()
    for text in (csv_of([api.samples.book(title=mark)]), "", "nonsense"):
        answer = post_csv(api.stranger(), text)
        expect_status(answer, 401, 403).json()
    expect(not find_books(api, mark), f"POST {IMPORTS} by nobody stored a book.")


def csv_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return books as the text of a CSV file with its header."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([row.get(name, "") for name in HEADER] for row in rows)
    return text.getvalue()


def post_csv(api: Api, text: str | bytes, *, kind: str = "text/csv") -> Answer:
    """Send a file to be imported."""
    return api.send("POST", IMPORTS, body=text, content_type=kind)


def import_books(api: Api, text: str) -> Import:
    """Import a file and return the import when it is done."""
    return wait_until_done(api, _location(api, expect_status(post_csv(api, text), 202)))


def wait_until_done(api: Api, path: str) -> Import:
    """Ask for an import until it is done."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = read_import(api, path)
        if found.status == "done":
            return found
        time.sleep(0.05)
    raise Failure(f"GET {path} is not done after {_PATIENCE_SECONDS:g} s.", step=f"POST {IMPORTS}")


def read_import(api: Api, path: str) -> Import:
    """Read an import strictly."""
    answer = expect_status(api.get(path), 200)
    keys = {"status", "created", "skipped", "errors"}
    value = answer.json()
    if isinstance(value, dict):
        value = {name: inner for name, inner in value.items() if name != "id"}
    fields = object_of(answer, value, keys, "an import")
    status = fields["status"]
    if not isinstance(status, str) or status not in {"queued", "running", "done"}:
        raise Failure(f"{answer.request} answered the status {status!r}: expected a known one.")
    return Import(
        status,
        _count(answer, fields["created"]),
        _count(answer, fields["skipped"]),
        tuple(_error(answer, each) for each in _list(answer, fields["errors"])),
    )


def _error(answer: Answer, value: Json) -> tuple[int, str]:
    fields = object_of(answer, value, {"line", "msg"}, "an error")
    message = fields["msg"]
    if not isinstance(message, str) or not message.strip():
        raise Failure(f"{answer.request} has an error without words: {message!r}.")
    return _count(answer, fields["line"]), message


def _count(answer: Answer, value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Failure(f"{answer.request} answered {value!r} where a whole number belongs.")
    return value


def _list(answer: Answer, value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise Failure(f"{answer.request} answered errors {value!r}: expected a list.")
    return value


def _location(api: Api, answer: Answer) -> str:
    path = urlsplit(answer.headers.get("location", "")).path
    prefix = urlsplit(api.base_url).path
    if not path:
        raise Failure(f"{answer.step} answered 202 without Location.", step=answer.step)
    return path.removeprefix(prefix)
