"""What travels: compressed answers, static files that are asked for once, streams left alone."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, Response

from sandbox.web import Settings, assets, create_app
from tests.support.serving import Served, serving
from tests.support.variants import workshop_in
from tests.web.conftest import TOKEN


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("workspace")) as served:
        yield served


@pytest.mark.parametrize("path", ["/", "/build", "/compare", "/learn", "/api"])
def test_an_answer_is_compressed_for_who_takes_it_and_says_the_same(
    served: Served, path: str
) -> None:
    packed = served.ask(path, Accept="text/html", Accept_Encoding="br, gzip;q=0.5")
    plain = served.ask(path, Accept="text/html", Accept_Encoding="gzip;q=0, identity")
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body
    assert int(packed.headers["content-length"]) == len(packed.body) < len(plain.body) / 2
    for answer in (packed, plain):
        assert "Accept-Encoding" in answer.headers["vary"]


def test_the_head_of_a_page_is_that_of_the_page(served: Served) -> None:
    head = served.ask("/learn", method="HEAD", Accept_Encoding="gzip")
    page = served.ask("/learn", Accept_Encoding="gzip")
    assert head.body == b""
    assert head.headers["content-length"] == page.headers["content-length"]


def test_a_zip_file_is_sent_as_it_is(served: Served) -> None:
    answer = served.ask("/api/zip?framework=flask", Accept_Encoding="gzip")
    assert "content-encoding" not in answer.headers
    assert answer.body.startswith(b"PK")


def static_addresses(served: Served, page: str = "/") -> list[str]:
    text = served.ask(page, Accept="text/html").text
    return re.findall(r'(?:href|src)="(/static/[^"]+)"', text)


def test_all_style_and_script_of_every_page_is_small(served: Served) -> None:
    addresses = static_addresses(served)
    assert len(addresses) <= 6
    sent = [served.ask(each, Accept_Encoding="gzip") for each in addresses]
    assert sum(len(each.body) for each in sent) <= 30_000


def test_the_joined_script_holds_each_module_once_and_imports_nothing() -> None:
    script = assets.scripts()
    assert not re.search(r"^(?:import|export) ", script, re.MULTILINE)
    for name in ("live.js", "viewer.js", "tree.js"):
        first = (assets.FOLDER / name).read_text(encoding="utf-8").split("\n")[0]
        assert script.count(first) == 1


def test_static_files_are_named_by_what_they_say_and_kept_for_good(served: Served) -> None:
    addresses = static_addresses(served)
    assert set(static_addresses(served, "/claims")) <= set(addresses)
    for address in addresses:
        assert re.fullmatch(r"/static/[0-9a-f]{16}/[\w.-]+", address)
        for encoding in ("gzip", "identity"):
            answer = served.ask(address, Accept_Encoding=encoding)
            assert answer.status == 200
            assert "immutable" in answer.headers["cache-control"]
            assert "max-age=31536000" in answer.headers["cache-control"]
            again = served.ask(
                address, Accept_Encoding=encoding, If_None_Match=answer.headers["etag"]
            )
            assert (again.status, again.body) == (304, b"")


def test_every_script_that_another_imports_is_fetched_at_once(served: Served) -> None:
    addresses = static_addresses(served)
    scripts = {address for address in addresses if address.endswith(".js")}
    for script in scripts:
        for name in re.findall(r'from "\./([^"]+)"', served.ask(script).text):
            assert script.rpartition("/")[0] + f"/{name}" in scripts


@pytest.mark.parametrize("kind", ["text/event-stream", "text/html", "text/plain"])
def test_a_stream_is_neither_compressed_nor_held_back(tmp_path: Path, kind: str) -> None:
    app = create_app(workshop_in(tmp_path))
    made: list[int] = []

    def parts() -> Iterator[str]:
        for number in range(3):
            made.append(number)
            yield f"data: {'x' * 2000}\n\n"

    app.add_url_rule("/stream", view_func=lambda: Response(parts(), mimetype=kind))
    answer = app.test_client().get("/stream", headers={"Accept-Encoding": "gzip"}, buffered=False)
    first = next(iter(answer.response))
    assert made == [0]
    assert first.startswith(b"data:")
    assert "Content-Encoding" not in answer.headers


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app(workshop_in(tmp_path), settings=Settings(token=TOKEN))


def test_no_secret_stands_in_an_answer_that_is_compressed(app: Flask) -> None:
    """A secret beside text that a stranger chose could be guessed by the answer's length."""
    client = app.test_client()
    set_cookie = client.get("/", query_string={"token": TOKEN}).headers["Set-Cookie"]
    value = set_cookie.split(";")[0].partition("=")[2]
    pages = ["/", "/build?name=guess", "/compare?features=routes", "/lab", "/learn", "/api"]
    for page in [*pages, "/learn/flask/hello", "/api/projects", "/nowhere", "/build?name=a/b"]:
        text = client.get(page).text
        assert TOKEN not in text
        assert value not in text
