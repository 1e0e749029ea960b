"""A project's README, typed line by line into a shell of a machine that has nothing yet."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import uv

from sandbox.generate import FileTree
from tests.support.ports import free_port, read_when_ready

_HEADING = re.compile(r"^## ", re.MULTILINE)
_CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_WINDOWS = ("py ", ".venv\\", "Set-", "$env:", "copy ")
_CONTAINER = "docker "
# What this machine adds to installs for its own ends is no part of a clean one.
_OUR_OWN = ("VIRTUAL_ENV", "PIP_FIND_LINKS", "UV_FIND_LINKS", "PYTHONDONTWRITEBYTECODE")


def sections(readme: str) -> list[list[str]]:
    """Return for each second-level section the lines it tells to type on Linux."""
    found = []
    for section in _HEADING.split(readme):
        blocks = _CONSOLE.findall(section)
        lines = [line for block in blocks for line in block.splitlines() if line.strip()]
        found.append([line for line in lines if not line.startswith((*_WINDOWS, _CONTAINER))])
    return found


def uv_way(readme: str, start: str) -> list[str]:
    """Return what is typed with uv up to the command `start`, like `uv run flask run`."""
    lines = next(lines for lines in sections(readme) if start in _plain(lines))
    return lines[: _plain(lines).index(start) + 1]


def pip_way(readme: str, start: str) -> list[str]:
    """Return what is typed with Python alone up to the same command without `uv run`."""
    bare = start.removeprefix("uv run ")
    lines = next(lines for lines in sections(readme) if bare in _plain(lines))
    wanted = [line for line in lines if not line.startswith("uv ")]
    return wanted[: _plain(wanted).index(bare) + 1]


def production_way(readme: str, serve: str) -> list[str]:
    """Return what the section that serves the app to others types, up to that command."""
    lines = next(lines for lines in sections(readme) if serve in _plain(lines))
    return lines[: _plain(lines).index(serve) + 1]


def _plain(lines: Sequence[str]) -> list[str]:
    return [line.split("  #")[0].rstrip() for line in lines]


def write(files: FileTree, folder: Path) -> Path:
    """Lay a project out in a folder of this very name, whatever signs it holds."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    return folder


class Terminal:
    """A shell in a project's folder, in which `python3` is the interpreter asked for."""

    def __init__(self, project: Path, python: Path, programs: Path) -> None:
        """Lay links to `python` and uv into the folder `programs`, which comes first on PATH."""
        programs.mkdir()
        (programs / "python3").symlink_to(python)
        (programs / "uv").symlink_to(uv.find_uv_bin())
        self.project = project
        self.environment = {
            **{key: value for key, value in os.environ.items() if key not in _OUR_OWN},
            "UV_PYTHON": str(python),
            "PIP_ROOT_USER_ACTION": "ignore",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PATH": f"{programs}{os.pathsep}/usr/local/bin{os.pathsep}/usr/bin{os.pathsep}/bin",
        }

    def type(self, *lines: str) -> str:
        """Run lines in one shell until one fails; return what they printed."""
        done = subprocess.run(
            ["bash", "-e", "-c", "\n".join(lines)],
            cwd=self.project,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{lines}\n{done.stdout}"
        return done.stdout

    @contextmanager
    def running(self, lines: Sequence[str], log: Path, port: int | None = None) -> Iterator[str]:
        """Run lines of which the last starts a server; yield its address once it is healthy."""
        port = port or free_port()
        *before, start = lines
        script = "\n".join([*before, f"exec {at_port(start, port)}"])
        with log.open("wb") as output:
            server = subprocess.Popen(
                ["bash", "-e", "-c", script],
                cwd=self.project,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                url = f"http://127.0.0.1:{port}"
                read_when_ready(f"{url}/health", server, 600)
                yield url
            finally:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()


def at_port(command: str, port: int) -> str:
    """Return a start command with this port, as its README says it is given."""
    if "runserver" in command:
        return f"{command} {port}"
    if "gunicorn" in command:
        return f"{command} --bind 127.0.0.1:{port}"
    return f"{re.sub(r' --port [0-9]+', '', command)} --port {port}"
