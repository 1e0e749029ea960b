"""The recipes of docs/recipes.md work as they are written, without a change of our Python."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sandbox.generate.scaffold import IGNORED
from tests.support.ports import free_port

ROOT = Path(__file__).parents[2]
_STEP = re.compile(
    r"^(?P<do>Append to|Merge into|Write|Then)(?: `(?P<path>[^`]+)`)?(?P<table>, in the table "
    r"`\[\w+\]`)?:\n\n(?P<fence>`{3,})\w+\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Step:
    """One thing that a recipe tells to do."""

    do: str
    path: str
    table: str
    text: str


def recipes() -> dict[str, list[Step]]:
    """Return the steps of each recipe by its heading."""
    text = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (A .+)$", text, flags=re.MULTILINE)[1:]
    return {
        heading: [
            Step(found["do"], found["path"] or "", found["table"] or "", found["text"])
            for found in _STEP.finditer(body)
        ]
        for heading, body in zip(parts[::2], parts[1::2], strict=True)
    }


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of what the product is made of."""
    ignore = shutil.ignore_patterns(*IGNORED)
    for name in ("sandbox", "scaffolds", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignore)
    return tmp_path


def run(house: Path, *words: str) -> str:
    """Run a command of ours in the copy; it must succeed."""
    ours = ["-c", "import sys; from sandbox.cli import main; raise SystemExit(main(sys.argv[1:]))"]
    started = ours if words[0] == "sandbox" else []
    done = subprocess.run(
        [sys.executable, *started, *words[1:]],
        cwd=house,
        env={**os.environ, "SANDBOX_WORKSPACE": str(house / "workspace")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout


def merged(old: Any, new: Any) -> Any:
    if not isinstance(old, dict):
        return new
    return old | {key: merged(old.get(key), value) for key, value in new.items()}


def follow(house: Path, steps: list[Step]) -> list[str]:
    """Do what a recipe says and return what its commands printed."""
    printed: list[str] = []
    for step in steps:
        path = house / step.path
        if step.do == "Then":
            printed += [run(house, *line.split()) for line in step.text.splitlines()]
        elif step.do == "Write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.text, encoding="utf-8")
        elif step.do == "Merge into":
            both = merged(json.loads(path.read_text(encoding="utf-8")), json.loads(step.text))
            path.write_text(json.dumps(both, indent=2), encoding="utf-8")
        elif step.table:
            table = step.table.partition("`")[2].rstrip("`")
            text = path.read_text(encoding="utf-8")
            assert f"\n{table}\n" in text
            new = text.replace(f"\n{table}\n", f"\n{table}\n{step.text}", 1)
            path.write_text(new, encoding="utf-8")
        else:
            with path.open("a", encoding="utf-8") as file:
                file.write(step.text)
    return printed


def test_there_is_a_recipe_for_each_thing_that_is_data() -> None:
    assert list(recipes()) == ["A question", "A concept", "A feature", "A framework"]
    for steps in recipes().values():
        assert steps[-1].do == "Then"
        ours = [step.path for step in steps if re.fullmatch(r"sandbox/.*\.py", step.path)]
        assert all(path.startswith("sandbox/contract/checks/") for path in ours)


def test_a_question_by_its_recipe(house: Path) -> None:
    _, told = follow(house, recipes()["A question"])
    assert "So far: Flask, from 1 answer" in told
    assert "It fits a small host." in told


@pytest.mark.slow
def test_a_concept_by_its_recipe(house: Path) -> None:
    _, told = follow(house, recipes()["A concept"])
    assert told.count('requires-python = ">=3.11"') >= 3


@pytest.mark.slow
def test_a_feature_by_its_recipe(house: Path) -> None:
    follow(house, recipes()["A feature"])
    assert (house / "made" / "shelf" / "app" / "static" / "robots.txt").is_file()
    listed = json.loads(run(house, "sandbox", "list", "features", "--json"))["features"]
    assert "robots" in [each["id"] for each in listed]
    record = (house / "made" / "shelf" / ".sandbox" / "project.toml").read_text(encoding="utf-8")
    assert "robots = true" in record
    lesson = run(house, "sandbox", "lesson", "flask", "robots")
    assert "names a user agent" in lesson


@pytest.mark.slow
def test_a_framework_by_its_recipe_is_generated_compared_and_checked(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, compared, advised = follow(house, recipes()["A framework"])
    assert "Tiny" in compared
    assert "Tiny" in advised
    made = house / "made" / "probe"
    plain = subprocess.run(
        [
            sys.executable,
            "-m",
            "cookiecutter",
            "scaffolds/tiny",
            "--no-input",
            "-o",
            "plain",
            "project_name=Probe",
            "project_slug=probe",
        ],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
    )
    assert plain.returncode == 0, plain.stderr
    for path in ("app.py", "pyproject.toml", ".sandbox/project.toml"):
        assert (house / "plain" / "probe" / path).read_bytes() == (made / path).read_bytes()
    port = free_port()
    monkeypatch.setenv("PORT", str(port))
    told = run(
        house,
        "sandbox",
        "check",
        f"http://127.0.0.1:{port}",
        "--name",
        "Probe",
        "--start",
        f"{sys.executable} {made / 'app.py'}",
        "--json",
    )
    report = json.loads(told)
    assert report["ok"]
    assert report["passed"] >= 4
