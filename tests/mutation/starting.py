"""Start a rendered project as a learner would: migrated, on a port of its own, in its folder."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sandbox.contract import Means
from sandbox.generate import FileTree
from sandbox.run.process import Launch, Server
from sandbox.run.production import InProduction
from sandbox.workspace import Workspace
from tests.support.environments import python_for
from tests.support.ports import free_port
from tests.support.variants import tree as rendered

UVICORN_STOPS = ("--timeout-graceful-shutdown", "3")
RUN = {
    "django": ("manage.py", "runserver", "--noreload", "127.0.0.1:{port}"),
    "flask": ("-m", "flask", "run", "--port", "{port}"),
    "fastapi": ("-m", "uvicorn", "app.main:app", "--port", "{port}", "--log-level", "warning"),
}
PRODUCTION = {
    "django": ("-m", "gunicorn", "config.wsgi", "--bind", "127.0.0.1:{port}"),
    "flask": ("-m", "gunicorn", "app:create_app()", "--bind", "127.0.0.1:{port}"),
    "fastapi": ("-m", "uvicorn", "app.main:app", "--port", "{port}", *UVICORN_STOPS),
}
COLLECT = {"django": ("manage.py", "collectstatic", "--no-input", "--verbosity", "0")}
MIGRATE = {
    "django": ("manage.py", "migrate", "--verbosity", "0"),
    "flask": ("-m", "flask", "db", "upgrade"),
    "fastapi": ("-m", "alembic", "upgrade", "head"),
}
CHEAP_PASSWORDS = {
    "django": {
        "DJANGO_SETTINGS_MODULE": "cheap_passwords",
        "PYTHONPATH": str(Path(__file__).parents[1] / "support" / "django_settings"),
    }
}
STAFF = ("zqstaff", "the-password-of-staff-7")
MAKE_STAFF = {
    "django": ("manage.py", "createsuperuser", "--noinput"),
    "flask": ("-m", "flask", "create-staff", STAFF[0], "--password", STAFF[1]),
    "fastapi": ("-m", "app.create_staff", STAFF[0]),
}


@dataclass(frozen=True, slots=True)
class Started:
    """A running project, and what checks may do with it."""

    server: Server
    means: Means


class NotStarted(Exception):  # noqa: N818 - said of a project, not of this code
    """The project does not even migrate."""


@contextmanager
def started(
    framework: str,
    tree: FileTree,
    features: tuple[str, ...],
    folder: Path,
    *,
    cheap_passwords: bool = False,
) -> Iterator[Started]:
    """Write the project below `folder`, make its empty database, and run it for the block.

    With `cheap_passwords` they are hashed as in a framework's own tests, where its way is slow.
    """
    changed = CHEAP_PASSWORDS.get(framework, {}) if cheap_passwords else {}
    environment = {**_environment(), **changed}
    project = Workspace(folder).write(tree, "shelf").folder
    if "database" in features:
        migrations = FileTree({path: tree[path] for path in tree if "migrations/" in path})
        made = _empty_database(framework, features, migrations, tuple(changed.items()))
        for path, content in made.items():
            (project / path).parent.mkdir(parents=True, exist_ok=True)
            (project / path).write_bytes(content)
    if "deploy" in features and framework in COLLECT:
        _do(framework, COLLECT[framework], project, environment)
    port = free_port()
    run, production = (
        (str(python_for(framework)), *(word.format(port=port) for word in words[framework]))
        for words in (RUN, PRODUCTION)
    )
    launch = Launch(
        run,
        f"http://127.0.0.1:{port}",
        project,
        folder / "app.log",
        environment=environment,
        patience_seconds=300.0,
    )
    with Server(launch) as server:
        yield Started(
            server,
            Means(
                restart=server.restart,
                production=InProduction(server, production) if "deploy" in features else None,
                staff=STAFF if "admin" in features else None,
            ),
        )


@cache
def _empty_database(
    framework: str,
    features: tuple[str, ...],
    migrations: FileTree,
    changed: tuple[tuple[str, str], ...],
) -> dict[str, bytes]:
    """Return what migrating leaves behind, by path: the same for every project it is put in."""
    files = FileTree({**rendered(framework, features), **migrations})
    environment = {**_environment(), **dict(changed)}
    with TemporaryDirectory() as folder:
        project = Workspace(Path(folder)).write(files, "shelf").folder
        _do(framework, MIGRATE[framework], project, environment)
        if "admin" in features:
            _do(framework, MAKE_STAFF[framework], project, environment)
        paths = (path.relative_to(project) for path in project.rglob("*") if path.is_file())
        found = {path.as_posix(): (project / path).read_bytes() for path in paths}
    return {path: content for path, content in found.items() if path not in files}


def _do(
    framework: str, words: tuple[str, ...], project: Path, environment: Mapping[str, str]
) -> None:
    done = manage(framework, words, project, environment)
    if done.returncode != 0:
        raise NotStarted((done.stderr or done.stdout).strip()[-600:])


def manage(
    framework: str, words: tuple[str, ...], project: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run one of a project's own commands, and be `STAFF` where it asks for somebody."""
    return subprocess.run(
        (str(python_for(framework)), *words),
        cwd=project,
        env={
            **environment,
            "DJANGO_SUPERUSER_USERNAME": STAFF[0],
            "DJANGO_SUPERUSER_PASSWORD": STAFF[1],
            "DJANGO_SUPERUSER_EMAIL": "",
        },
        input=f"{STAFF[1]}\n{STAFF[1]}\n",
        capture_output=True,
        text=True,
        timeout=600,
        start_new_session=True,  # without a terminal, passwords are read from the input
        check=False,
    )


def _environment() -> dict[str, str]:
    return {
        **{key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"},
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        "DEBUG": "1",
    }
