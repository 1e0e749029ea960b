"""`kill -9` at random moments leaves whole projects and zips or none, and nothing for ever.

`SANDBOX_LONG=1` kills 300 times (see CONTRIBUTING.md); the short form always runs.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROUNDS = 300 if os.environ.get("SANDBOX_LONG") else 25

pytestmark = [
    pytest.mark.crash,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="fork and kill -9 are POSIX"),
]


def killed(folder: Path, rounds: int, how: str) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.workspace.killing", str(folder), str(rounds), how],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, int] = json.loads(done.stdout)
    return found


def test_a_killed_writer_leaves_nothing_half_written(tmp_path: Path) -> None:
    found = killed(tmp_path, ROUNDS, "careful")
    assert found["half"] == 0
    assert found["whole"] > 0
    assert found["staged"] > 0, "no kill came while something was being written"
    assert found["left"] == 0


def test_the_naive_way_would_leave_half_a_project(tmp_path: Path) -> None:
    """The negative control: writing in place."""
    assert killed(tmp_path, ROUNDS, "naive")["half"] > 0
