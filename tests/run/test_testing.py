"""Own tests, commands and the contract of a project, without a touch on the learner's data."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from sandbox.errors import ServerError
from tests.run import apps
from tests.run.labs import TinyLab, until


def test_own_tests_are_run_and_their_outcome_is_kept(tiny: TinyLab) -> None:
    tiny.lines["test"] = ("uv run python tests.py",)
    project = tiny.project(apps.ANSWERS)
    tests = project.folder / "tests.py"
    tests.write_text("print('one test'); print('1 passed')", encoding="utf-8")
    lines: list[str] = []
    assert tiny.lab.last_test(project) is None
    run = tiny.lab.test(project, on_line=lines.append)
    assert (run.ok, run.summary, run.running) == (True, "1 passed", False)
    assert "one test" in run.output
    assert "1 passed" in lines
    tests.write_text("raise SystemExit('1 failed')", encoding="utf-8")
    tiny.lab.test(project)
    kept = tiny.another().last_test(project)
    assert kept is not None
    assert (kept.ok, kept.code, kept.summary) == (False, 1, "1 failed")
    assert "one test" not in kept.output


@pytest.mark.parametrize(
    ("printed", "summary"),
    [
        ("== 2 failed, 1 passed in 0.12s ==", "2 failed, 1 passed in 0.12s"),
        ("Ran 2 tests in 0.1s\n\nOK\nDestroying database", "Ran 2 tests in 0.1s: OK"),
        ("Ran 2 tests in 1s\n\nFAILED (errors=1)", "Ran 2 tests in 1s: FAILED (errors=1)"),
    ],
)
def test_the_summary_is_what_the_test_runner_says(
    tiny: TinyLab, printed: str, summary: str
) -> None:
    tiny.lines["test"] = ("uv run python tests.py",)
    project = tiny.project(apps.ANSWERS)
    (project.folder / "tests.py").write_text(f"print({printed!r})", encoding="utf-8")
    assert tiny.lab.test(project).summary == summary


def test_own_tests_may_be_called_off(tiny: TinyLab) -> None:
    tiny.lines["test"] = ("uv run python app.py",)
    project = tiny.project(apps.NEVER_ANSWERS)
    tiny.lab.begin_test(project)
    until(lambda: (run := tiny.lab.last_test(project)) is not None and run.running)
    tiny.close()
    run = tiny.lab.last_test(project)
    assert run is not None
    assert (run.running, run.summary) == (False, "The tests were cut off.")


def test_a_line_is_run_in_the_projects_environment_for_so_long_at_most(tiny: TinyLab) -> None:
    project = tiny.project(apps.ANSWERS)
    done = tiny.lab.run_line(project, 'uv run python -c "import sys; print(sys.prefix)"')
    assert (done.code, done.output.strip()) == (0, str(project.folder / ".venv"))
    late = tiny.lab.run_line(project, 'uv run python -c "input()" ', seconds=60)
    assert late.code == 1  # nobody types anything there
    slow = tiny.lab.run_line(project, 'uv run python -c "import time; time.sleep(99)"', seconds=0.5)
    assert slow.code is None


COUNTS = """
import sqlite3, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

DATABASE = Path(__file__).with_name("shelf.db")

class Counts(BaseHTTPRequestHandler):
    def do_GET(self):
        with sqlite3.connect(DATABASE) as database:
            if self.path == "/empty":
                database.execute("DELETE FROM book")
            (count,) = database.execute("SELECT count(*) FROM book").fetchone()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(count).encode())

ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Counts).serve_forever()
"""


def books(database: Path) -> int:
    with closing(sqlite3.connect(database)) as opened:
        return int(opened.execute("SELECT count(*) FROM book").fetchone()[0])


def test_a_trial_runs_a_copy_and_leaves_the_learners_data_alone(tiny: TinyLab) -> None:
    project = tiny.project(COUNTS)
    database = project.folder / "shelf.db"
    with closing(sqlite3.connect(database)) as opened:
        opened.executescript(
            "PRAGMA journal_mode = WAL; CREATE TABLE book (title); INSERT INTO book VALUES ('Emma')"
        )
    tiny.lab.start(project)
    with tiny.lab.trial(project) as trial:
        assert trial.means.restart is not None
        trial.means.restart({})
        assert httpx2.get(f"{trial.url}/", trust_env=False).text == "1"
        assert httpx2.get(f"{trial.url}/empty", trust_env=False).text == "0"
    assert books(database) == 1
    assert tiny.lab.state(project).phase == "running"
    left = [path for path in (tiny.folder / ".sandbox-run" / "tiny").iterdir() if path.is_dir()]
    assert left == []


def test_a_check_is_kept_with_its_versions_time_and_code(tiny: TinyLab) -> None:
    project = tiny.project(apps.ANSWERS)
    told: list[str] = []
    checked = tiny.lab.check(project, on_result=lambda result: told.append(result.check.id))
    assert not checked.ok
    assert checked.causes
    assert "python" in checked.versions
    assert told == [each.id for each in checked.results]
    assert tiny.another().last_check(project) == checked
    assert tiny.lab.checking(project) is None


def test_a_check_that_cannot_be_made_keeps_why(tiny: TinyLab) -> None:
    project = tiny.project(apps.ENDS)
    with pytest.raises(ServerError, match="ended before it answered"):
        tiny.lab.check(project)
    kept = tiny.lab.last_check(project)
    assert kept is not None
    assert "ended before it answered" in kept.problem
    assert kept.results == ()


def test_a_line_leaves_code_and_data_as_they_are(tiny: TinyLab) -> None:
    project = tiny.project(apps.ANSWERS)
    tiny.lab.prepare(project)
    with closing(sqlite3.connect(project.folder / "shelf.db")) as database:
        database.execute("CREATE TABLE book (title TEXT)")
        database.commit()
    before = {path: path.read_bytes() for path in project.folder.rglob("*.*") if path.is_file()}
    words = (
        "import pathlib, sqlite3; d = sqlite3.connect('shelf.db'); "
        "d.execute('INSERT INTO book VALUES (1)'); d.commit(); "
        "print(d.execute('SELECT count(*) FROM book').fetchone()[0]); "
        "pathlib.Path('new.py').write_text(''); print(pathlib.Path().resolve()); 1/0"
    )
    done = tiny.lab.run_line(project, f'uv run python -c "{words}"')
    assert done.code == 1
    assert done.output.splitlines()[0] == "1"
    assert done.output.splitlines()[1] == str(project.folder)  # named as the learner's own
    own = {
        path for path in project.folder.rglob("*.*") if path.is_file() and ".venv" not in str(path)
    }
    assert own <= before.keys()
    assert all(path.read_bytes() == content for path, content in before.items())
