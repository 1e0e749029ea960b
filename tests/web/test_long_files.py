"""A learner's project with files that nobody would write by hand: its pages still answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.serving import Served, serving
from tests.support.variants import workshop_in

FILES = (
    "/code/mine?file=app/odd.html",
    "/compare/diff?before=flask:hello&after=project:mine&file=app/odd.html",
)
PAGES = ("/compare?project=mine", *FILES)
LONG = {
    "names and dots on one line": "a.b" * 20_000,
    "short lines": "x\n" * 120_000,
    "two kinds of lines": "x = 1\ny = 2\n" * 20_000,
    "open comments": "<!--\n" * 50_000,
    "open strings": "'''\n" * 60_000,
    "brackets": "(" * 200_000,
    "different lines": "".join(f"a{n} = {n}\n" for n in range(15_000)),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workshop = workshop_in(tmp_path_factory.mktemp("workspace"))
    workshop.create([workshop.request("flask", name="Mine")])
    return workshop.workspace.folder / "mine"


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serving(folder.parent) as served:
        yield served


def read(served: Served, path: str) -> str:
    cookie = served.ask(f"/?token={served.token}").headers["set-cookie"].split(";")[0]
    answer = served.ask(path, Cookie=cookie)
    assert answer.status == 200
    return answer.text


@pytest.mark.parametrize("page", FILES)
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_file_is_shown_plainly_with_a_word_about_it(
    served: Served, folder: Path, text: str, page: str
) -> None:
    for name in ("hello.py", "odd.html"):
        (folder / "app" / name).write_text(text, encoding="utf-8")
    shown = read(served, page)
    assert "app/odd.html" in shown
    assert "Shown without colours" in shown
    assert len(shown) < 1_000_000


@pytest.mark.parametrize("page", PAGES)
def test_a_project_of_many_long_files_is_a_short_page(
    served: Served, folder: Path, page: str
) -> None:
    for number in range(60):
        (folder / f"part{number:02}.py").write_text("word = 'text'\n" * 1_000, encoding="utf-8")
    assert len(read(served, f"{page}&search=word")) < 1_000_000
