"""Time the pages in Chromium as a reader feels them, beside a page that does nothing."""

import statistics
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.support.serving import serving

Row = tuple[str, str, str]

CHROMIUM = "/usr/bin/chromium"
RUNS = 15
_TRIVIAL = b"""<!doctype html><html lang=en><title>Nothing</title>
<body><input type=checkbox id=tick><p id=said>0</p><script type=module>
tick.addEventListener("change", async () => {
  said.textContent = (await (await fetch("/" + Math.random())).text()).length + Math.random()
})</script>"""

# From a click until what it changes stands in the page; the next frame is the browser's matter.
_CLICK = """([clicked, changed, turn]) => new Promise((done) => {
  const place = document.querySelector(changed)
  const start = performance.now()
  new MutationObserver((_, observer) => {
    observer.disconnect()
    done(performance.now() - start)
  }).observe(place, { childList: true, subtree: true, characterData: true })
  const all = document.querySelectorAll(clicked)
  all[turn % all.length].click()
})"""
_LOADED = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"


def measure() -> list[Row]:
    """Return the median milliseconds of what readers wait for, each beside the trivial page."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as served,
        _trivial_page() as trivial,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context().new_page()
        page.goto(f"http://localhost:{served.port}/?token={served.token}")
        own = f"http://localhost:{served.port}"
        rows = [
            _beside("Advisor interactive", "<= 150", _loading(page, f"{own}/choose", trivial)),
            *(_clicking(page, own, trivial)),
        ]
        browser.close()
        return rows


def _clicking(page: Page, own: str, trivial: str) -> Iterator[Row]:
    offered = "auth,admin,api_docs,async,live,jobs,model,deploy"
    cases = (
        ("Advisor, answer to result", "<= 100", "/choose?view=all", "[name=goal]", "#so-far"),
        ("Builder, tick to project", "<= 150", "/build", "#feature-deploy", "#bar"),
        (
            "Viewer, a file of a large project opens",
            "<= 60",
            f"/build?framework=django&features={offered}",
            "[data-tree] a[data-open]",
            "#open-file",
        ),
    )
    for name, promise, path, clicked, changed in cases:
        yield _beside(name, promise, _answering(page, (f"{own}{path}", trivial), clicked, changed))


def _beside(name: str, promise: str, times: tuple[list[float], list[float]]) -> Row:
    ours, trivial = map(statistics.median, times)
    return (f"{name}, ms / a trivial page's", f"{ours:.0f} / {trivial:.0f}", promise)


def _loading(page: Page, ours: str, trivial: str) -> tuple[list[float], list[float]]:
    """Return how long each page takes until its scripts have run, taken in turns."""

    def load(address: str) -> float:
        page.goto(address)
        return float(page.evaluate(_LOADED))

    return _in_turns(lambda: load(ours), lambda: load(trivial))


def _answering(
    page: Page, addresses: tuple[str, str], clicked: str, changed: str
) -> tuple[list[float], list[float]]:
    """Return how long clicks take on our page and on the trivial one, taken in turns."""
    ours, trivial = addresses
    other = page.context.new_page()
    page.goto(ours)
    other.goto(trivial)
    turns = iter(range(1, RUNS + 1))
    times = _in_turns(
        lambda: float(page.evaluate(_CLICK, [clicked, changed, next(turns)])),
        lambda: float(other.evaluate(_CLICK, ["#tick", "#said", 0])),
    )
    other.close()
    return times


def _in_turns(
    first: Callable[[], float], second: Callable[[], float]
) -> tuple[list[float], list[float]]:
    pairs = [(first(), second()) for _ in range(RUNS)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


class _Trivial(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(_TRIVIAL)))
        self.end_headers()
        self.wfile.write(_TRIVIAL)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def _trivial_page() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Trivial)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
