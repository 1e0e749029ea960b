"""Where a server in front shows an app: read, refused, and told to the app as it starts."""

import httpx2
import pytest

from sandbox.errors import RequestError
from sandbox.run.front import Front
from tests.run import apps
from tests.run.labs import TinyLab


@pytest.mark.parametrize(
    ("url", "address", "host", "origin"),
    [
        ("/user/ada/proxy/{port}/", "/user/ada/proxy/7301/", "*", ""),
        ("/apps/{port}", "/apps/7301/", "*", ""),
        (
            "https://hub.example/user/ada/proxy/{port}/",
            "https://hub.example/user/ada/proxy/7301/",
            "hub.example",
            "https://hub.example",
        ),
        (
            "https://ada-{port}.example:8443/",
            "https://ada-7301.example:8443/",
            "ada-7301.example",
            "https://ada-7301.example:8443",
        ),
    ],
)
def test_an_address_of_apps_gives_that_of_a_port(
    url: str, address: str, host: str, origin: str
) -> None:
    front = Front(url)
    assert front.address(7301) == address
    assert front.values(7301) == {"host": host, "origin": origin}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/user/ada/proxy/",
        "{port}",
        "//evil.example/{port}/",
        "javascript:{port}",
        "ftp://hub.example/{port}/",
        "/a/../{port}/",
        "/{port}/?a=b",
        '/{port}/"><script>',
        "https://user@hub.example/{port}/",
    ],
)
def test_what_is_no_address_of_apps_is_refused(url: str) -> None:
    with pytest.raises(RequestError, match="does not say where the app of a port is shown") as seen:
        Front(url)
    assert seen.value.field == "apps-url"


def test_an_app_behind_a_server_in_front_is_told_and_shown_there(tiny: TinyLab) -> None:
    tiny.changes = {
        "front": "https://hub.example/proxy/{port}/",
        "front_words": {"app.py": "behind.py"},
        "front_environment": {"ASKED_AS": "{host} {origin}"},
    }
    project = tiny.project("raise SystemExit('not this one')")
    program = apps.ANSWERS.replace("import", "import os; print(os.environ['ASKED_AS'])\nimport", 1)
    (project.folder / "behind.py").write_text(program, encoding="utf-8")
    state = tiny.lab.start(project)
    assert state.address is not None
    port = state.address.rpartition(":")[2]
    assert state.link == f"https://hub.example/proxy/{port}/"
    assert httpx2.get(f"{state.address}/health", trust_env=False).status_code == 200
    assert "hub.example https://hub.example" in tiny.lab.log(project).text


def test_an_app_of_this_computer_is_linked_where_it_listens(tiny: TinyLab) -> None:
    state = tiny.lab.start(tiny.project(apps.ANSWERS))
    assert state.link == f"{state.address}/"
    assert state.shown_at == ""
