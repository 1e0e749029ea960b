"""Every line that pages and commands print for our own program works when it is pasted."""

import html
import os
import re
import shlex
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Timer
from urllib.parse import urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from sandbox.program import as_typed_here, own_line, own_program
from sandbox.web import Settings, create_app
from tests.cli.conftest import Run
from tests.support.variants import workshop_in

FRAMEWORKS = ("django", "flask", "fastapi")
SAID = [
    ("list",),
    *(("list", kind) for kind in ("frameworks", "features", "questions", "concepts", "checks")),
    ("new", "all", "--features", "routes", "--name", "Second"),
    ("recommend",),
    ("recommend", "--answer", "product=ml_service", "--answer", "builtins=validation,api_docs"),
    ("compare",),
    ("compare", "flask", "django", "--features", "database"),
    *(("lesson", framework) for framework in FRAMEWORKS),
    *(("lesson", framework, "routes") for framework in FRAMEWORKS),
    ("hunt",),
    ("hunt", "flask"),
    ("doctor", "--offline"),
    ("stop",),
    # What is refused tells what to type instead.
    ("logs",),
    ("request", "GET", "/"),
    ("open",),
    ("open", "second-flask"),
    ("run",),
    ("lesson", "check", "second-flask"),
    ("project", "rename", "second-flask", "second-django"),
]
MOST = 4  # pages of one kind and framework that are looked at
# What a command cannot find here: no app runs for a lesson's check.
NEEDS_AN_APP = "--url"
# A sheet's commands are typed in the folder of the project that it is about.
IN_A_PROJECT = " . "
# These go on until Ctrl-C: what they print when they have come up.
GO_ON = {"serve": "Framework Sandbox: ", "run": "Press Ctrl-C to stop."}
PATIENCE = 300.0


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "my Bücher"


def ours(text: str) -> Iterator[str]:
    """Yield the commands of our own program in a text: in backticks, or to the end of the line."""
    program = own_line()
    for line in text.splitlines():
        for part in line.split("`")[1::2] if "`" in line else [line]:
            if (at := part.find(program)) >= 0:
                yield part[at:].partition("   # ")[0].strip()


def commands_of(page: str) -> str:
    blocks = re.findall(r"<code[^>]*>(.*?)</code>", page, re.DOTALL)
    return "\n".join(html.unescape(re.sub(r"<[^>]+>", "", block)) for block in blocks)


def every_page(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Yield the address and the text of every page that links lead to, a few of each kind."""
    routes = client.application.url_map.bind("localhost")
    looked, counts, waiting = set[str](), Counter[tuple[str, str]](), ["/"]
    while waiting:
        address = waiting.pop(0)
        try:
            endpoint, parts = routes.match(urlsplit(address).path, method="GET")
        except HTTPException:
            continue
        kind = (endpoint, str(parts.get("framework")))
        if address in looked or counts[kind] >= MOST or endpoint in ("static", "lab.events"):
            continue
        looked.add(address)
        counts[kind] += 1
        answer = client.get(address, headers={"Accept": "text/html"}, follow_redirects=True)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            yield address, answer.text
            links = re.findall(r'href="([^"#]*)', answer.text)
            waiting += [urljoin(address, html.unescape(link)) for link in links]


def _elsewhere() -> dict[str, str]:
    """Return the environment of another terminal, without what `uv run` adds to ours."""
    added = ("VIRTUAL_ENV", "UV_RUN_RECURSION_DEPTH", "SANDBOX_WORKSPACE")
    return {name: value for name, value in os.environ.items() if name not in added}


def paste(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Type a line in a terminal that was opened elsewhere."""
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=_elsewhere(),
        capture_output=True,
        text=True,
        check=False,
    )


def paste_and_interrupt(line: str, folder: Path, until: str) -> int:
    """Type a line that goes on, wait for its word that it is up, press Ctrl-C; return its code."""
    quiet = line.replace(" serve", " serve --no-open")
    shell = subprocess.Popen(
        ["bash", "-c", f"exec {quiet}"],
        cwd=folder,
        env=_elsewhere(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        # Where these tests run in the background, SIGINT is ignored, and a child inherits that.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    assert shell.stdout is not None
    printed: list[str] = []
    # The whole group: a child that lives on would hold the pipe open.
    ends = Timer(PATIENCE, os.killpg, (shell.pid, signal.SIGKILL))
    ends.start()
    try:
        with shell.stdout as told:
            for said in told:
                printed.append(said)
                if until in said:
                    os.killpg(shell.pid, signal.SIGINT)
    finally:
        ends.cancel()
        code = shell.wait()
    assert any(until in each for each in printed), "".join(printed)
    return code


def goes_on(line: str) -> str | None:
    """Return what a command prints when it is up, None of one that ends by itself."""
    words = shlex.split(line.removeprefix(own_line()))
    named = [word for word in words if word in GO_ON]
    return GO_ON[named[0]] if named and words[-1] != "--help" else None


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_every_printed_command_works_when_pasted(run: Run, workspace: Path, tmp_path: Path) -> None:
    printed: list[str] = []
    for words in SAID:
        told = run(*words)
        printed += [*ours(told.out), *ours(told.err)]
    friend = create_app(workshop_in(workspace)).test_client()
    pages = dict(every_page(friend))
    assert {"/", "/lab", "/lab/doctor", "/lab/console", "/learn", "/compare"} <= set(pages)
    printed += [line for page in pages.values() for line in ours(commands_of(page))]
    lines = sorted({line for line in printed if IN_A_PROJECT not in line})
    assert len(lines) >= 25
    lasting = {line: until for line in lines if (until := goes_on(line))}
    fresh = [line for line in lines if " new " in line]
    wrong: list[str] = []
    for number, line in enumerate(fresh):  # what is there already is refused, and rightly
        done = paste(line.replace(str(workspace), f"{workspace} {number}"), tmp_path)
        if done.returncode != 0:
            wrong.append(f"{line}\n{done.stderr}")
    with ThreadPoolExecutor(2) as pool:
        others = [line for line in lines if line not in fresh and line not in lasting]
        pasted = [(line, pool.submit(paste, line, tmp_path)) for line in others]
        for line, done in ((line, each.result()) for line, each in pasted):
            # A check may find something, or no app: that is its work.
            good = (0, 1) if " check " in line else (0,)
            if done.returncode not in good and not _lacks_an_app(line, done.stderr):
                wrong.append(f"{line}\n{done.stderr}")
    for line, until in lasting.items():
        if (code := paste_and_interrupt(line, tmp_path, until)) not in (0, 130):
            wrong.append(f"{line}\nended with {code}")
    assert wrong == []


def _lacks_an_app(line: str, said: str) -> bool:
    return NEEDS_AN_APP in line and "Nothing answers at" in said


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
    assert f"`{own_line('list', workspace=workspace)}`" in refused.err


def test_only_commands_in_backticks_are_replaced() -> None:
    said = as_typed_here("The sandbox: `sandbox list`, or `uv run`.")
    assert said == f"The sandbox: `{own_line('list')}`, or `uv run`."


def test_who_has_no_token_learns_no_folder(workspace: Path) -> None:
    stranger = create_app(workshop_in(workspace), settings=Settings(token="t")).test_client()
    page = page_at(stranger, "/build?framework=flask&name=My club")
    assert "sandbox new flask" in page
    assert str(workspace) not in page
    assert str(Path(__file__).parents[2]) not in page


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
def test_the_line_for_cookiecutter_makes_the_project(workspace: Path, tmp_path: Path) -> None:
    friend = create_app(workshop_in(workspace)).test_client()
    page = commands_of(page_at(friend, "/build?framework=flask&features=routes&name=My club"))
    (line,) = [line for line in page.splitlines() if "--no-input" in line]
    done = paste(line, tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "my_club/app/api/books.py").exists()
