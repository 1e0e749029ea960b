"""The Lab prepares a project, starts it, tells how it is doing, and stops it."""

from __future__ import annotations

import shlex

import httpx2
import pytest

from sandbox.errors import ServerError
from tests.run import apps
from tests.run.labs import TinyLab


def text_at(address: str | None) -> str:
    assert address is not None
    return httpx2.get(address, trust_env=False).text


def test_a_new_project_is_prepared_started_and_stopped(tiny: TinyLab) -> None:
    project = tiny.project(apps.ANSWERS)
    assert tiny.lab.state(project).phase == "unprepared"
    lines: list[str] = []
    state = tiny.lab.start(project, on_line=lines.append)
    assert state.phase == "running"
    assert text_at(state.address) == "hello"
    assert "python" in state.versions
    assert "listening" in lines
    tiny.lab.stop(project)
    assert tiny.lab.state(project).phase == "stopped"
    with pytest.raises(httpx2.ConnectError):
        text_at(state.address)


def test_another_process_sees_the_same_apps_and_can_stop_them(tiny: TinyLab) -> None:
    project = tiny.project(apps.IN_A_CHILD)
    begun = tiny.lab.start(project)
    other = tiny.another()
    assert other.state(project) == begun
    assert other.start(project) == begun
    other.stop(project)
    assert tiny.lab.state(project).phase == "stopped"
    assert "listening" in other.log(project).text


def test_several_apps_run_side_by_side_and_keep_their_addresses(tiny: TinyLab) -> None:
    projects = [tiny.project(apps.ANSWERS, name) for name in ("one", "two", "three")]
    tiny.lab.begin(projects)
    addresses = {tiny.lab.start(each).address for each in projects}
    assert len(addresses) == 3
    kept = False
    for _ in range(5):  # another test may take a port while it is free
        before = {tiny.lab.state(each).address for each in projects}
        kept = kept or {tiny.lab.restart(each).address for each in projects} == before
    assert kept


def test_an_app_that_ends_at_once_is_told_in_its_own_words(tiny: TinyLab) -> None:
    project = tiny.project(apps.ENDS)
    with pytest.raises(ServerError, match="No module named shelf"):
        tiny.lab.start(project)
    assert tiny.lab.state(project).phase == "crashed"


def test_the_database_is_made_and_sown_once_and_never_reset(tiny: TinyLab) -> None:
    tiny.lines |= {
        "migrate": ("uv run python -c \"open('shelf.db', 'a').write('tables ')\"",),
        "seed": ("uv run python -c \"open('shelf.db', 'a').write('books ')\"",),
    }
    project = tiny.project(apps.ANSWERS)
    database = project.folder / "shelf.db"
    tiny.lab.start(project)
    tiny.lab.restart(project)
    assert database.read_text() == "tables books "
    migrations = project.folder / "migrations"
    migrations.mkdir()
    (migrations / "0002.py").write_text("", encoding="utf-8")
    tiny.lab.restart(project)
    assert database.read_text() == "tables books tables "


def test_the_books_are_sown_while_the_app_starts(tiny: TinyLab) -> None:
    wait = "while not path.exists(): time.sleep(0.01)"
    sow = f"import pathlib, time; path = pathlib.Path('begun')\n{wait}\nprint('sown')"
    tiny.lines |= {"seed": (f"uv run python -c {shlex.quote(sow)}",)}
    project = tiny.project(f"open('begun', 'w').close()\n{apps.ANSWERS}")
    assert tiny.lab.start(project).phase == "running"
    assert "\nsown\n" in tiny.lab.log(project).text


def test_a_database_of_the_learner_s_own_is_never_sown(tiny: TinyLab) -> None:
    tiny.lines |= {
        "migrate": ("uv run python -c \"open('shelf.db', 'a').write('tables ')\"",),
        "seed": ("uv run python -c \"open('shelf.db', 'a').write('books ')\"",),
    }
    project = tiny.project(apps.ANSWERS)
    database = project.folder / "shelf.db"
    database.write_text("mine ", encoding="utf-8")
    tiny.lab.start(project)
    tiny.lab.restart(project)
    assert database.read_text() == "mine tables "
    database.unlink()
    tiny.lab.restart(project)
    assert database.read_text() == "tables books "


def test_a_failing_seed_is_told_and_tried_again_at_the_next_start(tiny: TinyLab) -> None:
    sow = "import pathlib; print(pathlib.Path('books.txt').read_text())"
    tiny.lines |= {
        "migrate": ("uv run python -c \"open('shelf.db', 'a').write('tables ')\"",),
        "seed": (f"uv run python -c {shlex.quote(sow)}",),
    }
    project = tiny.project(apps.ANSWERS)
    with pytest.raises(ServerError, match=r"failed: FileNotFoundError.*books\.txt"):
        tiny.lab.start(project)
    assert tiny.lab.state(project).phase == "failed"
    (project.folder / "books.txt").write_text("Emma", encoding="utf-8")
    assert tiny.lab.start(project).phase == "running"
    assert "\nEmma\n" in tiny.lab.log(project).text
    assert (project.folder / "shelf.db").read_text() == "tables "


def test_a_failing_migration_is_shown_with_what_to_type_next(tiny: TinyLab) -> None:
    tiny.lines |= {"migrate": ("uv run python -c \"raise SystemExit('no such column')\"",)}
    project = tiny.project(apps.ANSWERS)
    with pytest.raises(ServerError, match="failed: no such column") as caught:
        tiny.lab.start(project)
    assert "uv run python -c" in caught.value.hint
    assert "no such column" in tiny.lab.log(project).text


def test_a_set_up_that_needs_the_project_installed_is_done_as_soon_as_it_is(tiny: TinyLab) -> None:
    line = "uv run python -c \"import importlib.metadata as all; print(all.version('tiny'))\""
    tiny.lines |= {"migrate": (line,)}
    project = tiny.project(apps.ANSWERS)
    told = project.folder / "pyproject.toml"
    built = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
    only = '[tool.hatch.build.targets.wheel]\nonly-include = ["app.py"]\n'
    told.write_text(f"{built}\n{told.read_text('utf-8')}\n{only}", encoding="utf-8")
    assert tiny.lab.start(project).phase == "running"
    # A first try may come while it is still being built, and is nothing to tell.
    assert "\n1\n" in tiny.lab.log(project).text
    assert tiny.lab.state(project).problem == ""
