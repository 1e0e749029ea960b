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
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox.contract import checks_for, run_contract
from sandbox.generate import FileTree, planted
from sandbox.knowledge import close_features
from tests.support.environments import python_for
from tests.support.ports import free_port
from tests.support.readme import at_port, write
from tests.support.variants import WORKSHOP, tree
from tests.support.visitor import Visitor
from tests.variants.boot import command_of, environment

PATIENCE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in a framework's project; `about` says what is done and what must be seen."""

    framework: str
    about: planted.Mistake

    @property
    def features(self) -> tuple[str, ...]:
        """Return the features of the project, with what they need."""
        return close_features(WORKSHOP.knowledge.features, self.about.features)


def mistakes(framework: str) -> list[Mistake]:
    """Read the mistakes of a framework."""
    folder = WORKSHOP.scaffold(framework).folder
    if not (folder / planted.MISTAKES).exists():
        return []
    found = planted.load_mistakes(folder, WORKSHOP.knowledge.features)
    return [Mistake(framework, each) for each in found.values()]


def made(mistake: Mistake) -> FileTree:
    """Return the project with the mistake in it."""
    return planted.plant(tree(mistake.framework, mistake.features), mistake.about.edits)


def seen(mistake: Mistake, folder: Path) -> str:
    """Make the mistake in a project below `folder`, do what shows it, return all that is seen."""
    project = _prepared(mistake, folder)
    if mistake.about.do in ("migrate", "test"):
        return _run(mistake, project, mistake.about.do)
    with ExitStack() as stack:
        port = free_port()
        if mistake.about.port_taken:
            listener = stack.enter_context(closing(socket.create_server(("127.0.0.1", port))))
            listener.listen()
        log = folder / "log"
        server = stack.enter_context(_developing(mistake, project, port, log))
        if mistake.about.do == "start":
            _until(lambda: all(each in _text(log) for each in mistake.about.shows), server)
            return _text(log)
        _until(lambda: _answers(port), server)
        page = _asked(mistake, project, f"http://127.0.0.1:{port}")
        # A server may write its traceback down when the page has gone out already.
        _until(lambda: all(each in page + _text(log) for each in mistake.about.shows), server)
        return page + _text(log)


def is_noticed(mistake: Mistake, folder: Path) -> bool:
    """Tell whether the check that must name the mistake does."""
    project = _prepared(mistake, folder)
    port = free_port()
    log = folder / "log"
    with _developing(mistake, project, port, log) as server:
        _until(lambda: _answers(port), server)
        wanted = [each for each in checks_for(mistake.features) if each.id == mistake.about.silent]
        report = run_contract(f"http://127.0.0.1:{port}", mistake.features, checks=wanted)
    return [each.check.id for each in report.of("failed")] == [mistake.about.silent]


def _prepared(mistake: Mistake, folder: Path) -> Path:
    project = write(tree(mistake.framework, mistake.features), folder / "shelf")
    if "database" in mistake.features and mistake.about.migrated:
        _run(mistake, project, "migrate")
        _run(mistake, project, "seed")
    shutil.rmtree(folder / "log", ignore_errors=True)
    write(made(mistake), project)
    if mistake.about.migrated and any("/migrations/" in edit.at for edit in mistake.about.edits):
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
    method, path, *rest = mistake.about.do.split(" ", 2)
    visitor = Visitor(url)
    try:
        if "auth" in mistake.features and method != "GET":
            visitor.sign_up()
        with ExitStack() as stack:
            if mistake.about.locked:
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
