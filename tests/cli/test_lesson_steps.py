"""The steps of a lesson on the command line: begin, hint, solve, reset, status and check."""

from pathlib import Path

import pytest

from sandbox.learn import record
from tests.cli.conftest import Run


@pytest.fixture
def project(run: Run, tmp_path: Path) -> Path:
    run("new", "flask", "--features", "validation", "--into", str(tmp_path))
    return tmp_path / "shelf"


def test_begin_writes_the_step_and_says_what_to_do(run: Run, project: Path) -> None:
    shown = run("lesson", "begin", str(project), "database").out
    assert "Describe a table as a class" in shown
    lines = (project / "app/models.py").read_text().splitlines()
    at = next(number for number, line in enumerate(lines, 1) if "TODO: Add the columns" in line)
    assert f"app/models.py, line {at}: # TODO: Add the columns" in shown


def test_begin_names_the_text_of_its_step_which_is_shown_alone(run: Run, project: Path) -> None:
    assert "lesson flask database/read" in run("lesson", "begin", str(project), "database/read").out
    shown = run("lesson", "flask", "database/read").out
    assert "Read rows (database/read)" in shown
    assert "Select the books" in shown
    assert "Write rows" not in shown
    assert "### Why" not in shown
    assert "There is no flask step" in run("lesson", "flask", "database/nothing").err


def test_without_a_name_the_step_at_hand_is_meant(run: Run, project: Path) -> None:
    run("lesson", "begin", str(project), "database/read")
    told = run("lesson", "hint", str(project), "--json").json
    assert (told["step"], told["hint"]["number"], told["hint"]["kind"]) == (
        "database/read",
        1,
        "words",
    )


def test_a_project_from_the_middle_of_the_ladder_goes_on_from_there(
    run: Run, project: Path
) -> None:
    run("lesson", "begin", str(project), "database/relation")
    record(project, "database/relation")
    assert "app/templates" in run("lesson", "begin", str(project), "--json").out
    assert run("lesson", "status", str(project), "--json").json["at_hand"].startswith("pages/")


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
    file.write_text(file.read_text().replace("import api, errors", "import api as a, errors"))
    done = run("lesson", "begin", str(project), "database")
    assert done.code == 1
    assert "Nothing was written" in done.out
    assert "+ from . import api, commands, db, errors, hello" in done.out


def test_an_app_that_is_not_running_is_no_attempt_and_says_how_to_start_it(
    run: Run, project: Path
) -> None:
    done = run("lesson", "check", str(project), "hello/greet", "--url", "http://127.0.0.1:9")
    assert done.code == 2
    assert "127.0.0.1:9" in done.err
    assert "Nothing was noted." in done.err
    assert "Start it with `" in done.err
    rows = run("lesson", "status", str(project), "--json").json["steps"]
    assert {each["tries"] for each in rows} == {0}


def test_a_guess_is_answered_by_the_record_while_nothing_runs(run: Run, project: Path) -> None:
    done = run("lesson", "predict", str(project), "database/read", "--guess", "200")
    assert "You said: 200" in done.out
    assert "Your app does not run" in done.out
    assert "404" in done.out
    told = run("lesson", "predict", str(project), "database/read", "--json").json
    assert (told["answered_by"], told["asked"]) == ("record", "GET /api/books/nine")
    assert run("lesson", "predict", str(project), "no/step").code == 2


def test_the_old_form_still_checks_a_whole_lesson(run: Run, project: Path) -> None:
    done = run("lesson", "check", str(project), "hello", "--url", "http://127.0.0.1:9")
    assert done.code == 2
    assert "127.0.0.1:9" in done.err


def test_swap_shows_yours_beside_the_empty_place(run: Run, project: Path) -> None:
    run("lesson", "begin", str(project), "hello/health")
    run("lesson", "solve", str(project), "hello/health")
    done = run("lesson", "swap", "fastapi", str(project), "hello/health")
    assert "Yours in Flask: app/hello.py::health" in done.out
    assert "Empty in FastAPI: " in done.out
    assert (project.parent / "shelf-fastapi").is_dir()
    told = run("lesson", "swap", "django", str(project), "hello/health", "--json").json
    assert told["there"] == "hello/health"
    assert told["mine"][0]["mine"]
    assert run("lesson", "swap", "pyramid", str(project)).code == 2
