"""`sandbox run` brings the same app up in several frameworks, and takes all of it down again."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

_SANDBOX = (sys.executable, "-c", "from sandbox.cli import main; raise SystemExit(main())")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")]


def sandbox(workspace: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*_SANDBOX, "--workspace", str(workspace), *words],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "my Bücher"


@pytest.fixture
def run_all(workspace: Path) -> Iterator["subprocess.Popen[str]"]:
    """A `sandbox run all` in the foreground of a terminal of its own."""
    command = [*_SANDBOX, "--workspace", str(workspace), "run", "all", "--json"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=60)


def events(process: "subprocess.Popen[str]") -> Iterator[dict[str, Any]]:
    assert process.stdout is not None
    for line in process.stdout:
        yield json.loads(line)


def answers(address: str) -> int:
    with urllib.request.urlopen(f"{address}/health", timeout=20) as answer:
        return int(answer.status)


def until_running(process: "subprocess.Popen[str]", count: int) -> dict[str, str]:
    """Read on until so many apps run; return their addresses by project."""
    found: dict[str, str] = {}
    for event in events(process):
        if event.get("phase") == "running":
            found[event["project"]] = event["address"]
        assert event.get("phase") not in ("failed", "crashed"), event
        if len(found) == count:
            return found
    raise AssertionError(f"it ended after {found}")


def test_all_three_run_and_other_commands_see_them_and_ctrl_c_ends_them(
    run_all: "subprocess.Popen[str]", workspace: Path
) -> None:
    addresses = until_running(run_all, 3)
    assert {answers(address) for address in addresses.values()} == {200}
    told = json.loads(sandbox(workspace, "list", "--json").stdout)
    assert {each["app"]["address"] for each in told["projects"]} == set(addresses.values())
    assert all(each["edited"]["changed"] == [] for each in told["projects"])
    asked = json.loads(sandbox(workspace, "request", "GET", "/health", "--as-json").stdout)
    assert {each["status"] for each in asked["replies"]} == {200}
    os.kill(run_all.pid, signal.SIGINT)
    assert run_all.wait(60) == 130
    for address in addresses.values():
        assert gone(address)


def gone(address: str) -> bool:
    """Tell whether an app stops answering within a while."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            answers(address)
        except OSError:
            return True
        time.sleep(0.1)
    return False


def test_an_app_can_be_stopped_from_another_terminal(
    run_all: "subprocess.Popen[str]", workspace: Path
) -> None:
    until_running(run_all, 3)
    stopped = json.loads(sandbox(workspace, "stop", "--json").stdout)
    assert len(stopped["stopped"]) == 3
    for _ in events(run_all):
        pass
    assert run_all.wait(60) == 0


def test_the_own_tests_of_a_project_run_in_its_environment(workspace: Path) -> None:
    assert sandbox(workspace, "new", "flask").returncode == 0
    told = json.loads(sandbox(workspace, "test", "shelf", "--json").stdout)
    assert told["ok"]
    assert "passed" in told["projects"][0]["summary"]
    (workspace / "shelf/tests/test_mine.py").write_text("def test_it() -> None:\n    assert 0\n")
    failed = sandbox(workspace, "test", "shelf")
    assert failed.returncode == 1
    assert "1 failed" in failed.stdout
