"""Of a log only what belongs to the failure is read, and of a command's output what tells."""

import pytest

from sandbox.learn.crash import about, telling_lines

FLASK = """[2026-11-30 23:00:00,001] ERROR in app: Exception on /api/books [POST]
Traceback (most recent call last):
  File "/home/ada/shelf/app/api/books.py", line 51, in create_book
KeyError: 'title'
127.0.0.1 - - [30/Nov/2026 23:00:00] "\x1b[35m\x1b[1mPOST /api/books HTTP/1.1\x1b[0m" 500 -
127.0.0.1 - - [30/Nov/2026 23:00:01] "GET /api/books?limit=5 HTTP/1.1" 200 -
[2026-11-30 23:00:02,001] ERROR in app: Exception on /api/books/1 [GET]
Traceback (most recent call last):
  File "/home/ada/shelf/app/api/books.py", line 27, in read_book
NameError: name 'Book' is not defined
127.0.0.1 - - [30/Nov/2026 23:00:02] "\x1b[35m\x1b[1mGET /api/books/1 HTTP/1.1\x1b[0m" 500 -
"""
UVICORN = """INFO:     127.0.0.1:5 - "GET /api/books HTTP/1.1" 500 Internal Server Error
ERROR:    Exception in ASGI application
Traceback (most recent call last):
ValueError: first
INFO:     127.0.0.1:5 - "GET /health HTTP/1.1" 500 Internal Server Error
ERROR:    Exception in ASGI application
Traceback (most recent call last):
ValueError: second
"""
PYTEST = """=================================== FAILURES ===================================
    def test_health(client):
        response = client.get("/health")
>       assert response.json == {"status": "ok"}
E       AssertionError: assert None == {'status': 'ok'}

tests/test_hello.py:17: AssertionError
>       assert response.json == {"status": "fine"}
E       AssertionError: another one

tests/test_hello.py:27: AssertionError
FAILED tests/test_hello.py::test_health - AssertionError
2 failed in 0.20s"""
UNITTEST = """Found 3 test(s).
E.F
======================================================================
ERROR: test_search (shelf.tests.RoutesTests.test_search)
Titles and authors are searched.
----------------------------------------------------------------------
Traceback (most recent call last):
  File "/home/ada/shelf/shelf/tests.py", line 9, in test_search
    [book] = found
ValueError: not enough values to unpack

======================================================================
FAIL: test_other (shelf.tests.RoutesTests.test_other)
----------------------------------------------------------------------
Traceback (most recent call last):
AssertionError: 3 != 2

----------------------------------------------------------------------
Ran 3 tests in 0.260s

FAILED (failures=1, errors=1)
Destroying test database for alias 'default'..."""
SHELL = """2 objects imported automatically.
Traceback (most recent call last):
  File "/home/ada/shelf/manage.py", line 22, in <module>
    main()
django.core.exceptions.FieldDoesNotExist: Review has no field named 'author'"""


@pytest.mark.parametrize(
    ("log", "told", "cause"),
    [
        (FLASK, "POST /api/books with title answered 500: the app crashed.", "KeyError"),
        (FLASK, "GET /api/books/1 answered 500: the app crashed.", "NameError"),
        (UVICORN, "GET /api/books?limit=1 answered 500: the app crashed.", "ValueError: first"),
        (UVICORN, "GET /health answered 500: the app crashed.", "ValueError: second"),
    ],
)
def test_a_crash_is_that_of_its_own_request(log: str, told: str, cause: str) -> None:
    part = about(log, told)
    assert cause in part
    assert part.count("Error:") == 1


def test_a_log_that_names_no_requests_is_read_as_a_whole() -> None:
    log = "ValueError: one\nKeyError: two\n"
    assert about(log, "GET /health answered 500: the app crashed.") == log
    assert about(FLASK, "The app ended before it answered.").count("Error:") == 2


def test_of_pytest_the_first_failure_is_told_and_the_end() -> None:
    assert telling_lines(PYTEST) == [
        '>       assert response.json == {"status": "ok"}',
        "E       AssertionError: assert None == {'status': 'ok'}",
        "tests/test_hello.py:17: AssertionError",
        "2 failed in 0.20s",
    ]


def test_of_djangos_tests_the_first_failure_is_told_and_how_many_there_are() -> None:
    assert telling_lines(UNITTEST) == [
        "ERROR: test_search (shelf.tests.RoutesTests.test_search)",
        "ValueError: not enough values to unpack",
        "FAILED (failures=1, errors=1)",
    ]


def test_of_djangos_tests_the_failure_is_told_whatever_comes_before_it() -> None:
    warnings = "\n".join(f"shelf.Book: (models.W042) warning {number}" for number in range(20))
    assert telling_lines(f"{warnings}\n{UNITTEST}") == telling_lines(UNITTEST)


def test_of_a_traceback_its_last_line_is_told() -> None:
    assert telling_lines(SHELL) == [
        "django.core.exceptions.FieldDoesNotExist: Review has no field named 'author'"
    ]


def test_of_other_output_the_last_lines_are_told() -> None:
    assert telling_lines("\n".join(map(str, range(40)))) == [str(each) for each in range(28, 40)]
