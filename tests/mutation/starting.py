"""Start a rendered project as a learner would: migrated, on a port of its own, in its folder."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sandbox.generate import FileTree
from sandbox.run import Launch, Server
from sandbox.workspace import Workspace
from tests.support.environments import python_for

SERVE = {
    "django": ("manage.py", "runserver", "--noreload", "127.0.0.1:{port}"),
    "flask": ("-m", "flask", "run", "--port", "{port}"),
    "fastapi": ("-m", "uvicorn", "app.main:app", "--port", "{port}", "--log-level", "warning"),
}
MIGRATE = {
    "django": ("manage.py", "migrate", "--verbosity", "0"),
    "flask": ("-m", "flask", "db", "upgrade"),
    "fastapi": ("-m", "alembic", "upgrade", "head"),
}


class NotStarted(Exception):  # noqa: N818 - said of a project, not of this code
    """The project does not even migrate."""


def free_port() -> int:
    """Return a port that nobody listens at just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def started(
    framework: str, tree: FileTree, features: tuple[str, ...], folder: Path
) -> Iterator[Server]:
    """Write the project below `folder`, make its empty database, and run it for the block."""
    project = Workspace(folder).write(tree, "shelf").folder
    python = str(python_for(framework))
    environment = {
        **{key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"},
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
    }
    if "database" in features:
        _migrate(framework, python, project, environment)
    port = free_port()
    command = tuple(word.format(port=port) for word in SERVE[framework])
    launch = Launch(
        (python, *command),
        f"http://127.0.0.1:{port}",
        project,
        folder / "app.log",
        environment=environment,
        patience_seconds=60.0,
    )
    with Server(launch) as server:
        yield server


def _migrate(framework: str, python: str, project: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        (python, *MIGRATE[framework]),
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode != 0:
        raise NotStarted((done.stderr or done.stdout).strip()[-600:])
