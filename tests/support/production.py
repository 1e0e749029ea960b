"""A project as it runs for others: the scaffold's own serve command on a database of its own."""

import os
import re
import secrets
import shlex
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.starting import COLLECT
from tests.support.environments import python_for
from tests.support.ports import free_port, read_when_ready
from tests.support.readme import at_port, write
from tests.support.variants import WORKSHOP, tree
from tests.variants.boot import command_of, environment


@dataclass(frozen=True, slots=True)
class Served:
    """A running project: its address, its folder and the process that was started."""

    url: str
    project: Path
    process: subprocess.Popen[bytes]

    @property
    def memory(self) -> int:
        """Return the resident bytes of all its processes."""
        return sum(_resident(pid) for pid in _group(self.process.pid))


@contextmanager
def served(
    framework: str,
    features: tuple[str, ...],
    folder: Path,
    changes: Mapping[str, str] | None = None,
    *,
    options: tuple[str, ...] = (),
    health: str = "/health",
) -> Iterator[Served]:
    """Write a project below `folder`, migrate and serve it for the block.

    `options` follow the serve command; `health` is the path that tells when it is up.
    """
    project = write(tree(framework, features), folder / "shelf")
    settings = {**environment(), "SECRET_KEY": secrets.token_hex(32), **(changes or {})}
    for words in _preparing(framework, features):
        subprocess.run(
            words, cwd=project, env=settings, check=True, capture_output=True, timeout=600
        )
    port = free_port()
    words = [*shlex.split(at_port(shlex.join(_command(framework, "serve")), port)), *options]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            words, cwd=project, env=settings, stdout=log, stderr=log, start_new_session=True
        )
        try:
            url = f"http://127.0.0.1:{port}"
            read_when_ready(f"{url}{health}", process)
            yield Served(url, project, process)
        finally:
            _stop(process)


def _preparing(framework: str, features: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if "database" in features:
        yield _command(framework, "migrate")
    if framework in COLLECT:
        yield str(python_for(framework)), *COLLECT[framework]


def _command(framework: str, name: str) -> tuple[str, ...]:
    line = WORKSHOP.scaffold(framework).notes.commands[name][-1]
    return (str(python_for(framework)), *command_of(re.sub(r"--env-file \S+ ", "", line)))


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _group(leader: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(fields[2]) == leader:
            found.append(int(stat.parent.name))
    return found


def _resident(pid: int) -> int:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except OSError:  # it has ended meanwhile
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
