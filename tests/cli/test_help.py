"""Help is instant and tells the truth about the commands."""

import os
import subprocess
import sys
from importlib import import_module

import pytest

from sandbox.cli.group import COMMANDS
from tests.cli.conftest import Run

HEAVY = ("flask", "cookiecutter", "rich", "httpx2", "jinja2", "pygments", "markdown_it", "waitress")


def imported_by(*words: str) -> set[str]:
    """Return the modules that running `sandbox` with these words imports."""
    program = (
        "import sys; from sandbox.cli import main; code = main(sys.argv[1:]); "
        "print(*sys.modules, sep='\\n', file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


def test_help_imports_nothing_heavy_and_no_room() -> None:
    modules = imported_by("--help")
    assert modules.isdisjoint(HEAVY)
    ours = {name for name in modules if name.startswith("sandbox")}
    assert {name for name in ours if not name.startswith("sandbox.cli")} == {
        "sandbox",
        "sandbox.errors",
    }


def test_a_command_that_needs_the_rooms_does_import_them() -> None:
    assert "cookiecutter" in imported_by("list", "features")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_in_the_table_exists_and_has_help(name: str, run: Run) -> None:
    command = import_module(f"sandbox.cli.{name}").command
    assert command.name == name
    shown = run(name, "--help")
    assert shown.code == 0
    assert shown.out.startswith(f"Usage: sandbox {name}")
    assert COMMANDS[name] in run("--help").out.replace("\n" + " " * 13, " ")


def test_the_version_is_printed(run: Run) -> None:
    shown = run("--version")
    assert shown.code == 0
    assert shown.out.startswith("Framework Sandbox 0.")


def test_an_unknown_command_names_the_nearest_one(run: Run) -> None:
    refused = run("compar")
    assert refused.code == 2
    assert "There is no command 'compar'. Did you mean 'compare'?" in refused.err


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("sandbox comp", "compare"),
        ("sandbox new dj", "django"),
        ("sandbox new django --features routes,val", "routes,validation"),
        ("sandbox recommend --answer product=simp", "product=simple_api"),
        ("sandbox compare --concept hello_r", "hello_route"),
        ("sandbox lesson fla", "flask"),
        ("sandbox run dja", "django"),
    ],
)
def test_tab_completes_commands_frameworks_features_and_answers(typed: str, offered: str) -> None:
    words = typed.split()
    environment = {
        **os.environ,
        "_SANDBOX_COMPLETE": "bash_complete",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(words) - 1),
    }
    program = "import sys; from sandbox.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"plain,{offered}" in done.stdout.split()
