"""Measure the served apps while streams are open and an import runs."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from tests.scaffolds.test_load import LINES, STREAMS, ask_for_stream, features_of, import_text
from tests.support.production import Served, served
from tests.support.variants import FRAMEWORKS
from tests.support.visitor import Visitor

Row = tuple[str, str, str]

REQUESTS = 300


def measure() -> list[Row]:
    """Return for each framework how /health, reading and writing fare meanwhile."""
    return [row for framework in FRAMEWORKS for row in _rows(framework)]


def _rows(framework: str) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="load-") as name:
        features = features_of(framework, "live", "jobs", "deploy")
        with (
            served(framework, features, Path(name)) as app,
            _busy(app) as streams,
            closing(Visitor(app.url)) as visitor,
        ):
            health = sorted(_times(visitor, "/health"))
            read = statistics.median(_times(visitor, "/api/books"))
    yield f"{framework}: streams served of {STREAMS} asked for", str(streams), ""
    p99 = health[int(len(health) * 0.99)]
    yield f"{framework}: /health meanwhile, p99, ms", f"{p99 * 1000:.0f}", "<= 300"
    yield f"{framework}: /api/books meanwhile, median, ms", f"{read * 1000:.0f}", ""


@contextmanager
def _busy(app: Served) -> Iterator[int]:
    """Keep streams open and an import of 20,000 lines running; yield how many are served."""
    with ExitStack() as stack:
        statuses = [ask_for_stream(stack, app.url)[0] for _ in range(STREAMS)]
        visitor = stack.enter_context(closing(Visitor(app.url)))
        kind = {"Content-Type": "text/csv"}
        sent = visitor.client.post("/api/imports", content=import_text(LINES), headers=kind)
        assert sent.status_code == 202, sent.text
        yield statuses.count(200)


def _times(visitor: Visitor, path: str) -> list[float]:
    times: list[float] = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        assert visitor.get(path).status_code == 200
        times.append(time.perf_counter() - began)
    return times
