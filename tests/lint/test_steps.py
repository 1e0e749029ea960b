"""Defects of steps are found and named."""

import shutil
from pathlib import Path

import pytest

from sandbox.learn import Course
from sandbox.lint import lint_steps
from sandbox.paths import SCAFFOLDS
from sandbox.workshop import open_workshop


def lint_with(tmp_path: Path, feature: str, old: str, new: str) -> list[str]:
    """Return what is wrong once a lesson of Flask's is changed."""
    scaffolds = tmp_path / "scaffolds"
    shutil.copytree(SCAFFOLDS, scaffolds)
    file = scaffolds / f"flask/lessons/{feature}.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    known = open_workshop(tmp_path / "workspace", scaffolds=scaffolds).course
    return lint_steps(Course(known.knowledge, {"flask": known.scaffolds["flask"]}, known.checks))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("no_such_place", "no project of the ladder has the optional place app/models.py::no_such"),
        ("Book", ""),
    ],
)
def test_an_optional_place_must_be_in_some_project(tmp_path: Path, name: str, told: str) -> None:
    place = f'{{ at = "app/models.py::{name}", optional = true }},'
    old = 'write = [\n  "app/api/books.py::list_books",'
    found = lint_with(tmp_path, "database", old, f"{old}\n  {place}")
    assert told in "\n".join(found)
    assert any("optional place" in each for each in found) == bool(told)
