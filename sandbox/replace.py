"""Files that are replaced whole or not at all, whatever happens in between."""

import os
import tempfile
from pathlib import Path

PART = ".part"


def replace_text(path: Path, text: str) -> None:
    """Write a file to the disk and give it its name in one step; raises `OSError`."""
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=PART, dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
