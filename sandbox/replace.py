"""Files that are replaced whole or not at all, whatever happens in between."""

import os
from pathlib import Path

PART = ".part"


def replace_text(path: Path, text: str, *, flush: bool = True) -> None:
    """Write a file and give it its name in one step; raises `OSError`.

    With `flush` it has reached the disk then; what is of no use after a power cut need not.
    """
    part = path.with_name(f".{path.stem}-{os.urandom(8).hex()}{PART}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            if flush:
                os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
