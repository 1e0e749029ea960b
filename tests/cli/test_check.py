"""`sandbox check` and `sandbox lesson check` hold a running app to the contract."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.contract import CHECKS, Clock, Limits
from sandbox.learn import read_progress
from sandbox.workspace import read_project
from tests.cli.conftest import Run
from tests.contract.conftest import serving
from tests.contract.reference import Environ, Reference
from tests.support.ports import free_port
from tests.support.variants import workshop_in

STEPS = ("hello", "routes")
DATABASE = ("hello", "routes", "validation", "database")


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
        assert each["message"]
        if each["follows"] is None:
            assert f"✗ {each['sentence']}" in checked.out.partition("Begin here")[2]


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
    assert "Step “hello/greet” is done.\nThe next one" in first.out
    assert f"lesson begin {folder} hello/health" in first.out
    second = run("lesson", "check", folder, "--url", good, "--json")
    assert second.code == 0
    assert second.json["step"] == "hello/health"
    assert second.json["done"] is True


def test_a_lesson_check_says_how_much_it_could_not_look_at(run: Run, workspace: Path) -> None:
    run("new", "flask", "--features", "database")
    with serving(Reference(frozenset(("hello", "routes", "validation", "database")))) as url:
        told = run("lesson", "check", str(workspace / "shelf"), "database", "--url", url)
    assert "use `sandbox check … --start`" in told.out
    assert "Left out for want of means: 1 needs `sandbox check … --start`." in told.out


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


def test_a_lesson_check_whose_time_is_up_is_not_done(run: Run, good: str, workspace: Path) -> None:
    run("new", "flask", "--features", "routes")
    project = read_project(workspace / "shelf")
    clock = Clock(Limits(run_seconds=0.05))
    report = workshop_in(workspace).check_step(project, "routes", good, clock=clock)
    assert report.early is not None
    assert report.of("failed") == ()
    assert not report.ok
    assert "routes" not in read_progress(project.folder).done


def test_an_app_that_is_not_running_is_said_first_and_nothing_is_done(
    run: Run, workspace: Path
) -> None:
    run("new", "flask")
    told = run("lesson", "check", str(workspace / "shelf"), "--url", "http://127.0.0.1:1")
    assert told.code == 2
    assert "Nothing answers at http://127.0.0.1:1.\nNothing was noted. Start it with" in told.err
    assert read_progress(workspace / "shelf").done == ()


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


@pytest.mark.parametrize("features", [[], ["routes"]])
def test_a_page_of_something_else_ends_with_exit_code_2(run: Run, features: list[str]) -> None:
    def app(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start("404 Not Found", [("Content-Type", "text/html")])
        return [b"<h1>Another program</h1>"]

    with serving(app) as url:
        told = run("check", url, *(["--features", ",".join(features)] if features else []))
    assert told.code == 2
    assert "This does not look like Shelf" in told.err
    assert "GET /health with 404" in told.err
    assert told.out == ""


def test_a_run_whose_time_is_up_tells_what_it_left_out(run: Run) -> None:
    with serving(Reference(frozenset(DATABASE))) as url:
        told = run("check", url, "--features", "database", "--limit", "0.002")
    assert told.code == 1
    assert "The 0.002 minutes of this run are over." in told.out
    assert "checks were left out." in told.out
    assert "--limit MINUTES" in told.out


@pytest.mark.skipif(os.name == "nt", reason="signals of this kind are not sent there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_a_check_at_once_and_nothing_stays_behind(
    tmp_path: Path, number: signal.Signals
) -> None:
    program = tmp_path / "app.py"
    program.write_text(
        "import sys, time\n"
        "from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer\n"
        "class Handler(BaseHTTPRequestHandler):\n"
        "    def do_GET(self):\n"
        "        self.send_response(200)\n"
        "        self.end_headers()\n"
        "        if self.headers['User-Agent'] == 'sandbox-check':\n"
        "            print('asked', flush=True)\n"
        "            open(sys.argv[2], 'w').close()\n"
        "            time.sleep(60)\n"
        "ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()\n",
        encoding="utf-8",
    )
    port, asked = free_port(), tmp_path / "asked"
    check = subprocess.Popen(
        [Path(sys.executable).with_name("sandbox"), "check", f"http://127.0.0.1:{port}",
         "--start", f"{sys.executable} {program} {port} {asked}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A run in the background begins with Ctrl-C switched off, and hands that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    while not asked.exists():
        assert check.poll() is None
        time.sleep(0.05)
    check.send_signal(number)
    printed, complained = check.communicate(timeout=60)
    assert check.returncode == 130
    assert b"Traceback" not in printed + complained
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 1)


class WithoutLimits(Reference):
    """Shelf that works, and falls over hostile input."""

    def answer(self, environ: Environ) -> tuple[int, Any, dict[str, str]]:
        if len(environ["PATH_INFO"].removeprefix("/api/books/")) == 31:  # ten to the thirtieth
            return 500, {"detail": "Out of range."}, {}
        return super().answer(environ)


def test_what_only_hostile_input_breaks_fails_a_run_when_that_is_asked_for(run: Run) -> None:
    with serving(WithoutLimits(frozenset(STEPS))) as url:
        works = run("check", url, "--features", "routes")
        hardened = run("check", url, "--features", "routes", "--hardened")
        told = run("check", url, "--features", "routes", "--json")
    assert (works.code, hardened.code, told.code) == (0, 1, 0)
    assert "The app works." in works.out
    assert (told.json["ok"], told.json["hardened"]) == (True, False)
    assert {each["tier"] for each in told.json["results"] if each["outcome"] == "failed"} == {
        "hardened"
    }
