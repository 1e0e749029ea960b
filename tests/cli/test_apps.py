"""What commands say of apps: their states, their logs, and how they answer one request."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.workspace import Project
from tests.cli.conftest import Run
from tests.run.consoled import running
from tests.support.recorded import put_check, put_log, put_state
from tests.support.variants import workshop_in


@pytest.fixture
def projects(workspace: Path) -> tuple[Project, ...]:
    workshop = workshop_in(workspace)
    return workshop.create(workshop.requests(["flask", "fastapi"], name="Two"))


@pytest.fixture
def apps(projects: tuple[Project, ...]) -> Iterator[dict[str, str]]:
    """Two projects that run, at the addresses of small apps."""
    with running("a", "b") as addresses:
        for project, address in zip(projects, addresses.values(), strict=True):
            put_state(project, "running", address=address)
            put_log(project, f"{project.framework} begins\n\x1b[32mready\x1b[0m\nhalf")
        yield {each.folder.name: at for each, at in zip(projects, addresses.values(), strict=True)}


def test_the_list_says_state_address_edits_and_lessons(
    run: Run, apps: dict[str, str], workspace: Path
) -> None:
    (workspace / "two-fastapi/app/main.py").write_text("# mine")
    shown = run("list")
    row = next(line for line in shown.out.splitlines() if "two-fastapi" in line)
    assert apps["two-fastapi"] in row
    assert "app/main.py" in row
    assert "0 of 13" in row
    told = {
        each["slug"] + each["framework"]: each for each in run("list", "--json").json["projects"]
    }
    one = told["twofastapi"]
    assert (one["app"]["phase"], one["app"]["address"]) == ("running", apps["two-fastapi"])
    assert one["edited"]["changed"] == ["app/main.py"]
    assert one["lessons"]["done"] == []


def test_a_project_that_never_ran_is_unprepared(run: Run, projects: tuple[Project, ...]) -> None:
    assert "unprepared" in run("list").out


def test_logs_stand_under_the_name_of_their_project(run: Run, apps: dict[str, str]) -> None:
    shown = run("logs")
    assert shown.code == 0
    assert "two-flask   │ flask begins" in shown.out
    assert "two-fastapi │ ready" in shown.out
    assert "\x1b" not in shown.out
    alone = run("logs", "two-flask", "--lines", "1").out
    assert alone == "ready\nhalf\n"
    told = [json.loads(line) for line in run("logs", "two-flask", "--json").out.splitlines()]
    assert told[0] == {"project": "two-flask", "line": "flask begins"}


def test_one_request_asks_all_and_says_what_differs_and_why(run: Run, apps: dict[str, str]) -> None:
    shown = run("request", "get", "/status/404-422", "--all")
    assert shown.code == 0
    assert "422 Unprocessable" in shown.out
    assert "What differs" in shown.out
    assert "Why: Values inside the address" in shown.out
    told = run("request", "GET", "/status/404-422", "--as-json").json
    assert {each["project"]: each["status"] for each in told["replies"]} == {
        "two-flask": 404,
        "two-fastapi": 422,
    }
    assert told["differences"][0]["why"]["concept"]["id"] == "path_parameters"


def test_a_request_can_be_for_one_project_and_have_a_body(run: Run, apps: dict[str, str]) -> None:
    words = ("request", "POST", "/api/books", "two-flask", "--json", '{"a": 1}', "--as-json")
    told = run(*words).json
    assert [each["project"] for each in told["replies"]] == ["two-flask"]
    assert json.loads(told["replies"][0]["body"])["body"] == '{"a": 1}'
    form = run("request", "POST", "/form", "two-flask", "--form", "title=Dune", "--as-json").json
    assert "hidden-secret" in form["replies"][0]["body"]
    assert form["replies"][0]["token"] == "The form on /form hides csrf_token."


def test_a_request_as_curl_sends_nothing(run: Run, apps: dict[str, str], workspace: Path) -> None:
    shown = run("request", "GET", "/book", "two-flask", "--curl")
    assert shown.out.strip() == f"curl -i {apps['two-flask']}/book"
    assert not (workspace / ".sandbox-run/requests.json").exists()


def test_a_prediction_is_asked_for_and_scored(
    run: Run, apps: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.prompt", lambda name, **how: "404" if "flask" in name else "")
    shown = run("request", "GET", "/nowhere", "--predict")
    assert "1 of 1 right; 1 of 1 in all." in shown.out


REFUSED = {
    "an unknown project": (("logs", "shelff"), "There is no project called 'shelff'."),
    "no such method": (("request", "BREW", "/"), "'BREW' is not one of"),
    "no path": (("request", "GET", "books"), "is no path of an app"),
    "two bodies": (("request", "POST", "/", "--json", "{}", "--form", "a=b"), "exclude each other"),
    "a field without a value": (("request", "POST", "/", "--form", "a"), "has no “=”"),
    "features of nothing": (("run", "two-flask", "--features", "pages"), "--features says what"),
    "a folder that is no project": (("run",), "This folder is no project"),
    "a running project": (("project", "rename", "two-flask", "other"), "is running, and its files"),
    "a name that is taken": (("project", "trash", "nothing"), "There is no project called"),
    "no pages": (("open",), "are not served just now"),
}


@pytest.mark.parametrize(("words", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_one_sentence(
    run: Run, apps: dict[str, str], words: tuple[str, ...], sentence: str
) -> None:
    refused = run(*words)
    assert refused.code == 2
    assert sentence in refused.err
    assert refused.out == ""


def test_without_a_running_app_the_way_to_one_is_told(
    run: Run, projects: tuple[Project, ...], workspace: Path
) -> None:
    for words in (("request", "GET", "/"), ("logs",)):
        refused = run(*words)
        assert refused.code == 2
        assert "run all`" in refused.err
        assert str(workspace) in refused.err
    assert "Nothing was running." in run("stop").out
    assert run("stop", "--json").json == {"stopped": []}


def test_a_project_is_renamed_copied_and_binned(
    run: Run, projects: tuple[Project, ...], workspace: Path
) -> None:
    assert run("project", "rename", "two-flask", "regal").code == 0
    assert (
        run("project", "duplicate", "regal", "regal-2", "--json").json["project"]["slug"] == "two"
    )
    lies = Path(run("project", "trash", "regal-2", "--json").json["folder"])
    assert lies == workspace / ".sandbox-trash/regal-2"
    assert {each.name for each in workspace.iterdir()} >= {"regal", "two-fastapi"}
    taken = run("project", "rename", "regal", "two-fastapi")
    assert (taken.code, "already exists" in taken.err) == (2, True)
    assert run("project", "rename", "regal", "flask").code == 2


def test_a_new_name_keeps_what_is_recorded_and_leaves_nothing_behind(
    run: Run, projects: tuple[Project, ...], workspace: Path
) -> None:
    put_state(projects[0], "stopped", problem="It was cut off.")
    put_log(projects[0], "hello\n")
    put_check(projects[0], ("hello.home-answers", "passed"))
    records = workspace / ".sandbox-run"
    assert run("project", "rename", "two-flask", "regal").code == 0
    assert {each.name for each in records.iterdir()} == {"regal"}
    assert run("logs", "regal").out == "hello\n"
    told = run("list", "--json").json["projects"]
    (app,) = [each["app"] for each in told if each["framework"] == "flask"]
    assert (app["project"], app["problem"]) == ("regal", "It was cut off.")
    assert run("project", "trash", "regal").code == 0
    assert list(records.iterdir()) == []


def test_an_app_is_opened_at_its_address(run: Run, apps: dict[str, str]) -> None:
    assert run("open", "two-flask", "--no-open").out.strip() == apps["two-flask"]
    assert run("open", "two-flask", "--no-open", "--json").json["opened"] is False
