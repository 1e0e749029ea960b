"""A log that keeps the last megabyte: one file, written round and round, read by offset."""

import os
import struct
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

CAPACITY = 1024 * 1024
_HEAD = struct.Struct("<Q")
_CHUNK = 64 * 1024
_NAME = "log"


@dataclass(frozen=True)
class LogPart:
    """A piece of an app's log; `offset` is where the next piece begins.

    `skipped` bytes were overwritten before they could be read.
    """

    text: str
    offset: int
    skipped: int = 0


def log_file(records: Path) -> Path:
    """Return the file of a project's log."""
    return records / _NAME


class Log:
    """Write to the log of one project, one writer at a time; what cannot be written is dropped."""

    def __init__(self, records: Path) -> None:
        self._file = os.open(log_file(records), os.O_RDWR | os.O_CREAT | _binary(), 0o600)
        self._total = _total(self._file)

    @property
    def offset(self) -> int:
        """Return how much has been written in all."""
        return self._total

    def write(self, data: bytes) -> None:
        """Append bytes."""
        for start in range(0, len(data), _CHUNK):
            self._append(data[start : start + _CHUNK])

    def say(self, line: str) -> None:
        """Append a line."""
        self.write(f"{line}\n".encode())

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _append(self, data: bytes) -> None:
        at = self._total % CAPACITY
        first = data[: CAPACITY - at]
        with suppress(OSError):  # a full disk must not end the app whose log this is
            _write(self._file, first, _HEAD.size + at)
            _write(self._file, data[len(first) :], _HEAD.size)
            self._total += len(data)
            _write(self._file, _HEAD.pack(self._total), 0)


def read_log(records: Path, offset: int = 0, *, most: int = CAPACITY) -> LogPart:
    """Return what was written from `offset` on, at most the last `most` bytes of it.

    A negative offset counts from the end. Whole characters only: one that is cut off at the end
    comes with the next part.
    """
    try:
        file = os.open(log_file(records), os.O_RDONLY | _binary())
    except OSError:
        return LogPart("", 0)
    try:
        total = _total(file)
        if offset < 0:
            offset = max(0, total + offset)
        if offset > total:  # a log that was begun anew
            offset = 0
        # The writer may be at work where the oldest bytes stand: leave it room for a chunk.
        start = max(offset, total - min(most, CAPACITY - _CHUNK))
        data = _read(file, start, total)
        late = max(0, _total(file) - (CAPACITY - _CHUNK) - start)
        data, start = data[late:], start + min(late, len(data))
    finally:
        os.close(file)
    data = _whole(data)
    return LogPart(data.decode("utf-8", "replace"), start + len(data), start - offset)


def _read(file: int, start: int, end: int) -> bytes:
    at = start % CAPACITY
    length = end - start
    first = _pread(file, min(length, CAPACITY - at), _HEAD.size + at)
    return first + (_pread(file, length - len(first), _HEAD.size) if length > len(first) else b"")


def _whole(data: bytes) -> bytes:
    """Return the data without the beginning of a character at its end."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return data[:-back] if length > back else data
        if byte < 0x80:
            break
    return data


def _total(file: int) -> int:
    head = _pread(file, _HEAD.size, 0)
    return int(_HEAD.unpack(head)[0]) if len(head) == _HEAD.size else 0


def _binary() -> int:
    return getattr(os, "O_BINARY", 0)


def _pread(file: int, length: int, at: int) -> bytes:
    os.lseek(file, at, os.SEEK_SET)
    return os.read(file, length)


def _write(file: int, data: bytes, at: int) -> None:
    os.lseek(file, at, os.SEEK_SET)
    os.write(file, data)
