"""A PostgreSQL server of our own, from Debian's package, on a port of its own."""

import os
import pwd
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.ports import free_port

_USER = "postgres"


@contextmanager
def postgres() -> Iterator[str]:
    """Run an empty server for the block and yield `user@host:port/database` of its address."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed: apt-get install postgresql")
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    # Not below pytest's own folder: that is closed to the user who runs the server.
    with tempfile.TemporaryDirectory(prefix="postgres-") as name:
        if os.getuid() == 0:  # the server refuses to run as root
            owner = pwd.getpwnam(_USER)
            os.chown(name, owner.pw_uid, owner.pw_gid)
        port = free_port()
        control, data = programs[-1] / "pg_ctl", f"{name}/data"
        settings = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        )
        _run(programs[-1] / "initdb", "-D", data, "-U", _USER, "--auth=trust", "--no-sync")
        _run(control, "-D", data, "-w", "-l", f"{name}/log", "-o", settings, "start")
        try:
            yield f"{_USER}@127.0.0.1:{port}/postgres"
        finally:
            _run(control, "-D", data, "-w", "-m", "immediate", "stop")


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
