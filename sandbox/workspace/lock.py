"""A lock that one program at a time holds, kept in a file; the system frees it for the dead."""

import errno
import os
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

_PAUSE = 0.005  # seconds between two tries
# File systems that know no locks, such as some network ones: better no lock than no work.
_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        # Beyond the text, which others must still be able to read.
        os.lseek(handle, 1 << 30, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def held(path: Path, *, wait: float = 0.0, create: bool = True) -> Generator[int]:
    """Hold the lock file at `path`, yield its descriptor, and remove the file at the end.

    Raises `TimeoutError` if another still holds it after `wait` seconds, `OSError` if the file
    cannot be made, and `FileNotFoundError` if it is not there and not to be made.
    """
    until = time.monotonic() + wait
    while (handle := _take(path, create=create)) is None:
        if time.monotonic() >= until:
            raise TimeoutError(errno.EAGAIN, "another program is at work there", str(path))
        time.sleep(_PAUSE)
    try:
        yield handle
    finally:
        # Removed while held: whoever opened it meanwhile sees that, and tries again. Windows
        # removes no open file, but there nobody can have taken one that can be removed.
        if sys.platform != "win32":
            path.unlink(missing_ok=True)
        os.close(handle)
        if sys.platform == "win32":
            with suppress(OSError):
                path.unlink()


def _take(path: Path, *, create: bool) -> int | None:
    if path.is_symlink():  # not ours, and it must not lead us elsewhere
        path.unlink()
    handle = os.open(path, os.O_RDWR | _NO_FOLLOW | (os.O_CREAT if create else 0), 0o666)
    try:
        _lock(handle)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            os.close(handle)
            return None
    with suppress(FileNotFoundError):
        if os.path.samestat(os.fstat(handle), path.stat()):
            return handle
    os.close(handle)
    return None
