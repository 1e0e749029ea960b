"""Is an app up? Only if the listening socket belongs to its own processes, and it answers."""

import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.run.kin import MARKER
from sandbox.run.ports import HOST

if TYPE_CHECKING:
    import psutil

_MOST_HEADERS = 100
_LONGEST = 8192  # bytes of a line
_HEALTH = b"GET /health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n"


def get_ready() -> None:
    """Load what the first question needs, while the app is still coming up."""
    import psutil

    psutil.pids()


def listens(port: int) -> bool:
    """Tell whether somebody, whoever it is, takes connections at a port."""
    with socket.socket() as visitor:
        visitor.settimeout(1.0)
        return visitor.connect_ex((HOST, port)) == 0


def owns(leader: int, marker: str, port: int) -> bool:
    """Tell whether a listening socket at this port belongs to the process or its descendants."""
    import psutil

    with suppress(psutil.Error):
        root = psutil.Process(leader)
        if any(_listens_at(each, port) for each in (root, *root.children(recursive=True))):
            return True
    # A daemon has left the tree of processes, and still carries the marker.
    for each in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if each.environ().get(MARKER) == marker and _listens_at(each, port):
                return True
    return False


@dataclass(frozen=True)
class Health:
    """What an app answers to `/health`, and whether it lets other pages show it in a frame."""

    status: int
    framing: bool


def health(port: int, patience: float = 2.0) -> Health | None:
    """Ask the app for `/health`; return None if no HTTP answer comes."""
    try:
        with (
            socket.create_connection((HOST, port), timeout=patience) as visitor,
            visitor.makefile("rb") as answer,
        ):
            visitor.sendall(_HEALTH % port)
            words = answer.readline(200).split()
            if len(words) < 2 or not words[0].startswith(b"HTTP/") or not words[1].isdigit():
                return None
            head = [answer.readline(_LONGEST).lower().strip()]
            while head[-1] and len(head) < _MOST_HEADERS:
                head.append(answer.readline(_LONGEST).lower().strip())
    except OSError:
        return None
    refused = any(
        line.startswith(b"x-frame-options:") or b"frame-ancestors" in line for line in head
    )
    return Health(int(words[1]), not refused)


def _listens_at(process: "psutil.Process", port: int) -> bool:
    import psutil

    with suppress(psutil.Error):
        return any(
            each.status == psutil.CONN_LISTEN and each.laddr.port == port
            for each in process.net_connections("tcp")
        )
    return False
