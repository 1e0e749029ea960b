"""A PostgreSQL server of our own, from Debian's package, on a port of its own."""

import os
import pwd
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.ports import free_port

_USER = "postgres"


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Run an empty server below `folder` and yield `user@host:port/database` of its address."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed: apt-get install postgresql")
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    data = folder / "data"
    data.mkdir()
    if os.getuid() == 0:  # the server refuses to run as root
        owner = pwd.getpwnam(_USER)
        os.chown(data, owner.pw_uid, owner.pw_gid)
        for parent in [*data.parents][:-1]:
            if parent.stat().st_uid == 0 and parent != Path("/tmp"):
                parent.chmod(parent.stat().st_mode | 0o011)
    port = free_port()
    _run(programs[-1] / "initdb", "-D", str(data), "-U", _USER, "--auth=trust", "--no-sync")
    settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    control = programs[-1] / "pg_ctl"
    _run(control, "-D", str(data), "-w", "-l", str(data / "log"), "-o", settings, "start")
    try:
        yield f"{_USER}@127.0.0.1:{port}/postgres"
    finally:
        _run(control, "-D", str(data), "-w", "-m", "immediate", "stop")


def _run(*command: str | Path) -> None:
    identity = {"user": _USER, "group": _USER} if os.getuid() == 0 else {}
    done = subprocess.run(
        list(map(str, command)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
        check=False,
        **identity,
    )
    assert done.returncode == 0, done.stderr
