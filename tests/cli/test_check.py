"""`sandbox check` and `sandbox lesson check` hold a running app to the contract."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.contract import CHECKS
from tests.cli.conftest import Run
from tests.contract.conftest import serving
from tests.contract.reference import Environ, Reference

STEPS = ("hello", "routes")


class WithoutBooks(Reference):
    """Shelf on which every book has gone missing."""

    def answer(self, environ: Environ) -> tuple[int, Any, dict[str, str]]:
        if environ["PATH_INFO"].startswith("/api/books"):
            return 200, {"items": [], "total": 0}, {}
        return super().answer(environ)


@pytest.fixture
def good() -> Iterator[str]:
    with serving(Reference(frozenset(STEPS))) as url:
        yield url


@pytest.fixture
def broken() -> Iterator[str]:
    with serving(WithoutBooks(frozenset(STEPS))) as url:
        yield url


def test_a_correct_app_passes_with_exit_code_0(run: Run, good: str) -> None:
    checked = run("check", good, "--features", "routes")
    told = run("check", good, "--features", "routes", "--json")
    assert (checked.code, told.code) == (0, 0)
    assert told.json["ok"]
    for each in told.json["results"]:
        assert each["sentence"] in checked.out


def test_a_broken_app_gives_exit_code_1_and_the_failures_are_named(run: Run, broken: str) -> None:
    checked = run("check", broken, "--features", "routes")
    told = run("check", broken, "--features", "routes", "--json")
    assert (checked.code, told.code) == (1, 1)
    failed = [each for each in told.json["results"] if each["outcome"] == "failed"]
    assert failed
    for each in failed:
        assert f"✗ {each['sentence']}" in checked.out
        assert each["message"]


def a_program(folder: Path, features: tuple[str, ...]) -> tuple[str, str]:
    """Write the reference app as a program; return its address and the command that starts it."""
    program = folder / "app.py"
    program.write_text(
        "import sys\n"
        "from wsgiref.simple_server import make_server\n"
        f"sys.path.insert(0, {str(Path.cwd())!r})\n"
        "from tests.contract.reference import Reference\n"
        f"app = Reference(frozenset({features!r}))\n"
        "with make_server('127.0.0.1', int(sys.argv[1]), app) as server:\n"
        "    server.serve_forever()\n",
        encoding="utf-8",
    )
    with serving(Reference(frozenset(STEPS))) as free:
        port = free.rpartition(":")[2]
    return f"http://127.0.0.1:{port}", f"{sys.executable} {program} {port}"


def test_start_runs_the_app_for_the_check_and_stops_it(run: Run, tmp_path: Path) -> None:
    url, start = a_program(tmp_path, STEPS)
    assert run("check", url, "--features", "routes", "--start", start).code == 0
    assert run("check", url).code == 2


def test_start_also_restarts_the_app_to_see_whether_data_last(run: Run, tmp_path: Path) -> None:
    url, start = a_program(tmp_path, ("hello", "routes", "validation", "database"))
    told = run("check", url, "--features", "database", "--start", start, "--json")
    assert told.code == 1
    failed = [each["id"] for each in told.json["results"] if each["outcome"] == "failed"]
    assert any("restart" in name for name in failed)


def test_a_lesson_check_records_what_is_done_and_names_the_next_step(
    run: Run, good: str, workspace: Path
) -> None:
    run("new", "flask", "--features", "routes")
    folder = str(workspace / "shelf")
    first = run("lesson", "check", folder, "--url", good)
    assert first.code == 0
    assert "Step “hello” is done. The next one:" in first.out
    assert "sandbox lesson flask routes" in first.out
    second = run("lesson", "check", folder, "--url", good, "--json")
    assert second.code == 0
    assert second.json["step"] == "routes"
    assert second.json["done"] == ["hello", "routes"]
    assert second.json["next"] == "validation"


def test_a_lesson_check_says_how_much_it_could_not_look_at(run: Run, workspace: Path) -> None:
    run("new", "flask", "--features", "database")
    with serving(Reference(frozenset(("hello", "routes", "validation", "database")))) as url:
        told = run("lesson", "check", str(workspace / "shelf"), "database", "--url", url)
    assert "Not looked at: 1 of " in told.out
    assert "--start" in told.out


def test_a_failed_lesson_check_is_recorded_as_tried_not_as_done(
    run: Run, broken: str, workspace: Path
) -> None:
    run("new", "flask", "--features", "routes")
    folder = workspace / "shelf"
    failed = run("lesson", "check", str(folder), "routes", "--url", broken)
    assert failed.code == 1
    assert "is not done yet" in failed.out
    record = json.loads((folder / ".sandbox" / "progress.json").read_text(encoding="utf-8"))
    assert record["steps"]["routes"]["done"] is None
    assert record["steps"]["routes"]["failed"]


def test_an_app_that_is_not_running_leaves_the_progress_alone(run: Run, workspace: Path) -> None:
    run("new", "flask")
    refused = run("lesson", "check", str(workspace / "shelf"), "--url", "http://127.0.0.1:1")
    assert refused.code == 2
    assert not (workspace / "shelf" / ".sandbox" / "progress.json").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--staff", "ada"), "--staff needs a name and a password."),
        (("--staff", ":secret"), "--staff needs a name and a password."),
        (("--serve", "gunicorn"), "--serve needs --start."),
    ],
)
def test_ways_and_names_that_are_not_whole_are_one_sentence(
    run: Run, good: str, arguments: tuple[str, ...], sentence: str
) -> None:
    told = run("check", good, *arguments)
    assert told.code == 2
    assert sentence in told.err


def test_the_checks_are_listed_without_an_app(run: Run) -> None:
    told = run("list", "checks", "--json").json["checks"]
    assert {each["id"] for each in told} == {each.id for each in CHECKS}
    assert {each["tier"] for each in told} == {"works", "hardened"}
    listed = run("list", "checks")
    assert listed.code == 0
    for each in told:
        assert each["sentence"] in " ".join(listed.out.split())


def test_the_checks_are_listed_for_a_set_of_features(run: Run) -> None:
    told = run("list", "checks", "--features", "validation", "--json").json["checks"]
    assert {each["feature"] for each in told} == {"hello", "routes", "validation"}
    assert all(each["unless"] != "validation" for each in told)


def test_the_contract_is_printed_as_a_page(run: Run) -> None:
    told = run("list", "checks", "--markdown")
    assert told.out.startswith("# Shelf: the contract\n")


@pytest.mark.parametrize(
    "words",
    [
        ("list", "features", "--markdown"),
        ("list", "--features", "routes"),
        ("list", "checks", "--markdown", "--json"),
        ("list", "checks", "--features", "banana"),
    ],
)
def test_options_that_do_not_fit_a_list_are_refused(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).code == 2
