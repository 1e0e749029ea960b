"""Each project works from cold by its README's lines: no environment, no database."""

import re
import secrets
from pathlib import Path

import httpx2
import pytest

from sandbox.contract import run_contract
from tests.support.interpreters import interpreter
from tests.support.patience import unhurried
from tests.support.readme import Terminal, pip_way, production_way, uv_way, write
from tests.support.variants import EVERY_FRAMEWORK, WORKSHOP, tree

# Signs that are something else to a shell, an address, a setting file or a pattern. A double quote
# or a backslash breaks the tools that make environments, before any project is asked.
ODD_FOLDER = "It's 50%s off #1 [ü] & more"
WARNING = re.compile(r"^.*\b(?:warning|deprecat)\w*\b.*$", re.IGNORECASE | re.MULTILINE)
# pip says this of folders that the machine's own settings name; no project has a say in it.
OF_THIS_MACHINE = "is ignored: it is neither a file nor a directory"
EVERYTHING = "all"

# Every Python by uv, which is quick; by pip, which downloads and installs everything anew, the
# two ends that this machine has.
WAYS = [
    ("uv", EVERYTHING, "3.11"),
    ("uv", "hello", "3.13"),
    ("pip", "hello", "3.13"),
    ("pip", EVERYTHING, "3.11"),
]


def terminal(framework: str, size: str, version: str, folder: Path) -> Terminal:
    """Write a project into an oddly named folder and open a shell there."""
    offers = WORKSHOP.scaffold(framework).offers if size == EVERYTHING else ()
    project = write(tree(framework, offers), folder / ODD_FOLDER)
    return Terminal(project, interpreter(version), folder / "programs")


def command(framework: str, name: str, size: str = EVERYTHING) -> str:
    offers = WORKSHOP.scaffold(framework).offers if size == EVERYTHING else ()
    return WORKSHOP.commands(WORKSHOP.request(framework, features=offers)).lines[name][-1]


def without_warnings(output: str) -> None:
    assert [line for line in WARNING.findall(output) if OF_THIS_MACHINE not in line] == []


def books(url: str) -> str:
    return httpx2.get(f"{url}/api/books?limit=100", timeout=60, trust_env=False).text


@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_a_small_project_installs_tests_itself_starts_and_keeps_the_contract(
    framework: str, tmp_path: Path
) -> None:
    features = WORKSHOP.request(framework, features=["validation"]).features
    project = write(tree(framework, features), tmp_path / "my shelf")
    shell = Terminal(project, interpreter("3"), tmp_path / "programs")
    *install, start = uv_way(
        (project / "README.md").read_text(), command(framework, "run", "hello")
    )
    without_warnings(shell.type(*install))
    shell.type(command(framework, "test", "hello"))
    with shell.running([start], tmp_path / "log") as url:
        report = run_contract(url, features, project_name="Shelf", clock=unhurried())
    assert [f"{each.check.id}: {each.message}" for each in report.of("failed")] == []


@pytest.mark.slow
@pytest.mark.parametrize(("way", "size", "version"), WAYS)
@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_a_project_installs_and_starts_by_its_readme(
    framework: str, way: str, size: str, version: str, tmp_path: Path
) -> None:
    shell = terminal(framework, size, version, tmp_path)
    readme = (shell.project / "README.md").read_text(encoding="utf-8")
    lines = (uv_way if way == "uv" else pip_way)(readme, command(framework, "run", size))
    *install, start = lines
    activate = [line for line in install if line.startswith("source ")]
    without_warnings(shell.type(*install))
    with shell.running([*activate, start], tmp_path / "log") as url:
        if size == EVERYTHING:
            assert "Persepolis" in books(url)
    without_warnings(DEV_ONLY.sub("", (tmp_path / "log").read_text(encoding="utf-8")))


# What Flask's and Django's own development servers always say of themselves.
DEV_ONLY = re.compile(r"^WARNING: This is a development server\. .*$", re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_the_way_to_production_works_from_nothing(framework: str, tmp_path: Path) -> None:
    shell = terminal(framework, EVERYTHING, "3.13", tmp_path)
    readme = (shell.project / "README.md").read_text(encoding="utf-8")
    lines = production_way(readme, command(framework, "serve"))
    with shell.running(lines, tmp_path / "log") as url:
        assert httpx2.get(f"{url}/books", timeout=60, trust_env=False).status_code == 200
        assert '"items"' in books(url)
        wrong = httpx2.get(f"{url}/{secrets.token_hex(4)}", timeout=60, trust_env=False)
        assert wrong.status_code == 404
        assert "Traceback" not in wrong.text
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert "Traceback" not in log


@pytest.mark.slow
@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_production_after_development_is_never_in_debug(framework: str, tmp_path: Path) -> None:
    """What development left behind (files, a database) must not decide how production runs."""
    shell = terminal(framework, EVERYTHING, "3.13", tmp_path)
    readme = (shell.project / "README.md").read_text(encoding="utf-8")
    *install, start = uv_way(readme, command(framework, "run"))
    shell.type(*install)
    with shell.running([start], tmp_path / "development"):
        pass
    serve = command(framework, "serve")
    bare = re.sub(r"--env-file \S+ ", "", serve)
    refused = shell.type(f"( unset SECRET_KEY; timeout 300 {bare} 2>&1 ) && echo STARTED || true")
    assert "STARTED" not in refused
    assert "SECRET_KEY" in refused
    assert "Traceback" not in refused
    with shell.running(production_way(readme, serve), tmp_path / "log") as url:
        page = httpx2.get(f"{url}/{secrets.token_hex(4)}", timeout=60, trust_env=False)
        assert page.status_code == 404
        assert not re.search(r"DEBUG\s*=\s*True|Werkzeug|Traceback", page.text)
