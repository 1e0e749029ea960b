"""`sandbox lesson` shows the whole lesson: prose, code, what changes and what is checked."""

from pathlib import Path

import pytest

from sandbox.paths import SCAFFOLDS
from tests.cli.conftest import Run
from tests.support.variants import EVERY_FRAMEWORK


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_the_ladder_lists_every_step_in_order(framework: str, run: Run) -> None:
    told = run("lesson", framework, "--json").json["lessons"]
    shown = run("lesson", framework).out
    assert [each["feature"] for each in told][:4] == ["hello", "routes", "validation", "database"]
    for each in told:
        assert each["title"] in shown


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_a_lesson_has_text_code_changes_and_checks(framework: str, run: Run) -> None:
    told = run("lesson", framework, "routes", "--json").json
    shown = run("lesson", framework, "routes").out
    assert told["title"] in shown
    for section in told["sections"]:
        assert section["title"] in shown
    for file in told["changes"]["files"]:
        assert file["path"] in shown
    for sentence in told["checks"]:
        assert sentence in shown


def test_diff_shows_every_changed_line(run: Run) -> None:
    files = run("lesson", "flask", "routes", "--json").json["changes"]["files"]
    shown = run("lesson", "flask", "routes", "--diff").out.splitlines()
    for file in files:
        for hunk in file["hunks"]:
            for sign, text in hunk["lines"]:
                assert f"{sign} {text}".rstrip() in shown


def test_own_lessons_are_given_by_a_folder(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "own lessons"
    (folder / "flask").mkdir(parents=True)
    text = (SCAFFOLDS / "flask/lessons/hello.md").read_text("utf-8")
    (folder / "flask/hello.md").write_text(text.replace("# ", "# Our own: ", 1), "utf-8")
    assert "Our own: " in run("lesson", "--lessons", str(folder), "flask").out
    assert "Our own: " not in run("lesson", "flask").out
    shown = run("lesson", "--lessons", str(folder), "flask", "hello").out
    assert "lesson --lessons " in shown
    nowhere = ("--lessons", str(tmp_path / "nowhere"))
    for words in (("lesson", *nowhere, "flask"), ("lint", *nowhere)):
        done = run(*words)
        assert done.code == 2
        assert "there are no lessons" in done.err
