"""Small files that cannot be made again: read with care, and changed by one program at a time."""

import stat
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from sandbox.replace import PART
from sandbox.workspace.lock import held

_LARGEST = 1024 * 1024


class UnusableRecordError(Exception):
    """A record cannot be used; the text says why, as the end of a sentence."""


def read_text(path: Path) -> str:
    """Return the text of a record.

    Raises `FileNotFoundError` where there is none, and `UnusableRecordError` for what is no
    ordinary file with text: a link might lead out of the project, a pipe would never end.
    """
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            raise UnusableRecordError("it is a link")
        if stat.S_ISDIR(status.st_mode):
            raise UnusableRecordError("it is a folder")
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
            raise UnusableRecordError("it is no file of a usual size")
        return path.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError(path) from None
    except OSError as error:
        raise UnusableRecordError((error.strerror or "the system refuses").lower()) from None
    except UnicodeDecodeError:
        raise UnusableRecordError("it is not UTF-8 text") from None


@contextmanager
def changing(path: Path) -> Generator[None]:
    """Keep other programs and threads from changing a record, as long as the block runs.

    Raises `OSError`, which is a `TimeoutError` if another does not let go of it.
    """
    path.parent.mkdir(exist_ok=True)
    with held(path.with_name(f".{path.stem}.lock"), wait=30.0):
        # Nobody else writes now, so whatever is half written was left by a program that is gone.
        for part in path.parent.glob(f".{path.stem}-*{PART}"):
            with suppress(OSError):
                part.unlink()
        yield
