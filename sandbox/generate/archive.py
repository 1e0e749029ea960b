"""A FileTree as a zip file: the same tree gives the same bytes."""

import io
import zipfile
from collections.abc import Mapping

from sandbox.generate.tree import FileTree

# Zip has no "no date"; its earliest one keeps the bytes equal from day to day.
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE_MODE = 0o100644 << 16


def archive(trees: Mapping[str, FileTree]) -> bytes:
    """Return a zip in which each tree stands in the top folder it is keyed by."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        for folder, tree in trees.items():
            for path, text in tree.items():
                entry = zipfile.ZipInfo(f"{folder}/{path}", _EARLIEST)
                entry.create_system = 3
                entry.external_attr = _REGULAR_FILE_MODE
                entry.compress_type = zipfile.ZIP_DEFLATED
                zipped.writestr(entry, text.encode())
    return buffer.getvalue()
