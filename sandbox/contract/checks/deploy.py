"""Checks of `deploy`: request ids, and how the app starts, runs and stops in production."""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from sandbox.contract.answer import Answer
from sandbox.contract.app import Person
from sandbox.contract.browser import Visit
from sandbox.contract.check import check
from sandbox.contract.checks.live import expect_room_for_others
from sandbox.contract.checks.request_ids import addresses, expect_request_id
from sandbox.contract.expect import expect, expect_status
from sandbox.contract.failure import Failure
from sandbox.contract.listener import Listener
from sandbox.contract.means import Changes
from sandbox.contract.shelf import BOOKS
from sandbox.contract.site import LIST
from sandbox.errors import ServerError

ORDER = 300

_STOP_SECONDS = 5.0


@check(
    "deploy",
    "Production refuses to start without SECRET_KEY: a sentence, no traceback.",
    production=True,
)
def production_needs_a_key(me: Person) -> None:
    production = me.app.production()
    for key in (None, ""):
        ended = production.refuse(_settings(me, SECRET_KEY=key))
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
def production_starts_with_a_key(me: Person) -> None:
    there = _start(me)
    answer = expect_status(there.get("/health"), 200)
    expect(answer.json() == {"status": "ok"}, f"{answer.request} answered {answer.text!r}.")
    for path in addresses(me):
        answer = there.get(path)
        expect(answer.status < 500, f"In production {answer.request} answered {answer.status}.")
        expect_request_id(answer)


@check(
    "deploy", "Production is never in debug mode by default: errors tell nothing.", production=True
)
def production_hides_what_is_inside(me: Person) -> None:
    answer = expect_status(_start(me).get(f"/{me.samples.mark()}"), 404)
    for word in ("Traceback", "DEBUG", "urlpatterns", "URLconf"):
        expect(
            word not in answer.text,
            f"In production {answer.request} shows {word}: that is debug mode.",
        )


@check("deploy", "ALLOWED_HOSTS says under which names the app answers.", production=True)
def other_hosts_are_refused(me: Person) -> None:
    there = _start(me)
    expect_status(there.get("/health"), 200)
    for path in ("/health", "/"):
        answer = there.request("GET", path, headers={"Host": "elsewhere.example"})
        expect_status(answer, 400, 403, 404, 421)
    there = _start(me, ALLOWED_HOSTS=f"shelf.example,{_host(me)}")
    expect_status(there.request("GET", "/health", headers={"Host": "shelf.example"}), 200)


@check("deploy", "In production the 404 page has the site's look.", needs="pages", production=True)
def lost_visitors_find_the_way_in_production(me: Person) -> None:
    there = _start(me)
    visit = there.look(f"/{me.samples.mark()}")
    expect_status(visit.answer, 404)
    expect(
        bool({LIST, "/"} & set(there.own_paths(visit))),
        f"In production {visit.answer.request} has no link to {LIST} or /.",
    )


@check("deploy", "Production serves the static files.", needs="pages", production=True)
def production_serves_static_files(me: Person) -> None:
    there = _start(me)
    expect(
        bool(_open_styles(there, there.open_page(LIST))),
        f"In production GET {LIST} has no stylesheet.",
    )


@check("deploy", "Members sign in and add books in production too.", needs="auth", production=True)
def members_use_it_in_production(me: Person) -> None:
    _start(me)
    member = me.app.new_member()
    mark = me.samples.mark()
    expect_status(member.post(BOOKS, me.samples.book(title=mark)), 201)
    expect(len(member.find_books(mark)) == 1, "A book added in production is not listed.")


@check("deploy", "The admin has its stylesheets in production too.", needs="admin", production=True)
def the_admin_has_its_files(me: Person) -> None:
    there = _start(me)
    visit = there.open("/admin/")
    expect_status(visit.answer, 200)
    _open_styles(there, visit)


@check("deploy", "DATABASE_URL names the database.", needs="database")
def database_url_is_looked_at(me: Person) -> None:
    mark = me.samples.mark()
    me.make_book(title=mark)
    with tempfile.TemporaryDirectory(prefix="contract-") as folder:
        address = f"sqlite:///{Path(folder, 'another.sqlite3').as_posix()}"
        try:
            there = _start(me, DATABASE_URL=address)
        except ServerError:
            return
        answer = there.get(BOOKS)
        # Nobody has made the tables there, so an error is fine.
        expect(
            mark not in answer.text,
            "With DATABASE_URL naming another database the books are those of the usual one.",
        )
        expect("Traceback" not in answer.text, "In production an error shows a traceback.")
        expect_request_id(answer)


@check("deploy", "Production stops within 5 s of SIGTERM.", production=True)
def production_stops_soon(me: Person) -> None:
    expect_status(_start(me).get("/health"), 200)
    _expect_soon(me, me.app.production().stop().seconds, "with nothing to do")


@check(
    "deploy",
    "Production stops within 5 s of SIGTERM with somebody at the stream.",
    needs="live",
    production=True,
)
def production_stops_in_spite_of_listeners(me: Person) -> None:
    _start(me)
    listener = Listener(me.base_url, "/api/live", {}, slack=me.app.slack)
    try:
        listener.open()
        listener.settle()
        _expect_soon(me, me.app.production().stop().seconds, "with a client at the stream")
    finally:
        listener.close()


@check(
    "deploy",
    "In production too the rest goes on with 40 clients at the stream.",
    needs="live",
    production=True,
    tier="hardened",
)
def crowds_starve_nobody_in_production(me: Person) -> None:
    expect_room_for_others(_start(me))


@check(
    "deploy",
    "Requests in flight are finished before production stops.",
    needs="validation",
    production=True,
)
def requests_in_flight_are_finished(me: Person) -> None:
    speaker = _start(me)
    if "auth" in me.app.features:
        speaker = me.app.new_member()
    with ThreadPoolExecutor(2) as pool:
        under_way, go_on = Event(), Event()
        asked = pool.submit(_send_slowly, speaker, under_way, go_on)
        under_way.wait(_STOP_SECONDS * me.app.slack)
        time.sleep(0.3 * me.app.slack)
        ended = pool.submit(me.app.production().stop)
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
        _expect_soon(me, seconds, "with a request in flight")


def _send_slowly(me: Person, under_way: Event, go_on: Event) -> Answer:
    """Send a request whose last byte waits for `go_on`."""

    def hold() -> None:
        under_way.set()
        go_on.wait(_STOP_SECONDS * me.app.slack)

    path, body = BOOKS, f'{{"title": "{me.samples.mark()}", "author": "Ann"}}'
    if "model" in me.app.features:
        path, body = "/api/reviews/score", '{"text": "A good book."}'
    return me.send("POST", path, body=body, content_type="application/json", before_the_end=hold)


def _start(me: Person, **changes: str) -> Person:
    """Start the app in production, where somebody new speaks to it: there it has another key."""
    me.app.production().start(_settings(me, **changes))
    return me.app.visitor()


def _open_styles(browser: Person, visit: Visit) -> list[str]:
    """Open the stylesheets of a page, none of which may be missing or empty."""
    paths = [browser.own_path(visit, link) for link in visit.page.attributes("link", "href")]
    found = [path for path in paths if path is not None]
    for path in found:
        answer = expect_status(browser.look(path).answer, 200)
        expect(bool(answer.body), f"In production {answer.request} is empty.")
    return found


def _settings(me: Person, **changes: str | None) -> Changes:
    return {
        "DEBUG": None,
        "SECRET_KEY": f"the-key-of-this-run-{me.samples.tag}-{me.samples.seed:030}",
        "ALLOWED_HOSTS": _host(me),
        **changes,
    }


def _host(me: Person) -> str:
    return urlsplit(me.base_url).hostname or ""


def _expect_soon(me: Person, seconds: float, when: str) -> None:
    expect(
        seconds <= _STOP_SECONDS * me.app.slack,
        f"After SIGTERM the app took {seconds:.1f} s to stop {when}: expected 5 s at most.",
    )
