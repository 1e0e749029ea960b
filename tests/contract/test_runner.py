"""The runner: which checks are chosen, and what it makes of good, strange and silent apps."""

from __future__ import annotations

import random
import re
import socket
import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from sandbox.contract import CHECKS, Means, Result, checks_for, run_contract
from sandbox.contract.app import App, Person
from sandbox.contract.check import check as sentence
from sandbox.contract.clock import Clock, Limits
from sandbox.contract.expect import expect_status
from sandbox.contract.failure import Failure, NoAnswer
from sandbox.contract.samples import Samples
from sandbox.errors import ServerError
from tests.contract.conftest import Serve
from tests.contract.reference import Reference

VARIANTS = (
    ("hello",),
    ("hello", "routes"),
    ("hello", "routes", "validation"),
    ("hello", "routes", "validation", "database"),
)
JSON_TYPE = [("Content-Type", "application/json")]


def reference(features: Iterable[str] = VARIANTS[-1]) -> Reference:
    return Reference(frozenset(features))


def fixed(status: str, headers: list[tuple[str, str]], body: bytes) -> Callable[..., Any]:
    """Answer everything alike but the health report, by which it is taken for Shelf."""

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        if environ["PATH_INFO"] == "/health":
            start("200 OK", JSON_TYPE)
            return [b'{"status": "ok"}']
        start(status, headers)
        return [body]

    return app


STRANGE = {
    "a page of HTML": fixed("200 OK", [("Content-Type", "text/html")], b"<h1>Hi</h1>"),
    "no content type": fixed("200 OK", [], b"{}"),
    "nothing": fixed("200 OK", JSON_TYPE, b""),
    "broken JSON": fixed("200 OK", JSON_TYPE, b'{"items": ['),
    "NaN": fixed("201 Created", JSON_TYPE, b'{"total": NaN, "items": []}'),
    "bytes that are no UTF-8": fixed("200 OK", JSON_TYPE, b'{"items": "\xff\xfe"}'),
    "null": fixed("200 OK", JSON_TYPE, b"null"),
    "a list": fixed("200 OK", JSON_TYPE, b'[{"id": 1}]'),
    "deep nesting": fixed("200 OK", JSON_TYPE, b"[" * 100_000),
    "wrong kinds": fixed("200 OK", JSON_TYPE, b'{"items": {"id": []}, "total": "many"}'),
    "strange books": fixed("200 OK", JSON_TYPE, b'{"items": [null, 5], "total": 2}'),
    "an error page": fixed("500 Oops", [("Content-Type", "text/html")], b"<h1>Oops</h1>"),
    "an error list": fixed("422 No", JSON_TYPE, b'{"detail": [{"loc": null, "msg": {}}, []]}'),
    "an endless redirect": fixed("302 Found", [("Location", "/again")], b""),
    "a redirect away": fixed("302 Found", [("Location", "http://example.com/")], b""),
    "a redirect to nowhere": fixed("302 Found", [], b""),
}


@pytest.mark.parametrize("features", VARIANTS, ids=lambda features: features[-1])
def test_a_correct_app_passes_every_check(serve: Serve, features: tuple[str, ...]) -> None:
    seen: list[Result] = []
    report = run_contract(
        serve(reference(features)),
        features,
        means=Means(restart=lambda _changes={}: None),
        project_name="Shelf",
        on_result=seen.append,
    )
    assert [(result.check.id, result.message) for result in report.of("failed")] == []
    assert report.ok
    assert tuple(seen) == report.results
    assert [result.check for result in report.results] == list(checks_for(features))


def test_what_was_in_the_database_before_is_there_afterwards_and_nothing_else(serve: Serve) -> None:
    app = reference()
    url = serve(app)
    person = App(url, features=app.features, samples=Samples(1)).person()
    for number in range(130):
        person.post("/api/books", {"title": f"Own {number} 100%_", "author": "Me"})
    person.post("/api/books/7/reviews", {"rating": 4, "text": "Fine"})
    person.app.close()
    before = [dict(book) for book in app.books], [dict(review) for review in app.reviews]
    assert (
        run_contract(url, app.features, means=Means(restart=lambda _changes={}: None)).of("failed")
        == ()
    )
    assert (app.books, app.reviews) == before


def test_without_a_way_to_restart_the_check_is_skipped_with_a_reason(serve: Serve) -> None:
    report = run_contract(serve(reference()), VARIANTS[-1], project_name="Shelf")
    assert [result.check.id for result in report.of("skipped")] == [
        "database.books-and-reviews-survive-a-restart"
    ]
    assert "restart" in report.of("skipped")[0].message
    assert report.ok


def test_an_app_that_forgets_fails_the_restart_check(serve: Serve) -> None:
    app = reference()
    report = run_contract(
        serve(app), VARIANTS[-1], means=Means(restart=lambda _changes={}: app.books.clear())
    )
    assert [result.check.id for result in report.of("failed")] == [
        "database.books-and-reviews-survive-a-restart"
    ]
    assert "store it in the database" in report.of("failed")[0].message


def test_the_same_seed_sends_the_same_books(serve: Serve) -> None:
    shelves = [reference(), reference()]
    reports = [run_contract(serve(app), ["routes", "validation"], seed=7) for app in shelves]
    assert reports[0].seed == reports[1].seed == 7
    assert shelves[0].books[-1]["title"] == shelves[1].books[-1]["title"]


@pytest.mark.parametrize("kind", STRANGE)
def test_a_strange_app_fails_with_readable_sentences(serve: Serve, kind: str) -> None:
    report = run_contract(serve(STRANGE[kind]), VARIANTS[-1], project_name="Shelf")
    assert len(report.of("failed")) + len(report.of("skipped")) > len(report.results) / 2
    assert not report.ok
    for result in report.of("failed"):
        assert 20 < len(result.message) < 700
        assert "\n" not in result.message
        assert "cannot read" not in result.message


def test_random_answers_never_end_a_run(serve: Serve) -> None:
    draw = random.Random(8)
    pieces = [b"{", b"}", b"[", b"]", b'"items"', b":", b'"total"', b",", b"1", b"null", b'"id"']

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        if environ["PATH_INFO"] == "/health":
            return reference()(environ, start)
        start(f"{draw.choice((200, 201, 204, 301, 400, 404, 422, 500))} -", JSON_TYPE)
        return [b"".join(draw.choices(pieces, k=draw.randrange(12)))]

    report = run_contract(serve(app), VARIANTS[-1], seed=8)
    assert report.early is None
    assert len(report.results) == len(checks_for(VARIANTS[-1]))


def test_an_app_that_hangs_up_ends_the_run_early() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(ServerError, match="Nothing answers at") as caught:
        run_contract(f"http://127.0.0.1:{port}", ["routes"])
    assert "Start the app" in caught.value.hint


def test_an_app_that_stops_answering_is_not_asked_again_and_again(serve: Serve) -> None:
    calls: list[str] = []

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        calls.append(environ["PATH_INFO"])
        if len(calls) > 9:
            start("200 OK", [("Content-Length", "50")])
            return [b"too short"]
        return reference()(environ, start)

    report = run_contract(serve(app), VARIANTS[-1])
    assert report.early is not None
    assert report.early.message.startswith("The app has stopped answering. GET /")
    assert report.early.left_out > 50
    assert len(report.of("failed")) == 1
    assert len(calls) < 20


def test_an_app_that_hangs_is_a_failure_in_words(serve: Serve) -> None:
    stop = threading.Event()

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [])
        yield b"slowly"
        stop.wait(60)

    shelf = App(
        serve(app),
        features=frozenset(),
        samples=Samples(1),
        clock=Clock(Limits(answer_seconds=1.0)),
    )
    with pytest.raises(NoAnswer, match=r"GET /health (got no answer within|was still)"):
        shelf.visitor().get("/health")
    stop.set()
    shelf.close()


@pytest.mark.parametrize(
    "address", ["", "banana", "ftp://x", "http://", "http://a:b", "127.0.0.1:8000", "http://a?b=1"]
)
def test_an_address_that_is_none_is_one_sentence(address: str) -> None:
    with pytest.raises(ServerError, match="is not the address of an app") as caught:
        run_contract(address, [])
    assert "http://127.0.0.1:8000" in caught.value.hint


@pytest.mark.parametrize(
    ("has", "asked", "message"),
    [
        (
            ["hello"],
            ["routes"],
            "GET /api/books answered 404: there is no such address yet; add a view for it. "
            "Expected 200.",
        ),
        (
            ["routes"],
            ["routes", "validation"],
            "answered 405: the address is there but does not take POST yet; add it to the view. "
            "Expected 201.",
        ),
        (
            ["routes", "validation"],
            ["routes", "validation", "database"],
            "answered a book without average_rating, created_at, review_count.",
        ),
    ],
)
def test_what_is_missing_is_told_once_and_what_needs_it_waits(
    serve: Serve, has: list[str], asked: list[str], message: str
) -> None:
    report = run_contract(serve(reference(has)), asked, project_name="Shelf")
    assert message in report.of("failed")[0].message
    assert len(report.of("failed")) < 10 < len(report.of("skipped"))
    waiting = report.of("skipped")[-1].message
    assert re.fullmatch(r"it needs (GET|POST) /api/\S+, which does not work yet", waiting)


@sentence("hello", "Odd requests do no harm.", tier="hardened")
def a_further_aim(me: Person) -> None:
    expect_status(me.get("/missing"), 200)


@sentence("hello", "Everybody is let in.")
def a_need(me: Person) -> None:
    expect_status(me.get("/missing"), 200)


@sentence("hello", "Everybody may stay.")
def another_need(me: Person) -> None:
    expect_status(me.get("/missing"), 200)


def test_what_keeps_an_app_from_working_is_not_folded_into_a_further_aim(serve: Serve) -> None:
    made = (a_further_aim, a_need, another_need)
    report = run_contract(serve(reference()), [], checks=made)
    assert [each.check for each in report.causes] == [a_need, a_further_aim]
    assert [each.check for each in report.following(report.causes[0])] == [another_need]
    turned = run_contract(serve(reference()), [], checks=made[::-1])
    assert [each.check for each in turned.causes] == [another_need]


def test_a_limit_on_requests_is_told_once_with_what_to_do(serve: Serve) -> None:
    app = reference()

    def limited(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            start("429 Too Many Requests", [])
            return [b""]
        return app(environ, start)

    report = run_contract(serve(limited), VARIANTS[-1], project_name="Shelf")
    works = [each for each in report.causes if each.check.tier == "works"]
    told = [each for each in works if "429" in each.message]
    assert len(told) == 1
    assert "Switch that limit off" in told[0].message
    assert len(report.following(told[0])) > 20


def test_every_check_has_an_id_of_its_own_and_a_sentence() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS) >= 60
    for check in CHECKS:
        assert check.id.startswith(f"{check.feature}.")
        assert check.sentence.endswith(".")


def test_checks_are_chosen_for_the_set_of_features() -> None:
    ids = {features[-1]: {check.id for check in checks_for(features)} for features in VARIANTS}
    assert "routes.there-are-twelve-sample-books" in ids["routes"] - ids["validation"]
    assert "routes.books-keep-their-order-in-memory" in ids["validation"] - ids["database"]
    assert "database.books-are-newest-first" in ids["database"]
    assert all(found >= ids["hello"] for found in ids.values())
    assert {check.id for check in checks_for([])} == ids["hello"]


def test_a_failure_is_an_exception_of_its_own() -> None:
    assert issubclass(NoAnswer, Failure)
    assert not issubclass(Failure, ServerError)


def test_every_check_is_of_one_tier_and_each_tier_can_be_asked_alone() -> None:
    works, hardened = (
        checks_for(VARIANTS[-1], tier="works"),
        checks_for(VARIANTS[-1], tier="hardened"),
    )
    assert "routes.one-book-can-be-read" in {check.id for check in works}
    assert "validation.deep-nesting-never-crashes" in {check.id for check in hardened}
    assert {*works, *hardened} == set(checks_for(VARIANTS[-1]))
    assert not set(works) & set(hardened)
