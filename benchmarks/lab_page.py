"""Measure the Lab's page: its time and size, under streams and an installation, and its memory."""

import http.client
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

import httpx2
import psutil

from sandbox.workshop import Workshop, open_workshop
from sandbox.workspace import Project
from tests.support.serving import Answer, Served, serving

Row = tuple[str, str, str]
STREAMS = 40
SECONDS = 20
A_SECOND = 20  # pages
PAGES = ("/lab", "/", "/build", "/learn", "/compare", "/lab/console", "/lab/projects/shelf-flask")
LINES = 36_000  # of each app: ten a second for an hour
# It prints an hour's lines as fast as it can, and says so at its end.
CHATTER = f"""

def _chatter() -> None:
    for number in range({LINES}):
        print(f"{{number:08}} {{'chatter ' * 11}}", flush=True)
    print("all is said", flush=True)


__import__("threading").Thread(target=_chatter, daemon=True).start()
"""
FIRST = {
    "shelf-django": "shelf/views.py",
    "shelf-flask": "app/hello.py",
    "shelf-fastapi": "app/main.py",
}


def measure() -> Iterator[Row]:
    """Yield a row a figure."""
    with tempfile.TemporaryDirectory(prefix="lab-page-") as name:
        folder = Path(name)
        workshop = open_workshop(folder)
        projects = workshop.create(workshop.requests(["all"]))
        for project in projects:
            workshop.lab.prepare(project)
        for project in projects:
            code = project.folder / FIRST[project.folder.name]
            code.write_text(code.read_text("utf-8") + CHATTER, encoding="utf-8")
        with serving(folder) as served:
            workshop.lab.states()  # collects what has ended
            (server,) = [each for each in psutil.Process().children() if _serves(each)]
            yield from _page(served)
            yield from _under_load(served, workshop)
            yield from _memory(served, server, projects)


def _serves(process: psutil.Process) -> bool:
    return process.status() != psutil.STATUS_ZOMBIE and "serve" in process.cmdline()


def _ask(served: Served, path: str) -> Answer:
    key = f"Bearer {served.token}"
    return served.ask(path, Accept="text/html", Accept_Encoding="gzip", Authorization=key)


def _page(served: Served) -> Iterator[Row]:
    times = sorted(_timed(served, "/lab") for _ in range(60))
    yield "Lab page of three projects, median, ms", f"{statistics.median(times):.1f}", "<= 30"
    yield "Lab page as sent, kB", f"{len(_ask(served, '/lab').body) / 1000:.1f}", "<= 60"


def _timed(served: Served, path: str) -> float:
    """Return the milliseconds of an answer."""
    began = time.perf_counter()
    answer = _ask(served, path)
    assert answer.status == 200, path
    return (time.perf_counter() - began) * 1000


def _under_load(served: Served, workshop: Workshop) -> Iterator[Row]:
    """Ask for pages at a steady pace while streams are open and packages are being installed."""
    project = workshop.create([workshop.request("fastapi", slug="installing")])[0]
    over = Event()

    def install() -> None:
        while not over.is_set():
            workshop.lab.prepare(project)
            shutil.rmtree(project.folder / ".venv")

    installing = Thread(target=install)
    with _streams(served):
        for page in PAGES:
            _timed(served, page)  # the first one of each fills the caches
        installing.start()
        begun = time.perf_counter()
        times: list[float] = []
        for number in range(SECONDS * A_SECOND):
            time.sleep(max(0.0, begun + number / A_SECOND - time.perf_counter()))
            times.append(_timed(served, PAGES[number % len(PAGES)]))
        over.set()
        installing.join()
    p99 = sorted(times)[int(len(times) * 0.99)]
    what = f"any page, {STREAMS} streams open and an installation, p99, ms"
    yield what, f"{p99:.0f}", "<= 100"


@contextmanager
def _streams(served: Served) -> Iterator[None]:
    with ExitStack() as stack:
        for _ in range(STREAMS):
            connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
            stack.callback(connection.close)
            headers = {
                "Host": f"localhost:{served.port}",
                "Authorization": f"Bearer {served.token}",
            }
            connection.request("GET", "/lab/events", headers=headers)
            assert connection.getresponse().status == 200
        yield


def _memory(served: Served, server: psutil.Process, projects: Sequence[Project]) -> Iterator[Row]:
    """Have three apps chatter while a page follows their logs; compare before and after."""
    for path in PAGES:
        _ask(served, path)
    before = server.memory_info().rss
    _act(served, "start", projects)
    offsets = {each.folder.name: 0 for each in projects}
    waiting, most = set(offsets), before
    with _streams(served):
        while waiting:
            for name, offset in offsets.items():
                told = json.loads(_log(served, name, offset))
                offsets[name] = told["offset"]
                waiting -= {name} if "all is said" in told["text"] else set()
            most = max(most, server.memory_info().rss)
            time.sleep(0.2)
    guardians = [each.memory_info().rss for each in server.children()]
    yield f"sandbox after 3 x {LINES} lines, more MB", f"{(most - before) / 1e6:.1f}", "<= 20"
    yield "largest guardian, MB", f"{max(guardians) / 1e6:.0f}", ""
    _act(served, "stop", projects)


def _act(served: Served, action: str, projects: Sequence[Project]) -> None:
    answer = httpx2.post(
        f"http://127.0.0.1:{served.port}/api/lab/{action}",
        json={"project": [each.folder.name for each in projects]},
        headers={"Host": f"localhost:{served.port}", "Authorization": f"Bearer {served.token}"},
        timeout=60,
        trust_env=False,
    )
    assert answer.status_code == 200, answer.text


def _log(served: Served, name: str, offset: int) -> str:
    """Return what is new in a log, as the page asks for it."""
    return served.ask(
        f"/lab/projects/{name}/log?offset={offset}", Authorization=f"Bearer {served.token}"
    ).text
