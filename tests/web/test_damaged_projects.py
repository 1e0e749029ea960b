"""A damaged project or record is shown as itself; every page goes on for the rest."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sandbox.web import Settings, create_app
from tests.support.variants import workshop_in

HOME = {"Host": "127.0.0.1:8080"}
PAGES = ["/lab", "/learn", "/learn/flask/routes", "/compare", "/compare?project=whole", "/"]


def write(path: str, content: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder / path).write_bytes(content) and None


def put_folder(folder: Path) -> None:
    (folder / ".sandbox/progress.json").mkdir()


PROGRESS = ".sandbox/progress.json"
DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "empty progress": (write(PROGRESS, b""), "cannot be used: it is not JSON"),
    "nested progress": (write(PROGRESS, b'{"a":' + b"[" * 5000), "cannot be used: it is not JSON"),
    "surrogate": (write(PROGRESS, b'{"a": "\\ud800"}'), "cannot be used: it is not JSON"),
    "folder": (put_folder, "cannot be used: it is a folder"),
    "no record": (write(".sandbox/project.toml", b""), "“damaged” cannot be used as a project."),
    "foreign": (
        write(".sandbox/project.toml", b'framework="rails"\nname=""\nslug=""\n[features]'),
        "“damaged” was made for",
    ),
}


@pytest.mark.parametrize(("damage", "told"), DAMAGES.values(), ids=DAMAGES)
def test_every_page_goes_on_beside_a_damaged_project(
    damage: Callable[[Path], None], told: str, tmp_path: Path
) -> None:
    workshop = workshop_in(tmp_path)
    for name in ("whole", "damaged"):
        workshop.create([workshop.request("flask", features=["routes"], slug=name)])
    damage(tmp_path / "damaged")
    client = create_app(workshop, settings=Settings(token=None)).test_client()
    pages = {path: client.get(path, headers=HOME) for path in PAGES}
    assert {path: page.status_code for path, page in pages.items()} == dict.fromkeys(PAGES, 200)
    assert "whole" in pages["/lab"].text
    assert told in pages["/lab"].text
    listed = client.get("/api/projects", headers=HOME)
    assert "whole" in [each["slug"] for each in listed.json["projects"]]


def test_a_feature_of_a_newer_version_is_passed_over(tmp_path: Path) -> None:
    workshop = workshop_in(tmp_path)
    folder = workshop.create([workshop.request("flask", slug="newer")])[0].folder
    with (folder / ".sandbox/project.toml").open("a") as record:
        record.write("teleport = true\n")
    client: FlaskClient = create_app(workshop, settings=Settings(token=None)).test_client()
    for path in ("/lab", "/learn", "/compare?project=newer&framework=flask"):
        page = client.get(path, headers=HOME)
        assert page.status_code == 200
        assert path == "/learn" or "newer" in page.text
