"""What happens to a running app is told: reloads, crashes, exceptions, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from sandbox.errors import ServerError
from sandbox.run.crash import find_crash
from sandbox.workspace import Project
from tests.run import apps
from tests.run.labs import TinyLab

MISTAKES = """
[missing]
tells = "A package is imported that nobody has installed."
edits = [{ at = "code.py", find = "", put = "import emoji" }]
shows = ["ModuleNotFoundError", "No module named 'emoji'", "code.py"]
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[TinyLab]:
    """Return a Lab that knows how its development server speaks, and a usual mistake."""
    mistakes = tmp_path / "mistakes.toml"
    mistakes.write_text(MISTAKES, encoding="utf-8")
    made = TinyLab(tmp_path / "work", reloads="changed, reloading.", mistakes=str(mistakes))
    yield made
    made.close()


@pytest.fixture
def project(tiny: TinyLab) -> Project:
    """Return a project whose app reloads."""
    made = tiny.project(apps.RELOADS)
    (made.folder / "code.py").write_text("title = 'Emma'\n", encoding="utf-8")
    return made


def test_a_saved_file_reloads_the_app_and_that_is_told(tiny: TinyLab, project: Project) -> None:
    begun = tiny.lab.start(project)
    assert begun.reloaded is None
    (project.folder / "code.py").write_text("title = 'Persuasion'\n", encoding="utf-8")
    state = tiny.wait(project, lambda state: state.reloaded is not None)
    assert (state.phase, state.address) == ("running", begun.address)


def test_a_broken_line_is_named_with_its_usual_cause_until_it_is_mended(
    tiny: TinyLab, project: Project
) -> None:
    other = tiny.project(apps.ANSWERS, "other")
    tiny.lab.start(other)
    tiny.lab.start(project)
    (project.folder / "code.py").write_text("a = 1\nimport nobody_has_it\n", encoding="utf-8")
    state = tiny.wait(project, lambda state: state.phase == "crashed")
    assert state.problem == "ModuleNotFoundError: No module named 'nobody_has_it'"
    assert state.place == ("code.py", 2)
    assert state.hint == "A package is imported that nobody has installed."
    assert tiny.lab.state(other).phase == "running"
    (project.folder / "code.py").write_text("title = 'Emma'\n", encoding="utf-8")
    state = tiny.wait(project, lambda state: state.phase == "running")
    assert (state.problem, state.place, state.hint) == ("", None, "")
    assert state.reloaded is not None


def test_an_app_that_is_broken_from_the_start_comes_up_once_it_is_mended(
    tiny: TinyLab, project: Project
) -> None:
    (project.folder / "code.py").write_text("1 / 0\n", encoding="utf-8")
    with pytest.raises(ServerError, match="ZeroDivisionError: division by zero"):
        tiny.lab.start(project)
    (project.folder / "code.py").write_text("1 / 1\n", encoding="utf-8")
    assert tiny.wait(project, lambda state: state.phase == "running").problem == ""


def test_what_the_development_server_has_missed_is_started_anew(
    tiny: TinyLab, project: Project
) -> None:
    (project.folder / "app.py").write_text(apps.MISSES, encoding="utf-8")
    (project.folder / "code.py").write_text("1 / 0\n", encoding="utf-8")
    with pytest.raises(ServerError):
        tiny.lab.start(project)
    address = tiny.lab.state(project).address
    (project.folder / "code.py").write_text("1 / 1\n", encoding="utf-8")
    state = tiny.wait(project, lambda state: state.phase == "running")
    assert (state.address, state.problem) == (address, "")
    assert state.reloaded is not None


def test_a_crashed_app_can_be_started_anew(tiny: TinyLab, project: Project) -> None:
    (project.folder / "code.py").write_text("1 / 0\n", encoding="utf-8")
    with pytest.raises(ServerError):
        tiny.lab.start(project)
    (project.folder / "app.py").write_text(apps.ANSWERS, encoding="utf-8")
    assert tiny.lab.start(project).phase == "running"


def test_an_exception_while_answering_is_told_and_the_app_runs_on(tiny: TinyLab) -> None:
    project = tiny.project(apps.FAILS)
    state = tiny.lab.start(project)
    httpx2.get(f"{state.address}/books", trust_env=False)
    state = tiny.wait(project, lambda state: state.problem != "")
    assert (state.phase, state.problem) == ("running", "KeyError: 'Emma'")
    assert state.place == ("app.py", 6)


CHAINED = """
INFO: starting
Traceback (most recent call last):
  File "{project}/app/models.py", line 4, in find
    return rows[0]
IndexError: list index out of range

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "{project}/.venv/lib/python3.11/site-packages/flask/app.py", line 9, in run
    raise NotFound
werkzeug.exceptions.NotFound: 404 Not Found
INFO: on
"""


@pytest.mark.parametrize(
    ("text", "problem", "place"),
    [
        (CHAINED, "werkzeug.exceptions.NotFound: 404 Not Found", ("app/models.py", 4)),
        (
            'Traceback (most recent call last):\n  File "app/hello.py", line 3\n    def f(:\n'
            "          ^\n\x1b[31mSyntaxError: invalid syntax\x1b[0m\n",
            "SyntaxError: invalid syntax",
            ("app/hello.py", 3),
        ),
        (
            "  + Exception Group Traceback (most recent call last):\n"
            '  |   File "app/main.py", line 7, in start\n  |     run()\n'
            "  | ExceptionGroup: unhandled errors (1 sub-exception)\n"
            "  +-+---------------- 1 ----------------\n"
            "    | Traceback (most recent call last):\n"
            '    |   File "app/main.py", line 5, in run\n    |     1 / 0\n'
            "    | ZeroDivisionError: division by zero\n    +----\n",
            "ZeroDivisionError: division by zero",
            ("app/main.py", 5),
        ),
    ],
)
def test_a_traceback_is_read_as_a_learner_reads_it(
    tmp_path: Path, text: str, problem: str, place: tuple[str, int]
) -> None:
    crash = find_crash(text.replace("{project}", str(tmp_path)), tmp_path)
    assert crash is not None
    assert (crash.problem, crash.place) == (problem, place)


def test_half_a_traceback_is_no_crash_yet(tmp_path: Path) -> None:
    assert (
        find_crash('Traceback (most recent call last):\n  File "a.py", line 1\n', tmp_path) is None
    )
    assert find_crash("all is well\n", tmp_path) is None


@pytest.mark.parametrize(
    "header", ["X-Frame-Options: DENY", "", "Content-Security-Policy: frame-ancestors 'none'"]
)
def test_whether_an_app_may_be_shown_in_a_frame_is_read_off_its_answer(
    tiny: TinyLab, header: str
) -> None:
    name, _, value = header.partition(": ")
    sent = (
        f"self.send_header({name!r}, {value!r}); self.end_headers()"
        if header
        else "self.end_headers()"
    )
    project = tiny.project(apps.ANSWERS.replace("self.end_headers()", sent))
    assert tiny.lab.start(project).framing == (not header)
