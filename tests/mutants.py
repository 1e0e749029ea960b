"""Change our own code at random, one place at a time, and see which changes no test notices.

python -m tests.mutants                          fifty mutants of every room
python -m tests.mutants generate --count 20      twenty of one room
python -m tests.mutants --seed 7                 the same ones again
python -m tests.mutants web --only security.py   of one module

Cosmic Ray makes the mutants, in a copy of the project; the room's own tests judge them.
"""

import argparse
import json
import os
import random
import secrets
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve().parents[1]
_TIMEOUT_SECONDS = 300
_ROOMS = {
    "datafile": "tests/knowledge tests/lint tests/learn/test_progress.py",
    "knowledge": "tests/knowledge tests/lint tests/recommend/test_scenarios.py",
    "recommend": "tests/recommend",
    "generate": "tests/generate",
    # A copy has no environment of its own, which the lines that a project is shown begin with.
    "workspace": "tests/workspace tests/cli/test_new.py -k 'not the_lesson_is_shown'",
    "compare": "tests/compare tests/cli/test_compare.py",
    "learn": "tests/learn tests/lint/test_lessons.py tests/web/test_lesson_check.py",
    "contract": "tests/contract",
    "run": "tests/run",
    "web": "tests/web",
    "cli": "tests/cli",
}
_JUDGE = "-m pytest -q -x -n 0 -p no:cacheprovider -m 'not slow and not load'"
_CONFIGURATION = """
[cosmic-ray]
module-path = {modules}
timeout = {timeout}
excluded-modules = []
test-command = "{python} {judge} {tests}"
[cosmic-ray.distributor]
name = "local"
"""
# `X | None` stands in types nearly everywhere, and nothing can notice another sign there.
_UNNOTICEABLE = "core/ReplaceBinaryOperator_BitOr_%"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the mutants of a room; `survivors` are changes as a diff."""

    room: str
    tried: int
    survivors: tuple[str, ...]
    too_slow: int

    def __str__(self) -> str:
        noticed = f"{self.room}: {self.tried - len(self.survivors)} of {self.tried} noticed"
        return f"{noticed}, {self.too_slow} of them by the time limit"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the survivors and a line a room; 1 if under 85 of 100 mutants were noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("rooms", nargs="*", choices=[*_ROOMS, []], help="default: all")
    parser.add_argument("--only", nargs="*", default=[], metavar="MODULE.py")
    parser.add_argument("--count", type=int, default=50, help="mutants a room")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10_000))
    wanted = parser.parse_args(arguments)
    print(f"seed {wanted.seed}")
    fates = [_try(room, wanted) for room in wanted.rooms or _ROOMS]
    tried = sum(fate.tried for fate in fates)
    survived = sum(len(fate.survivors) for fate in fates)
    print(f"{tried - survived} of {tried} mutants were noticed")
    return 0 if survived <= 0.15 * tried else 1


def _try(room: str, wanted: argparse.Namespace) -> Fate:
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        copy = Path(name) / "project"
        ignored = shutil.ignore_patterns(".git", ".venv", ".cache", "__pycache__")
        shutil.copytree(_HERE, copy, ignore=ignored)
        text = _CONFIGURATION.format(
            modules=json.dumps(_modules(room, wanted.only)),
            timeout=_TIMEOUT_SECONDS,
            python=sys.executable,
            judge=_JUDGE,
            tests=_ROOMS[room],
        )
        (copy / "mutants.toml").write_text(text, encoding="utf-8")
        _expect_green(copy, room)
        _cosmic_ray(copy, "init", "mutants.toml", "mutants.sqlite")
        _keep(copy / "mutants.sqlite", wanted.count, random.Random(wanted.seed))
        _cosmic_ray(copy, "exec", "mutants.toml", "mutants.sqlite")
        fate = _fate(room, _cosmic_ray(copy, "dump", "mutants.sqlite"))
    for survivor in fate.survivors:
        print(survivor)
    print(fate, flush=True)
    return fate


def _expect_green(copy: Path, room: str) -> None:
    """Run the tests on the unchanged copy; what Python compiles for it serves every mutant."""
    words = shlex.split(f"{sys.executable} {_JUDGE} {_ROOMS[room]}")
    done = subprocess.run(
        words, cwd=copy, env=_environment(copy), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{room}'s tests fail without any mutant:\n{done.stdout}"


def _modules(room: str, only: Sequence[str]) -> list[str]:
    folder = f"sandbox/{room}"
    if (_HERE / f"{folder}.py").is_file():
        return [f"{folder}.py"]
    return [f"{folder}/{module}" for module in only] or [folder]


def _keep(session: Path, count: int, chance: random.Random) -> None:
    """Leave only `count` mutants in a session, drawn at random."""
    with sqlite3.connect(session) as database:
        found = database.execute(
            "SELECT job_id, module_path, operator_name, occurrence FROM mutation_specs"
            " WHERE operator_name NOT LIKE ? ORDER BY 2, 3, 4",
            (_UNNOTICEABLE,),
        )
        jobs = [row[0] for row in found]
        kept = set(chance.sample(jobs, min(count, len(jobs))))
        for table in ("mutation_specs", "work_items"):
            listed = database.execute(f"SELECT job_id FROM {table}").fetchall()
            database.executemany(
                f"DELETE FROM {table} WHERE job_id = ?",
                [job for job in listed if job[0] not in kept],
            )
    database.close()


def _fate(room: str, dumped: str) -> Fate:
    results = [result for _, result in map(json.loads, dumped.splitlines()) if result]
    survivors = [result["diff"] for result in results if result["test_outcome"] == "survived"]
    too_slow = [result for result in results if result["output"] == "timeout"]
    return Fate(room, len(results), tuple(survivors), len(too_slow))


def _cosmic_ray(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "cosmic_ray.cli", *words],
        cwd=folder,
        env=_environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(folder)}


if __name__ == "__main__":
    sys.exit(main())
