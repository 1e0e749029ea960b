"""Every line that pages and commands print for our own program works when it is pasted."""

import html
import os
import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sandbox.program import as_typed_here, own_line, own_program
from sandbox.web import Settings, create_app
from sandbox.workshop import open_workshop
from tests.cli.conftest import Run

SAID = [
    ("list",),
    ("new", "all", "--features", "routes", "--name", "Second"),
    ("recommend",),
    ("recommend", "--answer", "product=ml_service", "--answer", "builtins=validation,api_docs"),
    ("compare",),
    ("compare", "flask", "django", "--features", "database"),
    ("lesson", "flask"),
    ("lesson", "django", "routes"),
]
PAGES = [
    "/build?framework=flask&framework=django&features=database&name=My club",
    "/lab",
    "/learn?framework=flask",
    "/learn/flask/hello",
    "/learn/fastapi/database",
]
# What a command cannot find here: no app runs for a lesson's check.
NEEDS_AN_APP = "--url"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "my Bücher"


def ours(text: str) -> Iterator[str]:
    """Yield the lines of a text that begin with our own program, without their remark."""
    program = own_line()
    for line in text.splitlines():
        if (at := line.find(program)) >= 0:
            yield line[at:].partition("   # ")[0].strip()


def commands_of(page: str) -> str:
    blocks = re.findall(r"<pre><code>(.*?)</code></pre>", page, re.DOTALL)
    return "\n".join(html.unescape(re.sub(r"<[^>]+>", "", block)) for block in blocks)


def paste(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Type a line in a terminal that was opened elsewhere: without what `uv run` adds to ours."""
    added = ("VIRTUAL_ENV", "UV_RUN_RECURSION_DEPTH", "SANDBOX_WORKSPACE")
    environment = {name: value for name, value in os.environ.items() if name not in added}
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
@pytest.mark.slow
def test_every_printed_command_works_when_pasted(run: Run, workspace: Path, tmp_path: Path) -> None:
    printed = [line for words in SAID for line in ours(run(*words).out)]
    friend = create_app(open_workshop(workspace)).test_client()
    printed += [line for path in PAGES for line in ours(commands_of(page_at(friend, path)))]
    lines = sorted(set(printed))
    assert len(lines) >= 12
    fresh = [line for line in lines if " new " in line]
    for number, line in enumerate(fresh):  # what is there already is refused, and rightly
        done = paste(line.replace(str(workspace), f"{workspace} {number}"), tmp_path)
        assert done.returncode == 0, f"{line}\n{done.stderr}"
    with ThreadPoolExecutor(2) as pool:
        others = [line for line in lines if line not in fresh]
        pasted = [(line, pool.submit(paste, line, tmp_path)) for line in others]
        for line, done in ((line, each.result()) for line, each in pasted):
            if NEEDS_AN_APP in line:
                assert "Nothing answers at" in done.stderr, f"{line}\n{done.stderr}"
            else:
                assert done.returncode == 0, f"{line}\n{done.stderr}"


def page_at(client: FlaskClient, path: str) -> str:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, path
    return answer.text


def test_a_command_goes_the_way_the_session_was_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_RUN_RECURSION_DEPTH", "1")
    assert own_program()[1:3] == ("run", "--project")
    assert Path(own_program()[3], "pyproject.toml").is_file()
    monkeypatch.delenv("UV_RUN_RECURSION_DEPTH")
    monkeypatch.setenv("PATH", "")
    assert Path(own_program()[0]).is_absolute()


def test_a_hint_names_the_command_and_the_workspace_of_this_session(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    refused = run("lesson", "check", str(tmp_path / "empty"), "--url", "http://127.0.0.1:1")
    assert refused.code == 2
    assert f"`{own_line('new', workspace=workspace)}`" in refused.err


def test_only_commands_in_backticks_are_replaced() -> None:
    said = as_typed_here("The sandbox: `sandbox list`, or `uv run`.")
    assert said == f"The sandbox: `{own_line('list')}`, or `uv run`."


def test_who_has_no_token_learns_no_folder(workspace: Path) -> None:
    stranger = create_app(open_workshop(workspace), settings=Settings(token="t")).test_client()
    page = page_at(stranger, "/build?framework=flask&name=My club")
    assert "sandbox new flask" in page
    assert str(workspace) not in page
    assert str(Path(__file__).parents[2]) not in page


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
def test_the_line_for_cookiecutter_makes_the_project(workspace: Path, tmp_path: Path) -> None:
    friend = create_app(open_workshop(workspace)).test_client()
    page = commands_of(page_at(friend, "/build?framework=flask&features=routes&name=My club"))
    (line,) = [line for line in page.splitlines() if "--no-input" in line]
    done = paste(line, tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "my_club/app/api/books.py").exists()
