"""Measure the public site and a class as they are deployed; the load tools take the same cores.

It takes wrk, nginx and npm: the first two from the system's packages.
"""

import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from socket import create_connection
from threading import Event, Thread

import psutil

from tests.support.class_hub import class_hub, opened, signed_in
from tests.support.public_site import NAME, Site, public_site

Row = tuple[str, str, str]

ALL = "features=auth,admin,api_docs,async,live,jobs,model,deploy,pages"
PAGES = {
    "/learn": ">= 300",
    "/": ">= 80",
    "/choose": ">= 80",
    "/learn/flask/database": ">= 80",
    "/frameworks": ">= 80",
    f"/build?framework=flask&{ALL}": ">= 40",
    f"/compare?{ALL}": ">= 40",
}
READERS = 300
PAGES_A_SECOND = 34
SECONDS = 20
SLOW = 1000
NAMES = 1500
CLASS = 20


def measure(part: str = "") -> Iterator[Row]:
    """Yield the figures of the public site, then of a class; of one part where that is named.

    The parts are rates, readers, slow, names and class.
    """
    parts = {"rates": _rates, "readers": _readers, "slow": _slow, "names": _names}
    chosen = [figures for name, figures in parts.items() if part in ("", name)]
    with tempfile.TemporaryDirectory(prefix="scale-") as name:
        if chosen:
            with public_site(Path(name)) as site:
                site.ask("/", port=site.app)  # it listens before it is ready
                for figures in chosen:
                    yield from figures(site)
        if part in ("", "class"):
            folder = Path(name, "class")
            folder.mkdir()
            yield from _class(folder)


def _rates(site: Site) -> Iterator[Row]:
    for path, promised in PAGES.items():
        address = f"http://127.0.0.1:{site.app}{path}"
        site.ask(path, port=site.app)
        done = subprocess.run(
            ["wrk", "-t1", "-c16", "-d5s", "-H", f"Host: {NAME}", address],
            capture_output=True,
            text=True,
            check=True,
        )
        assert "Non-2xx" not in done.stdout, done.stdout
        rate = float(re.findall(r"Requests/sec:\s+([0-9.]+)", done.stdout)[0])
        yield f"{path[:40]}, requests/s of two workers", f"{rate:.0f}", promised


def _readers(site: Site) -> Iterator[Row]:
    for door, port, promised in (("uncached", site.app, "<= 150"), ("nginx", site.nginx, "<= 30")):
        times = _paced(site, port)
        yield f"{READERS} readers, {door}, p99, ms", f"{_p99(times) * 1000:.0f}", promised


def _paced(site: Site, port: int) -> list[float]:
    """Ask for pages at the promised pace, whatever the answers take."""
    pages = list(PAGES)[:5]
    times: list[float] = []

    def read(number: int) -> None:
        began = time.perf_counter()
        assert site.ask(pages[number % len(pages)], port=port).status == 200
        times.append(time.perf_counter() - began)

    start = time.perf_counter()
    with ThreadPoolExecutor(READERS) as readers:
        for number in range(PAGES_A_SECOND * SECONDS):
            time.sleep(max(0.0, start + number / PAGES_A_SECOND - time.perf_counter()))
            readers.submit(read, number)
    assert len(times) == PAGES_A_SECOND * SECONDS
    return times


def _p99(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def _slow(site: Site) -> Iterator[Row]:
    half = f"GET /compare HTTP/1.1\r\nHost: {NAME}\r\n".encode()
    times: list[float] = []
    with ExitStack() as stack:
        for number in range(SLOW):
            reader = stack.enter_context(create_connection(("127.0.0.1", site.nginx)))
            reader.sendall(half if number % 2 else half + b"\r\n")
        for _ in range(15):
            began = time.perf_counter()
            if site.ask("/learn").status == 200:
                times.append(time.perf_counter() - began)
    good = sum(each <= 0.2 for each in times)
    yield f"good requests <= 200 ms beside {SLOW} slow clients, of 15", str(good), "15"


def _names(site: Site) -> Iterator[Row]:
    """Ask the heaviest page for ever new names with 16 clients; another address beside them."""
    ended = Event()
    beside: list[float] = []

    def look() -> None:
        while not ended.is_set():
            began = time.perf_counter()
            site.ask("/learn", port=site.app)
            beside.append(time.perf_counter() - began)
            time.sleep(0.05)

    looking = Thread(target=look)
    looking.start()
    with ThreadPoolExecutor(16) as clients:
        path = f"/build?framework=django,flask,fastapi&{ALL}&name=Name"
        list(clients.map(lambda number: site.ask(f"{path}{number}", port=site.app), range(NAMES)))
    ended.set()
    looking.join()
    yield "/learn beside 16 clients with new names, p99, ms", f"{_p99(beside) * 1000:.0f}", "<= 100"
    workers = [
        each.memory_info().rss
        for each in psutil.process_iter(["cmdline"])
        if f"127.0.0.1:{site.app}" in (each.info["cmdline"] or [])
    ]
    yield f"largest worker after {NAMES} names, MB", f"{max(workers) / 1e6:.0f}", "<= 250"


def _class(folder: Path) -> Iterator[Row]:
    names = [f"learner{number}" for number in range(CLASS)]
    with class_hub(folder) as hub:
        began = time.perf_counter()
        with ThreadPoolExecutor(CLASS) as pool:
            learners = list(pool.map(lambda name: signed_in(hub, name), names))
            list(pool.map(opened, learners))
        took = time.perf_counter() - began
        sizes = _sizes()
        for each in learners:
            each.browser.close()
    yield f"{CLASS} learners behind a hub, all up, s", f"{took:.0f}", "<= 30"
    yield (
        "memory of a learner before their apps, MB",
        f"{statistics.mean(sizes) / 1e6:.0f}",
        "<= 180",
    )


def _sizes() -> list[int]:
    """Return for each learner the memory of the hub's door and the pages behind it."""
    doors = [
        each
        for each in psutil.process_iter(["cmdline"])
        if any(word.endswith("/deploy/class/door.py") for word in each.info["cmdline"] or [])
    ]
    return [
        sum(one.memory_info().rss for one in (each, *each.children(recursive=True)))
        for each in doors
    ]
