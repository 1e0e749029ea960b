"""The steps of a lesson on the command line: begin, hint, solve, reset, status and check."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def project(run: Run, tmp_path: Path) -> Path:
    run("new", "flask", "--features", "validation", "--into", str(tmp_path))
    return tmp_path / "shelf"


def test_begin_writes_the_step_and_says_what_to_do(run: Run, project: Path) -> None:
    shown = run("lesson", "begin", str(project), "database").out
    assert "Describe a table as a class" in shown
    assert "app/models.py::title: Mapped[str]" in shown
    assert "TODO: Add the columns" in (project / "app/models.py").read_text()


def test_without_a_name_the_step_at_hand_is_meant(run: Run, project: Path) -> None:
    run("lesson", "begin", str(project), "database/read")
    told = run("lesson", "hint", str(project), "--json").json
    assert (told["step"], told["hint"]["number"], told["hint"]["kind"]) == (
        "database/read",
        1,
        "words",
    )


def test_solve_shows_before_it_writes_and_reset_empties_again(run: Run, project: Path) -> None:
    run("lesson", "begin", str(project), "database/model")
    start = (project / "app/models.py").read_text()
    only = run("lesson", "solve", str(project), "--show", "--json").json
    assert only["places"][0]["mine"] == only["places"][0]["start"]
    assert (project / "app/models.py").read_text() == start
    assert "the solution" in run("lesson", "solve", str(project)).out
    assert (project / "app/models.py").read_text() != start
    told = run("lesson", "reset", str(project), "database/model", "--json").json
    assert told["paths"] == ["app/models.py"]
    assert (project / told["snapshot"]).is_file()
    assert (project / "app/models.py").read_text() == start


def test_status_lists_the_steps_and_the_one_at_hand(run: Run, project: Path) -> None:
    run("lesson", "begin", str(project), "database/write")
    told = run("lesson", "status", str(project), "--json").json
    assert told["at_hand"] == "database/write"
    assert {"database/model", "database/write"} <= {each["step"] for each in told["steps"]}
    assert "At hand: database/write" in run("lesson", "status", str(project)).out


def test_a_conflict_shows_the_patch_and_ends_with_one(run: Run, project: Path) -> None:
    file = project / "app/__init__.py"
    file.write_text(file.read_text().replace("1_000_000", "5"))
    done = run("lesson", "begin", str(project), "database")
    assert done.code == 1
    assert "Nothing was written" in done.out
    assert '+         SQLALCHEMY_DATABASE_URI="sqlite:///shelf.db",' in done.out


def test_an_app_that_does_not_answer_is_the_first_thing_to_mend(run: Run, project: Path) -> None:
    url = ("--url", "http://127.0.0.1:9")
    told = run("lesson", "check", str(project), "hello/greet", *url, "--json").json
    assert (told["done"], told["first"]["name"]) == (False, "start")
    shown = run("lesson", "check", str(project), "hello/greet", *url)
    assert shown.code == 1
    assert "127.0.0.1:9" in shown.out
    assert "lesson hint" in shown.out


def test_the_old_form_still_checks_a_whole_lesson(run: Run, project: Path) -> None:
    done = run("lesson", "check", str(project), "hello", "--url", "http://127.0.0.1:9")
    assert done.code == 2
    assert "127.0.0.1:9" in done.err
