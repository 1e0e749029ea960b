"""A throwaway copy of a project that runs for a while: code and data of the learner's stay."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path

from sandbox.contract import Means
from sandbox.errors import ProgramError, ServerError
from sandbox.run.job import Job, filled, plain_environment, words_of
from sandbox.run.migrated import is_migrated, keep_migrated
from sandbox.run.ports import HOST, claimed
from sandbox.run.process import Launch, Server
from sandbox.run.production import InProduction
from sandbox.run.trace import Trace
from sandbox.run.watchman import watched
from sandbox.workspace.fault import fault_of
from sandbox.workspace.staging import staging

STAFF = ("sandbox-staff", "the-password-of-staff-7")
_DATABASES = ("*.db", "*.sqlite3")
_LEFT_OUT = (
    ".git",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".venv",
    "__pycache__",
    "node_modules",
)
_LEFT_BESIDE = ("*.db-*", "*.sqlite3-*")  # what SQLite keeps beside an open database
_COMMAND_SECONDS = 120
_PATIENCE_SECONDS = 60.0
_MOST_OUTPUT = 20_000


@dataclass(frozen=True)
class Trial:
    """A running copy: its address, what checks may do with it, and the end of its output.

    `folder` is the copy's, and `queries` gets a line for each statement to its database.
    """

    url: str
    means: Means
    server: Server
    folder: Path
    queries: Path


@contextmanager
def trial(job: Job, records: Path) -> Generator[Trial]:
    """Copy a prepared project with its database, and run the copy for the block.

    Raises `ServerError` if it does not migrate or start, `OSError` if there is no room for it.
    """
    records.mkdir(parents=True, exist_ok=True)
    with staging(records) as folder, watched() as marker, claimed() as port:
        copy = folder / job.project.name
        _copy(job.project, copy)
        made = _Copy(replace(job, marker=marker), copy, port, folder)
        made.migrate(records)
        staff = made.staff()
        production = made.production_words()
        with made.server() as server:
            in_production = InProduction(server, production) if production else None
            try:
                means = Means(restart=server.restart, production=in_production, staff=staff)
                yield Trial(server.launch.url, means, server, copy, made.trace.queries)
            finally:
                if in_production is not None:
                    in_production.close()


@contextmanager
def copied(job: Job, records: Path) -> Generator[Path]:
    """Copy a project with its database for the block; raises `ServerError` if that cannot be."""
    try:
        records.mkdir(parents=True, exist_ok=True)
        with staging(records) as folder:
            copy = folder / job.project.name
            _copy(job.project, copy)
            yield copy
    except OSError as error:
        fault = fault_of(error)
        message = f"A copy of “{job.project.name}” cannot be made: {fault.reason}."
        raise ServerError(message, fault.hint) from None


@dataclass(frozen=True)
class _Copy:
    """A copy of a project's files, run by the environment of the project itself."""

    job: Job
    folder: Path
    port: int
    logs: Path

    def run(self, line: str, typed: str = "", changes: Mapping[str, str] | None = None) -> None:
        """Run a command to its end; raises `ServerError` with what it printed."""
        shown = line
        words = filled(words_of(line, self.job.project), **self._values)
        try:
            done = subprocess.run(
                words,
                cwd=self.folder,
                env={**self._environment, **(changes or {})},
                input=typed,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                timeout=_COMMAND_SECONDS,
                start_new_session=True,  # without a terminal, passwords are read from the input
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ServerError(f"“{shown}” does not end.", "Look at what it waits for.") from None
        except OSError as error:
            reason = (error.strerror or "the system refuses").lower()
            raise ServerError(f"“{shown}” cannot be run: {reason}.", "Prepare it anew.") from None
        if done.returncode != 0:
            last = "\n".join(done.stdout.strip().splitlines()[-6:])
            message = f"“{shown}” failed in a copy of the project."
            raise ProgramError(
                message,
                f"It printed:\n{last}",
                output=done.stdout[-_MOST_OUTPUT:],
                folder=str(self.folder),
            )

    def migrate(self, records: Path) -> None:
        """Bring the copy's database up to date, unless the last copy was found to be."""
        lines = self.job.lines_of("migrate")
        if not lines or is_migrated(self.folder, records):
            return
        for line in lines:
            self.run(line)
        keep_migrated(self.folder, records)

    def staff(self) -> tuple[str, str] | None:
        """Make a member of staff where the project can have one; return name and password."""
        if not self.job.staff or not self.job.lines_of("staff"):
            return None
        self.run(self.job.staff, typed=f"{STAFF[1]}\n{STAFF[1]}\n")
        return STAFF

    def production_words(self) -> tuple[str, ...]:
        """Return the command that serves the app to others, None where it cannot be.

        What comes before it with the same settings, such as collecting files, is done.
        """
        lines = self.job.lines_of("serve")
        if not lines or not self.job.serve or os.name == "nt":
            return ()
        for line in lines[:-1]:
            if "--env-file" in line and ">>" not in line:
                self.run(line, changes={"SECRET_KEY": self.job.marker * 2})
        words = words_of(lines[-1], self.job.project)
        if "--env-file" in words:  # the checks say what the environment holds
            at = words.index("--env-file")
            del words[at : at + 2]
        return (*words, *filled(self.job.serve.split(), **self._values))

    def server(self) -> Server:
        """Return the app as its development server runs it, but for the reloading.

        Nobody edits a copy, and who waits for edits starts everything twice.
        """
        line = self.job.lines_of("run")[-1]
        words = [word for word in words_of(line, self.job.project) if word != self.job.watches]
        words += [*self.job.port.split(), *self.job.once.split()]
        return Server(
            Launch(
                tuple(filled(words, **self._values)),
                f"http://{HOST}:{self.port}",
                self.folder,
                self.logs / "app.log",
                environment=self._environment,
                patience_seconds=_PATIENCE_SECONDS,
            )
        )

    @property
    def trace(self) -> Trace:
        """Return what notes the statements to the copy's database."""
        return Trace(self.logs / "trace")

    @property
    def _values(self) -> dict[str, object]:
        return {"port": self.port, "name": STAFF[0], "password": STAFF[1]}

    @property
    def _environment(self) -> dict[str, str]:
        more = self.job.variables(**self._values)
        # The environment knows the project's own folder: the copy comes before it.
        more |= self.trace.environment(str(self.folder))
        return plain_environment(self.job.project, more, self.job.marker)


def _copy(project: Path, target: Path) -> None:
    """Copy files, following no link; a database as it is at this moment, whoever writes to it."""
    for current, folders, names in os.walk(project, followlinks=False):
        folders[:] = [name for name in folders if name not in _LEFT_OUT]
        there = target / Path(current).relative_to(project)
        there.mkdir(parents=True, exist_ok=True)
        for name in names:
            path = Path(current, name)
            if path.is_symlink() or not path.is_file() or _any(name, _LEFT_BESIDE):
                continue
            if not _any(name, _DATABASES) or not _copy_database(path, there / name):
                with suppress(FileNotFoundError):  # an editor's own file, gone meanwhile
                    shutil.copy2(path, there / name)


def _copy_database(path: Path, target: Path) -> bool:
    try:
        with (
            closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=10)) as whole,
            closing(sqlite3.connect(target)) as copy,
        ):
            whole.backup(copy)
    except sqlite3.Error:  # no database of SQLite after all
        target.unlink(missing_ok=True)
        return False
    return True


def _any(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)
