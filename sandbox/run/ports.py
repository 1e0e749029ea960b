"""Ports for apps: a range of our own, and a lock on each that the system frees for the dead."""

import socket
from collections.abc import Generator
from contextlib import contextmanager

from sandbox.errors import ServerError

HOST = "127.0.0.1"
OURS = range(7301, 7500)
"""Below what systems give out by themselves, and away from what common programs take."""


@contextmanager
def claimed(wanted: int | None = None, *, only: bool = False) -> Generator[int]:
    """Hold a free port, `wanted` if it can be had, as long as the block runs.

    The lock is the datagram port of the same number: no other sandbox takes it meanwhile, and the
    system frees it with the process. Raises `ServerError` when none is free, or not that `only`.
    """
    choice = [] if wanted is None else [wanted]
    for port in choice if only else (*choice, *OURS):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as lock:
            try:
                lock.bind((HOST, port))
            except OSError:
                continue
            if is_free(port):
                yield port
                return
    raise ServerError(
        f"Port {wanted} is in use." if only else "No port is free for the app.",
        "Stop the program that uses it." if only else "Stop apps that you do not need.",
    )


def is_free(port: int) -> bool:
    """Tell whether an app could listen at a port just now."""
    with socket.socket() as visitor:
        visitor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            visitor.bind((HOST, port))
        except OSError:
            return False
    return True
