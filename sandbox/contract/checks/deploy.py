"""Checks of `deploy`: request ids, and how the app starts, runs and stops in production."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from sandbox.contract.answer import Answer
from sandbox.contract.api import Api
from sandbox.contract.check import check
from sandbox.contract.checks.request_ids import addresses, expect_request_id
from sandbox.contract.expect import expect, expect_status
from sandbox.contract.failure import Failure
from sandbox.contract.listener import Listener
from sandbox.contract.means import Changes, Production
from sandbox.contract.members import draw_member
from sandbox.contract.shelf import BOOKS, find_books, make_book
from sandbox.contract.site import LIST, open_page
from sandbox.errors import ServerError

_STOP_SECONDS = 5.0


@check(
    "deploy",
    "Production refuses to start without SECRET_KEY: a sentence, no traceback.",
    production=True,
)
def production_needs_a_key(api: Api) -> None:
    production = api.production
    for key in (None, ""):
        ended = production.refuse(_settings(api, SECRET_KEY=key))
        what = "without SECRET_KEY" if key is None else "with an empty SECRET_KEY"
        if ended is None:
            raise Failure(f"In production the app runs {what}: expected it to refuse.")
        expect(ended.code != 0, f"{what.capitalize()} the app ends with the exit code 0.")
        expect(
            "SECRET_KEY" in ended.output,
            f"{what.capitalize()} the app ends and does not name SECRET_KEY.",
        )
        expect(
            "Traceback" not in ended.output,
            f"{what.capitalize()} the app ends in a traceback: expected one sentence.",
        )


@check("deploy", "Production starts with SECRET_KEY, and answers.", production=True)
def production_starts_with_a_key(api: Api) -> None:
    with _running(api):
        answer = expect_status(api.get("/health"), 200)
        expect(answer.json() == {"status": "ok"}, f"{answer.request} answered {answer.text!r}.")
        for path in addresses(api):
            answer = api.get(path)
            expect(answer.status < 500, f"In production {answer.request} answered {answer.status}.")
            expect_request_id(answer)


@check(
    "deploy", "Production is never in debug mode by default: errors tell nothing.", production=True
)
def production_hides_what_is_inside(api: Api) -> None:
    with _running(api):
        answer = expect_status(api.get(f"/{api.samples.mark()}"), 404)
        for word in ("Traceback", "DEBUG", "urlpatterns", "URLconf"):
            expect(
                word not in answer.text,
                f"In production {answer.request} shows {word}: that is debug mode.",
            )


@check("deploy", "ALLOWED_HOSTS says under which names the app answers.", production=True)
def other_hosts_are_refused(api: Api) -> None:
    with _running(api):
        expect_status(api.get("/health"), 200)
        headers = {"Host": "elsewhere.example"}
        for path in ("/health", "/"):
            answer = api.transport.send("GET", path, headers=headers)
            expect_status(answer, 400, 403, 404, 421)
    with _running(api, ALLOWED_HOSTS=f"shelf.example,{_host(api)}"):
        headers = {"Host": "shelf.example"}
        expect_status(api.transport.send("GET", "/health", headers=headers), 200)


@check("deploy", "In production the 404 page has the site's look.", needs="pages", production=True)
def lost_visitors_find_the_way_in_production(api: Api) -> None:
    with _running(api):
        visit = api.browser().look(f"/{api.samples.mark()}")
        expect_status(visit.answer, 404)
        leads = [api.visitor.own_path(visit, link) for link in visit.page.links]
        expect(LIST in leads, f"In production {visit.answer.request} has no link to {LIST}.")


@check("deploy", "Production serves the static files.", needs="pages", production=True)
def production_serves_static_files(api: Api) -> None:
    with _running(api):
        browser = api.browser()
        visit = open_page(browser, LIST)
        links = visit.page.attributes("link", "href")
        styles = [link for link in links if not link.startswith("data:")]
        expect(bool(styles), f"In production GET {LIST} has no stylesheet.")
        for link in styles:
            path = browser.own_path(visit, link)
            answer = expect_status(browser.look(path or link).answer, 200)
            expect(bool(answer.body), f"In production {answer.request} is empty.")


@check("deploy", "Members sign in and add books in production too.", needs="auth", production=True)
def members_use_it_in_production(api: Api) -> None:
    with _running(api):
        member = api.other_member(draw_member(api.samples))
        mark = api.samples.mark()
        expect_status(member.post(BOOKS, api.samples.book(title=mark)), 201)
        expect(len(find_books(member, mark)) == 1, "A book added in production is not listed.")


@check("deploy", "The admin has its stylesheets in production too.", needs="admin", production=True)
def the_admin_has_its_files(api: Api) -> None:
    with _running(api):
        browser = api.browser()
        visit = browser.open("/admin/")
        expect_status(visit.answer, 200)
        for link in visit.page.attributes("link", "href"):
            path = browser.own_path(visit, link)
            if path is not None:
                expect_status(browser.look(path).answer, 200)


@check("deploy", "DATABASE_URL names the database.", needs="database")
def database_url_is_looked_at(api: Api) -> None:
    mark = api.samples.mark()
    make_book(api, title=mark)
    with tempfile.TemporaryDirectory(prefix="contract-") as folder:
        address = f"sqlite:///{Path(folder, 'another.sqlite3').as_posix()}"
        try:
            api.production.start(_settings(api, DATABASE_URL=address))
        except ServerError:
            return
        answer = api.get(BOOKS)
        # Nobody has made the tables there, so an error is fine.
        expect(
            mark not in answer.text,
            "With DATABASE_URL naming another database the books are those of the usual one.",
        )
        expect("Traceback" not in answer.text, "In production an error shows a traceback.")
        expect_request_id(answer)


@check("deploy", "Production stops within 5 s of SIGTERM.", production=True)
def production_stops_soon(api: Api) -> None:
    with _running(api) as production:
        expect_status(api.get("/health"), 200)
        _expect_soon(production.stop().seconds, "with nothing to do")


@check(
    "deploy", "Production stops within 5 s of SIGTERM with somebody at the stream.", needs="live"
)
def production_stops_in_spite_of_listeners(api: Api) -> None:
    with _running(api) as production:
        listener = Listener(api.base_url, "/api/live", {})
        try:
            listener.open()
            listener.settle()
            _expect_soon(production.stop().seconds, "with a client at the stream")
        finally:
            listener.close()


@check(
    "deploy",
    "Requests in flight are finished before production stops.",
    needs="validation",
    production=True,
)
def requests_in_flight_are_finished(api: Api) -> None:
    with _running(api) as production, ThreadPoolExecutor(2) as pool:
        speaker = api.other_member() if "auth" in api.features else api
        under_way, go_on = Event(), Event()
        asked = pool.submit(_send_slowly, speaker, under_way, go_on)
        under_way.wait(5)
        time.sleep(0.3)
        ended = pool.submit(production.stop)
        time.sleep(0.7)
        go_on.set()
        seconds = ended.result().seconds
        try:
            answer = asked.result()
        except Failure:
            raise Failure(
                "A request that was under way when SIGTERM came got no answer: finish it first."
            ) from None
        expect_status(answer, 200, 201)
        _expect_soon(seconds, "with a request in flight")


def _send_slowly(api: Api, under_way: Event, go_on: Event) -> Answer:
    """Send a request whose last byte waits for `go_on`."""

    def hold() -> None:
        under_way.set()
        go_on.wait(5)

    path, body = BOOKS, f'{{"title": "{api.samples.mark()}", "author": "Ann"}}'
    if "model" in api.features:
        path, body = "/api/reviews/score", '{"text": "A good book."}'
    return api.send("POST", path, body=body, content_type="application/json", before_the_end=hold)


@contextmanager
def _running(api: Api, **changes: str) -> Generator[Production, None, None]:
    production = api.production
    production.start(_settings(api, **changes))
    yield production


def _settings(api: Api, **changes: str | None) -> Changes:
    return {
        "DEBUG": None,
        "SECRET_KEY": f"the-key-of-this-run-{api.samples.tag}-{api.samples.seed:030}",
        "ALLOWED_HOSTS": _host(api),
        **changes,
    }


def _host(api: Api) -> str:
    return urlsplit(api.base_url).hostname or ""


def _expect_soon(seconds: float, when: str) -> None:
    expect(
        seconds <= _STOP_SECONDS,
        f"After SIGTERM the app took {seconds:.1f} s to stop {when}: expected 5 s at most.",
    )
