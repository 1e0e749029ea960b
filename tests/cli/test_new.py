"""`sandbox new` writes what the workshop renders, where it was told to, and nothing else."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sandbox.workspace import read_tree
from tests.cli.conftest import Run
from tests.support.readme import production_way
from tests.support.variants import (
    EVERY_FRAMEWORK,
    FRAMEWORKS,
    PAIRWISE_VARIANTS,
    WORKSHOP,
    request,
)


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_a_project_in_the_workspace_is_the_rendered_one(
    framework: str, run: Run, workspace: Path
) -> None:
    made = run("new", framework, "--features", "database", "--name", "Reading club")
    assert made.code == 0
    expected = WORKSHOP.request(framework, features=["database"], name="Reading club")
    assert read_tree(workspace / "reading_club") == WORKSHOP.tree(expected)
    assert "Added “Routes and parameters”" in made.err


def test_several_frameworks_go_into_folders_named_after_them(run: Run, tmp_path: Path) -> None:
    made = run("new", "all", "--into", str(tmp_path / "here"))
    assert made.code == 0
    found = {path.name for path in (tmp_path / "here").iterdir()}
    assert found == {f"shelf-{framework}" for framework in FRAMEWORKS}


def test_a_zip_holds_the_same_files(run: Run, tmp_path: Path, workspace: Path) -> None:
    target = tmp_path / "shelf.zip"
    assert run("new", "flask", "--all-features", "--zip", str(target)).code == 0
    tree = WORKSHOP.tree(WORKSHOP.request("flask", features=WORKSHOP.scaffold("flask").offers))
    with zipfile.ZipFile(target) as zipped:
        assert {name: zipped.read(name).decode() for name in zipped.namelist()} == {
            f"shelf/{path}": text for path, text in tree.items()
        }
    assert not workspace.exists()


def test_json_tells_where_everything_is(run: Run, workspace: Path) -> None:
    told = run("new", "flask", "--features", "validation", "--json").json
    [project] = told["projects"]
    assert project["folder"] == str(workspace / "shelf")
    assert project["features"] == ["hello", "routes", "validation"]
    assert told["added_features"] == ["routes"]
    assert project["commands"]["run"]
    assert "migrate" not in project["commands"]


def test_commands_for_the_database_are_shown_with_it(run: Run) -> None:
    [project] = run("new", "flask", "--features", "database", "--json").json["projects"]
    names = list(project["commands"])
    assert names.index("install") < names.index("migrate") < names.index("run")


@pytest.mark.parametrize(("framework", "features"), PAIRWISE_VARIANTS)
def test_a_command_that_needs_a_feature_is_shown_with_it_only(
    framework: str, features: tuple[str, ...]
) -> None:
    commands = WORKSHOP.commands(request(framework, features))
    shown = commands.lines
    needed = {"migrate": "database", "seed": "database", "staff": "admin"}
    needed |= {"shops": "async", "serve": "deploy", "settings": "deploy"}
    for name in WORKSHOP.scaffold(framework).notes.commands:
        if " with " in name:
            continue
        assert (name in shown) == (needed.get(name, "hello") in features), name
    assert commands.starting[-1] == shown["run"][-1]
    told = [line for _, lines in commands.on_occasion for line in lines]
    every = [line for lines in shown.values() for line in lines]
    assert sorted([*commands.starting, *told]) == sorted(every)


def test_a_command_reads_otherwise_where_a_feature_makes_it_another_one() -> None:
    [plain] = WORKSHOP.commands(request("fastapi", ("hello",))).lines["run"]
    [deployed] = WORKSHOP.commands(request("fastapi", ("hello", "deploy"))).lines["run"]
    assert "development.env" not in plain
    assert deployed.replace(" --env-file development.env", "") == plain


def test_a_second_project_of_the_same_name_leaves_the_first_alone(
    run: Run, workspace: Path
) -> None:
    run("new", "flask")
    (workspace / "shelf" / "mine.txt").write_text("kept", encoding="utf-8")
    again = run("new", "django")
    assert again.code == 2
    assert "“shelf” already exists" in again.err
    assert (workspace / "shelf" / "mine.txt").read_text(encoding="utf-8") == "kept"
    assert [each["framework"] for each in run("list", "--json").json["projects"]] == ["flask"]


def test_an_existing_zip_file_is_never_replaced(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "mine.zip"
    target.write_bytes(b"mine")
    refused = run("new", "flask", "--zip", str(target))
    assert refused.code == 2
    assert target.read_bytes() == b"mine"


@pytest.mark.parametrize("option", ["--into", "--zip"])
def test_a_home_is_found_without_a_shell(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "home").mkdir()
    assert run("new", "flask", option, "~/x").code == 0
    assert (tmp_path / "home" / "x").exists()
    assert not (tmp_path / "~").exists()


def test_a_refusal_of_the_system_says_what_is_wrong(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for words in (("--into", str(tmp_path / "file")), ("--zip", str(tmp_path / "file" / "a.zip"))):
        refused = run("new", "flask", *words)
        assert refused.code == 2
        assert "a file is in the way" in refused.err
        assert "space" not in refused.err
    refused = run("new", "flask", "--zip", str(tmp_path / "none" / "a.zip"))
    assert "the folder does not exist" in refused.err


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
@pytest.mark.parametrize("features", [("deploy",), None], ids=["deploy", "all"])
def test_what_is_told_of_production_is_what_the_readme_types(
    framework: str, features: tuple[str, ...] | None
) -> None:
    wanted = WORKSHOP.request(framework, features=features)
    *before, serve = WORKSHOP.commands(wanted).lines["serve"]
    typed = production_way(WORKSHOP.tree(wanted)["README.md"], serve)
    database = [line for line in typed if re.search(r"migrate|db upgrade|alembic", line)]
    assert [line for line in typed if line not in database] == [*before, serve]


def test_the_lesson_has_a_line_of_its_own(run: Run) -> None:
    told = run("new", "flask", "--features", "deploy").out
    *_, purpose, lesson = told.splitlines()
    assert purpose == "To learn how it works:"
    assert lesson.endswith("sandbox lesson flask")


@pytest.mark.skipif(os.name == "nt", reason="the line is for a shell")
@pytest.mark.parametrize("by_uv", [True, False])
def test_the_lesson_is_shown_by_its_line_in_the_project_s_folder(
    by_uv: bool, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only `uv run` knows our command, another terminal finds it all the same."""
    programs = Path(sys.executable).parent
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}/usr/bin{os.pathsep}/bin")
    if by_uv:
        monkeypatch.setenv("UV_RUN_RECURSION_DEPTH", "1")
    else:
        monkeypatch.delenv("UV_RUN_RECURSION_DEPTH", raising=False)
    line = run("new", "flask", "--into", str(tmp_path / "it's")).out.splitlines()[-1].strip()
    plain = {"PATH": "/usr/bin:/bin" if by_uv else os.environ["PATH"], "HOME": str(tmp_path)}
    done = subprocess.run(
        line, shell=True, cwd=tmp_path, env=plain, capture_output=True, text=True, check=True
    )
    assert "Hello, Flask" in done.stdout
    assert line.startswith("sandbox ") is not by_uv


def test_the_folder_that_holds_the_name_already_is_named_when_it_is_this_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "books" / "club").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "books")
    told = run("new", "flask", "--name", "club", "--into", ".")
    assert told.code == 2
    assert "“club” already exists in the folder “books”." in told.err
