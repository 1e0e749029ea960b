"""Change our own code at random, one place at a time, and see which changes no test notices.

python -m tests.mutants                          fifty mutants of every room
python -m tests.mutants generate --count 20      twenty of one room
python -m tests.mutants --seed 7                 the same ones again

Cosmic Ray makes the mutants, in a copy of the project; the room's own tests judge them.
"""

import argparse
import json
import random
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve().parents[1]
_TIMEOUT_SECONDS = 240
_TESTS = {
    "knowledge": "tests/knowledge tests/lint",
    "recommend": "tests/recommend",
    "generate": "tests/generate tests/security",
    "workspace": "tests/workspace tests/cli/test_new.py",
    "compare": "tests/compare tests/cli/test_compare.py",
    "learn": "tests/learn tests/web/test_lesson_check.py",
    "contract": "tests/contract",
    "run": "tests/run",
    "web": "tests/web",
    "cli": "tests/cli",
}
_JUDGE = "-m pytest -q -x -n 0 -p no:cacheprovider -m 'not slow and not load'"
_CONFIGURATION = """
[cosmic-ray]
module-path = ["sandbox/{room}"]
timeout = {timeout}
excluded-modules = []
test-command = "{python} {judge} {tests}"
[cosmic-ray.distributor]
name = "local"
"""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the mutants of a room; `survivors` are changes as a diff."""

    room: str
    tried: int
    survivors: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the survivors and a line a room; 1 if under 85 of 100 mutants were noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("rooms", nargs="*", choices=[*_TESTS, []], help="default: all")
    parser.add_argument("--count", type=int, default=50, help="mutants a room")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10_000))
    wanted = parser.parse_args(arguments)
    print(f"seed {wanted.seed}")
    fates = [_try(room, wanted.count, wanted.seed) for room in wanted.rooms or _TESTS]
    tried = sum(fate.tried for fate in fates)
    survived = sum(len(fate.survivors) for fate in fates)
    print(f"{tried - survived} of {tried} mutants were noticed")
    return 0 if survived <= 0.15 * tried else 1


def _try(room: str, count: int, seed: int) -> Fate:
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        copy = Path(name) / "project"
        ignored = shutil.ignore_patterns(".git", ".venv", ".cache", "__pycache__")
        shutil.copytree(_HERE, copy, ignore=ignored)
        text = _CONFIGURATION.format(
            room=room,
            timeout=_TIMEOUT_SECONDS,
            python=sys.executable,
            judge=_JUDGE,
            tests=_TESTS[room],
        )
        (copy / "mutants.toml").write_text(text, encoding="utf-8")
        _cosmic_ray(copy, "init", "mutants.toml", "mutants.sqlite")
        _keep(copy / "mutants.sqlite", count, random.Random(seed))
        _cosmic_ray(copy, "exec", "mutants.toml", "mutants.sqlite")
        fate = Fate(room, *_outcome(_cosmic_ray(copy, "dump", "mutants.sqlite")))
    for survivor in fate.survivors:
        print(survivor)
    print(f"{room}: {fate.tried - len(fate.survivors)} of {fate.tried} noticed", flush=True)
    return fate


def _keep(session: Path, count: int, chance: random.Random) -> None:
    """Leave only `count` mutants in a session, drawn at random."""
    with sqlite3.connect(session) as database:
        jobs = sorted(row[0] for row in database.execute("SELECT job_id FROM work_items"))
        kept = set(chance.sample(jobs, min(count, len(jobs))))
        for table in ("mutation_specs", "work_items"):
            database.executemany(
                f"DELETE FROM {table} WHERE job_id = ?",
                [(job,) for job in jobs if job not in kept],
            )
    database.close()


def _outcome(dumped: str) -> tuple[int, tuple[str, ...]]:
    results = [result for _, result in map(json.loads, dumped.splitlines()) if result]
    return len(results), tuple(_survivors(results))


def _survivors(results: Sequence[dict[str, str]]) -> Iterator[str]:
    for result in results:
        if result["test_outcome"] == "survived":
            yield result["diff"]


def _cosmic_ray(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "cosmic_ray.cli", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
