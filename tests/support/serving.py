"""The product as a learner starts it: `sandbox serve` in a process of its own."""

import http.client
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.ports import free_port

_COMMAND = (sys.executable, "-c", "from sandbox.cli import main; raise SystemExit(main())")


@dataclass(frozen=True)
class Answer:
    """What the server answered, its header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Served:
    """A running server: its port, its token and what it printed at the start."""

    port: int
    token: str
    printed: str

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        host: str = "127.0.0.1",
        patience: float = 60,
        **headers: str,
    ) -> Answer:
        """Send one request as it stands; `_` in a header's name stands for `-`."""
        connection = http.client.HTTPConnection(host, self.port, timeout=patience)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in {"Host": f"localhost:{self.port}", **named}.items():
                connection.putheader(name, value.encode("latin-1"))
            connection.endheaders()
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()


@contextmanager
def serving(
    workspace: Path, *options: str, prepare: Callable[[], None] | None = None
) -> Iterator[Served]:
    """Start the server at a free port with further options, and stop it afterwards."""
    port = free_port()
    command = [*_COMMAND, "--workspace", str(workspace), "serve", "--no-open"]
    server = subprocess.Popen(
        [*command, "--port", str(port), *options],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=prepare,
    )
    assert server.stderr is not None
    try:
        printed = ""
        while "Ctrl-C" not in printed:
            line = server.stderr.readline()
            assert line, f"the server ended at its start: {printed}"
            printed += line
        token = re.search(r"\?token=(\S+)", printed)
        yield Served(port, token[1] if token else "", printed)
    finally:
        server.terminate()
        server.communicate(timeout=60)
