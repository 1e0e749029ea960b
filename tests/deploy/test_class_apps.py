"""The apps of a learner behind a real JupyterHub that is asked for by a public name."""

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.mutation.starting import MAKE_STAFF, STAFF, manage
from tests.support.class_hub import Learner, class_hub, opened, signed_in
from tests.support.crawl import crawl
from tests.support.variants import EVERY_FRAMEWORK, WORKSHOP
from tests.support.visitor import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.load, pytest.mark.timeout(900)]

NAME = "hub.example"
OWN_PAGE = {"Sec-Fetch-Site": "same-origin", "Origin": f"http://{NAME}"}
BOOK = {"title": "Emma", "author": "Jane Austen", "isbn": "", "year": "1815"}
PATIENCE_SECONDS = 600


class ByName(httpx2.HTTPTransport):
    """Find the hub under its public name, as the names of a network would; note what is asked."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.port = urlsplit(address).port
        self.asked: list[str] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(f"{request.url.host}{request.url.path}")
        assert request.headers["Host"] == NAME
        there = request.url.copy_with(host="127.0.0.1", port=self.port)
        return super().handle_request(
            httpx2.Request(
                request.method,
                there,
                headers=request.headers,
                stream=request.stream,
                extensions=request.extensions,
            )
        )


@dataclass(frozen=True)
class Class:
    """A learner whose apps of all frameworks run, and where the hub shows each."""

    learner: Learner
    folder: Path
    transport: ByName
    apps: dict[str, str]


@pytest.fixture(scope="module")
def ada(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    folder = tmp_path_factory.mktemp("class")
    with class_hub(folder) as address:
        transport = ByName(address)
        browser = httpx2.Client(transport=transport, follow_redirects=True, timeout=400)
        with browser:
            learner = signed_in(f"http://{NAME}", "ada", browser=browser)
            opened(learner)
            browser.headers.update(OWN_PAGE)
            apps = {framework: _started(learner, framework) for framework in WORKSHOP.scaffolds}
            yield Class(learner, folder / "ada" / "framework-sandbox", transport, apps)


def _started(learner: Learner, framework: str) -> str:
    """Make a project with every feature and start it; return the address that the Lab links to."""
    features = WORKSHOP.scaffold(framework).offers
    made = learner.browser.post(
        f"{learner.pages}/api/projects",
        json={"framework": framework, "name": f"On {framework}", "features": [*features]},
    )
    assert made.status_code == 201, made.text
    begun = learner.browser.post(
        f"{learner.pages}/api/lab/start", json={"project": f"on_{framework}"}
    )
    assert begun.status_code == 200, begun.text
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        state = learner.ask("/api/lab").json()["apps"][f"on_{framework}"]
        if state["phase"] == "running":
            break
        assert state["phase"] in ("preparing", "starting"), state
        time.sleep(0.5)
    page = learner.ask(f"/lab/projects/on_{framework}").text
    (link,) = re.findall(r'<a class="button primary small" href="([^"]+)"', page)
    assert re.fullmatch(r"/user/ada/proxy/[0-9]+/", link)
    return f"http://{NAME}{link}"


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_no_link_of_an_app_leaves_its_place_behind_the_hub(ada: Class, framework: str) -> None:
    project, surroundings = ada.folder / f"on_{framework}", {**os.environ, "DEBUG": "1"}
    manage(framework, MAKE_STAFF[framework], project, surroundings).check_returncode()
    start = ada.apps[framework]
    visitor = Visitor(start)
    visitor.client.close()
    visitor.client = ada.learner.browser
    visitor.client.base_url = start
    ada.transport.asked.clear()
    visitor.send_form("login", dict(zip(("username", "password"), STAFF, strict=True)))
    added = visitor.send_form("books/new", BOOK)
    assert str(added.url).startswith(f"{start}books/"), (added.url, added.text)
    assert "Emma" in added.text
    seen, broken = crawl(visitor.client, start)
    assert broken == []
    assert [path for path in ada.transport.asked if not f"http://{path}/".startswith(start)] == []
    for part in ("/admin/", "/static/", "/books/"):
        assert any(part in address for address in seen), part
    assert visitor.client.get("docs").status_code == 200


@pytest.mark.parametrize("feature", ["routes", "pages", "api_docs"])
@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_a_lesson_check_of_an_app_behind_the_hub_passes(
    ada: Class, framework: str, feature: str
) -> None:
    """The check asks the very app that the hub shows, at its own address."""
    name = f"on_{framework}"
    address = ada.learner.ask("/api/lab").json()["apps"][name]["address"]
    checked = ada.learner.browser.post(
        f"{ada.learner.pages}/learn/{framework}/{feature}", data={"project": name, "url": address}
    )
    outcomes = re.findall(r'<li data-outcome="(\w+)">', checked.text)
    assert "passed" in outcomes
    assert "failed" not in outcomes, re.findall("<small>.*?</small>", checked.text)
