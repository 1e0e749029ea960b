"""Damaged projects beside a whole one, on a really started server: each named, none in the way."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.learn import record
from tests.support.serving import Served, serving
from tests.support.variants import WORKSHOP, request, workshop_in

PAGES = (
    "/lab", "/learn", "/learn/flask/routes", "/compare", "/compare?project=whole",
    "/compare/diff", "/compare/diff?before=flask:hello&after=project:whole",
)  # fmt: skip
RECORD, PROGRESS = ".sandbox/project.toml", ".sandbox/progress.json"
BROKEN: dict[str, tuple[str, bytes]] = {
    "empty_progress": (PROGRESS, b""),
    "deep_progress": (PROGRESS, b"[" * 5_000),
    "surrogate_progress": (PROGRESS, b'{"steps": {"\\ud800": 1}}'),
    "wrong_progress": (PROGRESS, b'{"steps": {"routes": {"done": 5}}}'),
    "latin_progress": (PROGRESS, b'{"steps": "\xe9"}'),
    "empty_record": (RECORD, b""),
    "deep_record": (RECORD, b"a = " + b"[" * 5_000),
    "latin_record": (RECORD, b'framework = "\xe9"'),
    "foreign_record": (RECORD, b'framework = "rails"\nname = "x"\nslug = "x"\n[features]\n'),
}


def damage_in_other_ways(folder: Path) -> list[str]:
    """Damage what is no text: links, folders and names in the way; return the projects' names."""
    (folder / "linked_progress" / PROGRESS).symlink_to("/dev/zero")
    (folder / "folder_progress" / PROGRESS).mkdir()
    os.mkfifo(folder / "piped_progress" / PROGRESS)
    linked = folder / "linked_record" / RECORD
    linked.unlink()
    linked.symlink_to(linked)
    return ["linked_progress", "folder_progress", "piped_progress", "linked_record"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    workshop = workshop_in(tmp_path_factory.mktemp("workspace"))
    folder = workshop.workspace.folder
    other = ["linked_progress", "folder_progress", "piped_progress", "linked_record"]
    for name in ("whole", *BROKEN, *other):
        workshop.create([workshop.request("flask", features=["routes"], slug=name)])
    for name, (place, content) in BROKEN.items():
        (folder / name / place).write_bytes(content)
    record(folder / "whole", "routes")
    assert damage_in_other_ways(folder) == other
    odd = Path(os.fsdecode(os.fsencode(folder) + b"/\xff"))
    (odd / ".sandbox").mkdir(parents=True)
    (odd / RECORD).write_bytes((folder / "whole" / RECORD).read_bytes())
    (folder / "whole" / os.fsdecode(b"\xff.py")).write_text("x = 1\n")
    with serving(folder) as served:
        yield served


def read(served: Served, path: str) -> tuple[int, str]:
    cookie = served.ask(f"/?token={served.token}").headers["set-cookie"].split(";")[0]
    answer = served.ask(path, Cookie=cookie)
    return answer.status, answer.text


@pytest.mark.parametrize("page", PAGES)
def test_every_damaged_project_is_named_on_every_page_and_hides_nothing(
    served: Served, page: str
) -> None:
    status, text = read(served, page)
    assert status == 200
    assert "whole" in text
    for name in (*BROKEN, "linked_progress", "folder_progress", "linked_record", "\ufffd"):
        assert name in text, name
    assert "cannot be used" in text


@pytest.mark.parametrize("name", ["empty_record", "deep_record", "foreign_record", "linked_record"])
def test_a_damaged_project_is_refused_with_its_reason(served: Served, name: str) -> None:
    for page in (f"/compare?project={name}", f"/compare/diff?after=project:{name}"):
        status, text = read(served, page)
        assert status in (400, 404)
        assert name in text
        assert "fault of its own" not in text


def test_who_has_no_token_learns_of_no_project(served: Served) -> None:
    for page in ("/learn", "/compare"):
        assert "empty_record" not in served.ask(page).text


def test_a_folder_may_have_commas_and_spaces_in_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "projects"
    WORKSHOP.create([request("flask")], folder)[0].folder.rename(folder / "one, two ")
    with serving(folder) as served:
        status, text = read(served, "/compare?project=one,%20two%20")
    assert status == 200
    assert "one, two " in text
