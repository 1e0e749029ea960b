"""Typical mistakes of learners (`scaffolds/<framework>/mistakes.toml`), made in a real project."""

import os
import re
import shlex
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.contract import checks_for, run_contract
from sandbox.generate import FileTree
from tests.support.environments import python_for
from tests.support.ports import free_port
from tests.support.readme import at_port, write
from tests.support.variants import WORKSHOP, tree
from tests.support.visitor import Visitor
from tests.variants.boot import command_of, environment

PATIENCE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Mistake:
    """What goes wrong, how it is made, what is done then and what the learner must see."""

    framework: str
    id: str
    tells: str
    features: tuple[str, ...]
    edits: tuple[Mapping[str, str], ...]
    do: str
    shows: tuple[str, ...]
    hidden: tuple[str, ...]
    silent: tuple[str, ...]
    migrated: bool
    locked: bool
    port_taken: bool


def mistakes(framework: str) -> list[Mistake]:
    """Read the mistakes of a framework."""
    path = WORKSHOP.scaffold(framework).folder / "mistakes.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return [_mistake(framework, name, entry) for name, entry in data.items()]


def _mistake(framework: str, name: str, entry: Mapping[str, Any]) -> Mistake:
    silent = entry.get("silent", ())
    return Mistake(
        framework=framework,
        id=name,
        tells=entry["tells"],
        features=WORKSHOP.request(framework, features=entry.get("features", ())).features,
        edits=tuple(entry.get("edits", ())),
        do=entry.get("do", ""),
        shows=tuple(entry.get("shows", ())),
        hidden=tuple(entry.get("hidden", ())),
        silent=(silent,) if isinstance(silent, str) else tuple(silent),
        migrated=entry.get("migrated", True),
        locked=entry.get("locked", False),
        port_taken=entry.get("port_taken", False),
    )


def made(mistake: Mistake) -> FileTree:
    """Return the project with the mistake in it; each edit must find its place exactly once."""
    files = dict(tree(mistake.framework, mistake.features))
    for edit in mistake.edits:
        path, find = edit["at"], edit["find"]
        text = files.get(path, "")
        if find:
            assert text.count(find) == 1, f"{mistake.id}: {find!r} is not once in {path}"
            files[path] = text.replace(find, edit["put"])
        else:
            assert not text, f"{mistake.id}: {path} exists; say what is replaced"
            files[path] = edit["put"]
    return FileTree(files)


def seen(mistake: Mistake, folder: Path) -> str:
    """Make the mistake in a project below `folder`, do what shows it, return all that is seen."""
    project = _prepared(mistake, folder)
    if mistake.do in ("migrate", "test"):
        return _run(mistake, project, mistake.do)
    with ExitStack() as stack:
        port = free_port()
        if mistake.port_taken:
            listener = stack.enter_context(closing(socket.create_server(("127.0.0.1", port))))
            listener.listen()
        log = folder / "log"
        server = stack.enter_context(_developing(mistake, project, port, log))
        if mistake.do == "start":
            _until(lambda: all(each in _text(log) for each in mistake.shows), server)
            return _text(log)
        _until(lambda: _answers(port), server)
        page = _asked(mistake, project, f"http://127.0.0.1:{port}")
        # A server may write its traceback down when the page has gone out already.
        _until(lambda: all(each in page + _text(log) for each in mistake.shows), server)
        return page + _text(log)


def unnoticed(mistake: Mistake, folder: Path) -> list[str]:
    """Return which of the checks that must name the mistake do not."""
    project = _prepared(mistake, folder)
    port = free_port()
    log = folder / "log"
    with _developing(mistake, project, port, log) as server:
        _until(lambda: _answers(port), server)
        wanted = [each for each in checks_for(mistake.features) if each.id in mistake.silent]
        report = run_contract(f"http://127.0.0.1:{port}", mistake.features, checks=wanted)
    failed = {each.check.id for each in report.of("failed")}
    return [each for each in mistake.silent if each not in failed]


def _prepared(mistake: Mistake, folder: Path) -> Path:
    project = write(tree(mistake.framework, mistake.features), folder / "shelf")
    if "database" in mistake.features and mistake.migrated:
        _run(mistake, project, "migrate")
        _run(mistake, project, "seed")
    shutil.rmtree(folder / "log", ignore_errors=True)
    write(made(mistake), project)
    if mistake.migrated and any("/migrations/" in edit["at"] for edit in mistake.edits):
        _run(mistake, project, "migrate")  # who has written a migration has run it
    return project


def _command(mistake: Mistake, name: str) -> tuple[str, ...]:
    """Return a command of the scaffold for the prepared interpreter, without `uv run`."""
    line = re.sub(r"--env-file \S+ ", "", _line(mistake, name))
    return (str(python_for(mistake.framework)), *command_of(line))


def _line(mistake: Mistake, name: str) -> str:
    request = WORKSHOP.request(mistake.framework, features=mistake.features)
    return WORKSHOP.commands(request).lines[name][-1]


def _environment(mistake: Mistake, project: Path) -> dict[str, str]:
    """Return the environment that `uv run --env-file FILE` gives a development command."""
    found = environment()
    if named := re.search(r"--env-file (\S+)", _line(mistake, "run")):
        pairs = (project / named[1]).read_text(encoding="utf-8").splitlines()
        found |= dict(pair.split("=", 1) for pair in pairs if "=" in pair and pair[0] != "#")
    return {**found, "PYTHONUNBUFFERED": "1"}


def _run(mistake: Mistake, project: Path, name: str) -> str:
    done = subprocess.run(
        _command(mistake, name),
        cwd=project,
        env=_environment(mistake, project),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    return done.stdout + done.stderr


@contextmanager
def _developing(
    mistake: Mistake, project: Path, port: int, log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    words = _command(mistake, "run")
    command = shlex.split(at_port(shlex.join(words), port))
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=project,
            env=_environment(mistake, project),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield server
        finally:
            try:
                server.send_signal(signal.SIGTERM)
                server.wait(5)
            except subprocess.TimeoutExpired:
                pass
            _kill_group(server.pid)
            server.wait()


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _until(true: Callable[[], bool], server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and not true() and server.poll() is None:
        time.sleep(0.1)


def _answers(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def _asked(mistake: Mistake, project: Path, url: str) -> str:
    method, path, *rest = mistake.do.split(" ", 2)
    visitor = Visitor(url)
    try:
        if "auth" in mistake.features and method != "GET":
            visitor.sign_up()
        with ExitStack() as stack:
            if mistake.locked:
                stack.enter_context(_locked(project))
            if method == "GET":
                return visitor.get(path).text
            if method == "FORM":
                pairs = dict(pair.split("=", 1) for pair in rest[0].split("&"))
                return visitor.send_form(path, pairs).text
            return visitor.send_json(method, path, rest[0] if rest else "").text
    finally:
        visitor.close()


@contextmanager
def _locked(project: Path) -> Iterator[None]:
    (path,) = [
        path
        for path in project.rglob("*")
        if path.suffix in (".db", ".sqlite3", ".sqlite") and path.is_file()
    ]
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def _text(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
