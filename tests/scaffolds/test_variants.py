"""Every variant of every scaffold: static checks, its own tests, and the contract on a live app."""

import ast
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from sandbox.generate.scaffold import IGNORED
from sandbox.workspace import Workspace
from tests.support.environments import python_for
from tests.support.variants import EVERY_FRAMEWORK, EVERY_VARIANT, WORKSHOP, tree

HOUSE_RULES = "E,F,W,I,B,UP,C4,SIM"


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def project(framework: str, features: tuple[str, ...], tmp_path: Path) -> Path:
    return Workspace(tmp_path).write(tree(framework, features), "shelf").folder


@pytest.mark.parametrize(("framework", "features"), EVERY_VARIANT)
def test_a_variant_parses(framework: str, features: tuple[str, ...]) -> None:
    for path, text in tree(framework, features).items():
        assert text.endswith("\n") or not text, path
        assert not text.endswith("\n\n"), path
        if path.endswith(".py"):
            ast.parse(text, path)
        elif path.endswith(".toml"):
            tomllib.loads(text)
        elif path.endswith(".json"):
            json.loads(text)


@pytest.mark.parametrize(("framework", "features"), EVERY_VARIANT)
def test_a_variant_is_clean_for_ruff(project: Path) -> None:
    ruff = (sys.executable, "-m", "ruff")
    check = (*ruff, "check", "--no-cache", "--quiet", ".")
    run(project, *check)
    run(project, *check, "--line-length=100", "--select", HOUSE_RULES)
    run(project, *ruff, "format", "--no-cache", "--check", "--quiet", ".")


@pytest.mark.slow
@pytest.mark.parametrize(("framework", "features"), EVERY_VARIANT)
def test_a_variant_passes_its_own_tests(framework: str, project: Path) -> None:
    command = _module(WORKSHOP.scaffold(framework).notes.commands["test"][-1])
    run(project, str(python_for(framework)), *command)


def _module(line: str) -> list[str]:
    """Turn `uv run pytest` or `uv run python manage.py test` into an interpreter's arguments."""
    words = line.split()[2:]
    return words[1:] if words[0] == "python" else ["-m", *words]


@pytest.mark.slow
@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_the_template_runs_where_it_stands(framework: str) -> None:
    scaffold = WORKSHOP.scaffold(framework)
    folder = scaffold.folder / "{{cookiecutter.project_slug}}"
    command = _module(scaffold.notes.commands["test"][-1])
    if "pytest" in command:
        command += ["-p", "no:cacheprovider"]
    run(folder, str(python_for(framework)), *command)
    # Isolated: above the template stand our own settings, above a generated project none.
    ruff = (sys.executable, "-m", "ruff")
    # N999: `books.without-database.py` is a file to be renamed, never a module.
    run(folder, *ruff, "check", "--isolated", "--no-cache", "--quiet", "--ignore", "N999", ".")
    run(folder, *ruff, "format", "--isolated", "--no-cache", "--check", "--quiet", ".")


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_the_plain_command_ignores_the_same_litter(framework: str) -> None:
    settings = json.loads((WORKSHOP.scaffold(framework).folder / "cookiecutter.json").read_text())
    assert tuple(settings["_ignored"]) == IGNORED
    assert set(IGNORED) <= set(settings["_copy_without_render"])
    needs = {key: list(value) for key, value in settings["_needs"].items()}
    catalog = WORKSHOP.knowledge.features
    offers = WORKSHOP.scaffold(framework).offers
    assert needs == {
        key: wanted
        for key in offers
        if (wanted := [need for need in catalog[key].needs if need != "hello"])
    }


def test_the_three_hooks_are_one_text() -> None:
    hooks = {
        (scaffold.folder / "hooks" / "post_gen_project.py").read_bytes()
        for scaffold in WORKSHOP.scaffolds.values()
    }
    assert len(hooks) == 1


def test_the_sample_books_are_the_same_everywhere() -> None:
    titles = "The Left Hand of Darkness", "Persepolis", "9780156453806"
    for framework in WORKSHOP.scaffolds:
        for features in (("routes",), ("database",)):
            text = "".join(tree(framework, features).values())
            assert all(title in text for title in titles), framework
