"""An app behind a prefix, as a hub or a proxy gives it one: no link leads out of it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import httpx2
import pytest

from tests.mutation.starting import MAKE_STAFF, STAFF, manage
from tests.support.crawl import crawl
from tests.support.production import Served, served
from tests.support.variants import EVERY_FRAMEWORK, WORKSHOP
from tests.support.visitor import Visitor

pytestmark = pytest.mark.slow

PREFIX = "/user/ada/proxy"
# A WSGI server is told by SCRIPT_NAME and gets the whole path; uvicorn is told by an option and
# gets what follows the prefix.
STRIPPED = {"fastapi"}
BOOK = {"title": "Emma", "author": "Jane Austen", "isbn": "", "year": "1815"}


class Proxy(httpx2.HTTPTransport):
    """Pass on what is asked below the prefix, and notice whatever is asked outside."""

    def __init__(self, *, strip: bool) -> None:
        super().__init__()
        self.strip = strip
        self.outside: list[str] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == PREFIX:
            return httpx2.Response(308, headers={"Location": f"{PREFIX}/"})
        if not request.url.path.startswith(f"{PREFIX}/"):
            self.outside.append(request.url.path)
            return httpx2.Response(404)
        if self.strip:
            raw = request.url.raw_path.decode().removeprefix(PREFIX)
            request = httpx2.Request(
                request.method,
                request.url.copy_with(raw_path=raw.encode()),
                headers=request.headers,
                stream=request.stream,
                extensions=request.extensions,
            )
        return super().handle_request(request)


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_no_link_of_an_app_behind_a_prefix_leads_out_of_it(framework: str, tmp_path: Path) -> None:
    with behind(framework, tmp_path) as (app, visitor, proxy):
        surroundings = {**os.environ, "DEBUG": "1"}
        manage(framework, MAKE_STAFF[framework], app.project, surroundings).check_returncode()
        visitor.send_form("/login", dict(zip(("username", "password"), STAFF, strict=True)))
        added = visitor.send_form("/books/new", BOOK)
        assert added.url.path.startswith(f"{PREFIX}/books/"), added.url
        assert "Emma" in added.text
        seen, broken = crawl(visitor.client, f"{app.url}{PREFIX}/")
        assert proxy.outside == []
        assert broken == []
        for part in ("/admin/", "/docs", "/books/new"):
            assert any(part in address for address in seen | {f"{PREFIX}/docs"}), part


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_documents_and_answers_name_addresses_behind_the_prefix(
    framework: str, tmp_path: Path
) -> None:
    with behind(framework, tmp_path) as (app, visitor, proxy):
        visitor.sign_up()
        created = visitor.send_json("POST", "/api/books", '{"title": "Emma", "author": "Austen"}')
        assert created.status_code == 201, created.text
        location = urljoin(f"{app.url}{PREFIX}/api/books", created.headers["Location"])
        assert visitor.client.get(location).json() == created.json()
        docs = visitor.get("/docs")
        (described,) = set(re.findall(r"""["']([^"'\s]*openapi\.json)["']""", docs.text))
        found = visitor.client.get(urljoin(str(docs.url), described))
        document = found.json()
        server = urljoin(str(found.url), document["servers"][0]["url"]).rstrip("/")
        listed = visitor.client.get(f"{server}/api/books")
        assert "/api/books" in document["paths"]
        assert listed.json()["total"] >= 1
        assert proxy.outside == []


@contextmanager
def behind(framework: str, folder: Path) -> Iterator[tuple[Served, Visitor, Proxy]]:
    """Serve the project with every feature behind the prefix, and visit it through a proxy."""
    strip = framework in STRIPPED
    with served(
        framework,
        WORKSHOP.scaffold(framework).offers,
        folder,
        {} if strip else {"SCRIPT_NAME": PREFIX},
        options=("--root-path", PREFIX) if strip else (),
        health="/health" if strip else f"{PREFIX}/health",
    ) as app:
        visitor = Visitor(f"{app.url}{PREFIX}")
        visitor.client.close()
        proxy = Proxy(strip=strip)
        visitor.client = httpx2.Client(
            base_url=f"{app.url}{PREFIX}", transport=proxy, timeout=120, follow_redirects=True
        )
        with visitor.client:
            yield app, visitor, proxy
