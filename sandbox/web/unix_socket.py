"""A socket that is a file, which only its owner can open: for a hub with one of us a learner."""

import os
import socket
import stat
from pathlib import Path

from sandbox.errors import ServerError


def listen_at(path: Path) -> socket.socket:
    """Return a listening socket at `path` with mode 600; raises `ServerError`.

    A socket there at which nobody listens any more is left from an earlier start, and replaced.
    """
    if not hasattr(socket, "AF_UNIX"):
        raise ServerError("This system has no Unix sockets.", "Use --port instead.")
    _clear(path)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    earlier = os.umask(0o177)  # so that it is closed to others from its first moment
    try:
        listener.bind(str(path))
    except OSError as error:
        listener.close()
        reason = (error.strerror or str(error)).lower()
        raise ServerError(
            f"The pages cannot be served at {path}: {reason}.",
            "Name a file in a folder of yours; its whole path may have about 100 letters.",
        ) from None
    finally:
        os.umask(earlier)
    listener.listen(1024)
    return listener


def remove(path: Path | None) -> None:
    """Remove the socket that `listen_at` made."""
    if path is not None:
        path.unlink(missing_ok=True)


def _clear(path: Path) -> None:
    try:
        is_socket = stat.S_ISSOCK(path.lstat().st_mode)
    except FileNotFoundError:
        return
    if is_socket and not _somebody_listens(path):
        path.unlink()
        return
    raise ServerError(
        f"{path} is there already{' and somebody listens at it' if is_socket else ''}.",
        "Name a file that does not exist yet.",
    )


def _somebody_listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        try:
            caller.connect(str(path))
        except ConnectionRefusedError:
            return False
    return True
