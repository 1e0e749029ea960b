"""The public site: no workspace, no processes, and pages that caches may keep."""

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from sandbox.errors import RequestError
from sandbox.generate import ProjectRequest
from sandbox.web import Settings, create_app, public_app
from sandbox.workshop import Workshop, public_workshop
from tests.support.variants import workshop_in

pytestmark = pytest.mark.security

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
PAGES = ("/", "/build", "/compare", "/learn", "/learn/flask/routes", "/frameworks", "/claims")
LOCAL = ("/projects", "/api/projects", "/?token=x", "/compare?project=mine", "/projects?made=mine")


@pytest.fixture(scope="module")
def site() -> FlaskClient:
    return public_app({}).test_client()


class Touched:
    """Note every file-system call below a folder while it is asked to."""

    def __init__(self) -> None:
        self.folder = ""
        self.calls: list[str] = []

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.folder and event.split(".")[0] in ("open", "os", "shutil", "pathlib"):
            self.calls += [event for each in arguments if str(each).startswith(self.folder)]


_touched = Touched()
sys.addaudithook(_touched)


@pytest.fixture
def touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Touched]:
    """What is done in the workspace that the environment names, with one project in it."""
    folder = tmp_path / "workspace"
    workshop = workshop_in(folder)
    workshop.create([workshop.request("flask", name="mine")])
    monkeypatch.setenv("SANDBOX_WORKSPACE", str(folder))
    _touched.calls = []
    _touched.folder = str(folder)
    yield _touched
    _touched.folder = ""


def test_no_address_and_no_parameter_reaches_a_workspace(touched: Touched) -> None:
    app = public_app({})
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    asked = 0
    for address in addresses(app):
        for query in ("", "?project=mine", "?project=mine&framework=flask", "?token=x"):
            for method in METHODS:
                with client.open(f"{address}{query}", method=method) as answer:
                    asked += 1
                    what = f"{method} {address}{query}"
                    assert answer.status_code < 500, what
                    if method not in ("GET", "HEAD", "OPTIONS") or query:
                        assert answer.status_code in (404, 405), what
    assert asked > 300
    assert touched.calls == []


def test_the_same_requests_do_reach_the_workspace_of_the_local_app(touched: Touched) -> None:
    """The control: without the rules of the public site, the look-out sees calls."""
    local = create_app(workshop_in(Path(touched.folder)), settings=Settings())
    assert local.test_client().get("/lab").status_code == 200
    assert touched.calls


@pytest.mark.parametrize("address", LOCAL)
def test_what_works_with_projects_is_not_there(site: FlaskClient, address: str) -> None:
    answer = site.get(address)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", PAGES)
def test_pages_offer_no_form_that_writes(site: FlaskClient, address: str) -> None:
    assert 'method="post"' not in site.get(address).text


@pytest.mark.parametrize(
    "address", [*PAGES, "/api", "/api/zip?framework=flask", "/build?features=auth"]
)
def test_a_cache_may_keep_every_page_and_ask_whether_it_is_the_same(address: str) -> None:
    first, second = (public_app({}).test_client() for _ in range(2))
    answer = first.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"].startswith("public, max-age=")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers.get("Vary", "") == ""
    tag = answer.headers["ETag"]
    assert not tag.startswith("W/")
    again = second.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)


def test_every_reader_gets_the_same_bytes(site: FlaskClient) -> None:
    for address in PAGES:
        plain = site.get(address).data
        for headers in (
            {"User-Agent": "curl/8.0", "Accept": "*/*"},
            {"Accept-Encoding": "gzip"},
            {"Authorization": "Bearer x"},
            {"Cookie": "sandbox_80=x"},
        ):
            assert site.get(address, headers=headers).data == plain, f"{address} {headers}"


def test_only_the_named_hosts_are_answered() -> None:
    client = public_app({"SANDBOX_HOSTS": "shelf.example, www.shelf.example"}).test_client()
    for name, status in (("www.shelf.example", 200), ("shelf.example", 200), ("evil.example", 400)):
        assert client.get("/", headers={"Host": name}).status_code == status


def test_a_name_that_is_no_host_is_refused() -> None:
    with pytest.raises(RequestError, match="host name"):
        public_app({"SANDBOX_HOSTS": "http://shelf.example"})


def addresses(app: Flask) -> Iterator[str]:
    """Yield an address for every rule of the app."""
    fill = {"framework": "flask", "feature": "routes", "filename": "base.css"}
    for rule in app.url_map.iter_rules():
        yield _filled(rule, fill)


def _filled(rule: Rule, fill: dict[str, str]) -> str:
    address = rule.rule
    for name in rule.arguments:
        for form in (f"<{name}>", f"<path:{name}>"):
            address = address.replace(form, fill.get(name, "mine"))
    return address


def test_the_text_help_has_an_address_of_its_own(site: FlaskClient, client: FlaskClient) -> None:
    for each in (site, client):
        answer = each.get("/help.txt")
        assert answer.mimetype == "text/plain"
        assert "/api/recommend" in answer.text
    assert "/api/projects" not in site.get("/help.txt").text
    assert "/api/projects" not in {each["path"] for each in site.get("/api").json["endpoints"]}


def test_the_local_first_page_says_that_it_depends_on_who_asks(client: FlaskClient) -> None:
    for agent in ("curl/8.0", "Mozilla/5.0"):
        answer = client.get("/", headers={"User-Agent": agent})
        assert {"Accept", "User-Agent"} <= set(answer.vary), agent


class Slow(Workshop):
    """A workshop whose archives are not done before they are let."""

    begun = Event()
    let = Event()

    def archive(self, requests: Sequence[ProjectRequest]) -> bytes:
        self.begun.set()
        assert self.let.wait(30)
        return super().archive(requests)


def test_pages_that_render_projects_wait_for_each_other_and_no_other_page_does() -> None:
    quick = public_workshop()
    slow = Slow(quick.knowledge, quick.scaffolds, quick.workspace)
    app = create_app(slow, settings=Settings(public=True))
    rendering = ("/build", "/build/zip", "/compare", "/compare/layout", "/compare/diff")
    rendering += ("/api/tree", "/api/zip", "/api/diff", "/api/compare")

    def ask(path: str) -> int:
        return app.test_client().get(path).status_code

    with ThreadPoolExecutor(len(rendering) + 1) as pool:
        first = pool.submit(ask, "/build/zip?framework=django")
        assert slow.begun.wait(30)
        others = [pool.submit(ask, f"{path}?framework=flask") for path in rendering]
        try:
            assert [ask(path) for path in ("/", "/learn", "/frameworks", "/api")] == [200] * 4
            assert not wait([first, *others], timeout=0.5).done
        finally:
            slow.let.set()
        assert [each.result(30) for each in (first, *others)] == [200] * (len(rendering) + 1)
