"""Each project installs and starts in an empty environment by its own README's commands."""

import os
import re
import shlex
import signal
import subprocess
from pathlib import Path

import pytest
import uv

from sandbox.workspace import Workspace
from tests.support.interpreters import interpreter
from tests.support.ports import free_port, read_when_ready
from tests.support.variants import EVERY_FRAMEWORK, WORKSHOP, tree

CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands(readme: str, *, uv_way: bool) -> list[str]:
    """Return what the README says to type, up to the command that starts the server."""
    lines = [line for block in CONSOLE.findall(readme) for line in block.splitlines()]
    if uv_way:
        wanted = [line for line in lines if line.startswith(("uv ", "cp "))]
    else:
        foreign = ("uv ", "py ", "source ", "Set-", "curl ", ".venv\\")
        wanted = [line for line in lines if not line.startswith(foreign)]
    servers = ("flask run", "runserver", "uvicorn ", "fastapi dev")
    last = next(number for number, line in enumerate(wanted) if any(s in line for s in servers))
    return wanted[: last + 1]


def at_port(command: str, port: int) -> str:
    return f"{command} 127.0.0.1:{port}" if "runserver" in command else f"{command} --port {port}"


# Both sizes on both ends of the supported Pythons by uv, which is quick; by pip, which downloads
# and installs everything anew, each size and each Python once a framework.
WAYS = [
    ("uv", "hello", "3.11"),
    ("uv", "hello", "3.13"),
    ("uv", "all", "3.11"),
    ("uv", "all", "3.13"),
    ("pip", "hello", "3.11"),
    ("pip", "all", "3.13"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("way", "size", "version"), WAYS)
@pytest.mark.parametrize("framework", EVERY_FRAMEWORK)
def test_a_project_installs_and_starts_by_its_readme(
    framework: str, way: str, size: str, version: str, tmp_path: Path
) -> None:
    python = interpreter(version)
    offers = WORKSHOP.scaffold(framework).offers if size == "all" else ()
    files = tree(framework, offers)
    folder = Workspace(tmp_path).write(files, "shelf").folder
    environment = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    environment["UV_PYTHON"] = str(python)
    environment["PATH"] = os.pathsep.join(
        [str(folder / ".venv" / "bin"), str(Path(uv.find_uv_bin()).parent), environment["PATH"]]
    )
    *install, start = commands(files["README.md"], uv_way=way == "uv")
    for line in install:
        words = shlex.split(line)
        words[0] = str(python) if words[0] == "python3" else words[0]
        found = _found(words, environment)
        done = subprocess.run(
            found, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    port = free_port()
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            _found(shlex.split(at_port(start, port)), environment),
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            assert '"ok"' in read_when_ready(f"http://127.0.0.1:{port}/health", server)
            if size == "all":
                books = read_when_ready(f"http://127.0.0.1:{port}/api/books", server)
                assert "Persepolis" in books
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _found(words: list[str], environment: dict[str, str]) -> list[str]:
    """Look a command up in the environment's own PATH, as a shell would."""
    for folder in environment["PATH"].split(os.pathsep):
        if "/" not in words[0] and (Path(folder) / words[0]).exists():
            return [str(Path(folder) / words[0]), *words[1:]]
    return words
