"""The cookie in a real browser: it stays with the product, and a foreign one does not lock out."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PATIENCE_MS
from tests.support.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.security]

NAMES = ("localhost", "127.0.0.1")


@contextmanager
def another_app(**sent: str) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Run a learner's app, which keeps the host and the cookies it is shown, and may set one."""
    seen: list[tuple[str, str]] = []

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append((self.headers.get("Host", ""), self.headers.get("Cookie", "")))
            self.send_response(200)
            for name, value in sent.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

    app = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=app.serve_forever, daemon=True).start()
    try:
        yield app.server_port, seen
    finally:
        app.shutdown()
        app.server_close()


@pytest.mark.parametrize("opened", NAMES)
def test_no_cookie_of_ours_reaches_an_app_on_127_0_0_1(
    browser: Browser, served: Served, opened: str
) -> None:
    with another_app() as (port, seen), browser.new_context() as context:
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto(f"http://{opened}:{served.port}/?token={served.token}")
        answer = page.goto(f"http://localhost:{served.port}/lab")
        assert answer is not None
        assert answer.status == 200
        page.goto(f"http://127.0.0.1:{port}/")
        # At the name that is ours, the browser would have sent it: the address is what protects.
        page.goto(f"http://localhost:{port}/")
        # A browser asks for a page's icon in its own time, so requests are told by their host.
        cookies = {
            name: [sent for host, sent in seen if host == f"{name}:{port}"] for name in NAMES
        }
        assert set(cookies["127.0.0.1"]) == {""}
        assert f"sandbox_{served.port}=" in cookies["localhost"][0]


@pytest.mark.parametrize("kind", ["Path=/", "Path=/lab", "Path=/; Secure", "Path=/; HttpOnly"])
def test_the_printed_link_opens_the_pages_whatever_cookie_another_app_set(
    browser: Browser, served: Served, kind: str
) -> None:
    foreign = f"sandbox_{served.port}=junk; {kind}"
    with another_app(Set_Cookie=foreign) as (port, _), browser.new_context() as context:
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto(f"http://localhost:{served.port}/?token={served.token}")
        page.goto(f"http://localhost:{port}/lab")
        for _ in range(2):
            page.goto(f"http://localhost:{served.port}/?token={served.token}")
            answer = page.goto(f"http://localhost:{served.port}/lab")
            assert answer is not None
            assert answer.status == 200
